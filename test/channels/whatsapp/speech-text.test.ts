import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { textForEar } from '#src/channels/whatsapp/speech-text.ts';

describe('in Spanish', () => {
  it.each([
    // What is for the eye alone.
    ['*Atención:* vaya hoy.', 'Atención: vaya hoy.'],
    ['Escriba «borrar mis datos».', 'Escriba borrar mis datos.'],
    [
      'Lo dice: Código de Migración, artículo 46\nhttps://ejemplo.gt/normas#art-46',
      'Lo dice: Código de Migración, artículo cuarenta y seis.',
    ],
    [
      'Lo dice: Guía de trámites: Pasaporte (adulto); Código de Migración, artículo 92',
      'Lo dice: Guía de trámites; Código de Migración, artículo noventa y dos.',
    ],
    // Lists.
    [
      '*Pasos (1 a 5 de 8):*\n1. Pague.\n2. Firme',
      'Pasos, del uno al cinco, de ocho: Uno: Pague. Dos: Firme.',
    ],
    ['• Pasaporte\n• Visa', 'Pasaporte. Visa.'],
    ['Escriba 1 para ver más.', 'Escriba el número uno para saber más.'],
    // Money.
    ['Cuesta USD 50 por 5 años.', 'Cuesta cincuenta dólares por cinco años.'],
    ['Cuesta Q3,000, y Q 15.00 más.', 'Cuesta tres mil quetzales, y quince quetzales más.'],
    ['Cuesta Q12.50 o USD 1.', 'Cuesta doce quetzales con cincuenta centavos o un dólar.'],
    // Telephone numbers.
    [
      'Llame al 2411-2411.',
      'Llame al dos, cuatro, uno, uno; dos, cuatro, uno, uno. Repito: dos, cuatro, uno, uno; dos, cuatro, uno, uno.',
    ],
    [
      'En peligro, llame al 110 (policía) o al 122.',
      'En peligro, llame al uno, uno, cero, policía, o al uno, dos, dos.',
    ],
    [
      'Llame al 2231-7200. Desde fuera: +502 2231-7200.',
      'Llame al dos, dos, tres, uno; siete, dos, cero, cero. Repito: dos, dos, tres, uno; siete, dos, cero, cero. Desde fuera: más, cinco, cero, dos; dos, dos, tres, uno; siete, dos, cero, cero.',
    ],
    [
      'No pueden (Constitución, artículo 6).\nLo dice: Constitución, artículo 6; Ley VET',
      'No pueden, Constitución, artículo seis. Lo dice: Ley Vet.',
    ],
    [
      'Según la Constitución, artículo 6.\nLo dice: Constitución, artículo 6',
      'Según la Constitución, artículo seis.',
    ],
    ['Alerta Alba-Keneth: 1546.', 'Alerta Alba-Keneth: uno, cinco, cuatro, seis.'],
    ['Son 120 días, dato de 2026.', 'Son ciento veinte días, dato de dos mil veintiséis.'],
    // Hours and places.
    ['De 7:00 a 15:30.', 'De siete de la mañana a tres y media de la tarde.'],
    ['A las 12:00 y a las 21:45', 'A las doce del mediodía y a las nueve y cuarenta y cinco de la noche.'],
    ['6a avenida 3-11, zona 4', 'sexta avenida tres guion once, zona cuatro.'],
    ['Decreto 44-2016, art. 9', 'Decreto cuarenta y cuatro guion dos mil dieciséis, artículo nueve.'],
    // Counting.
    ['En 1 día, 21 horas y 200 personas.', 'En un día, veintiuna horas y doscientas personas.'],
    ['Son 2.5 km, el 50%.', 'Son dos punto cinco kilómetros, el cincuenta por ciento.'],
    // Initials and addresses.
    ['El IGM y el RENAP.', 'El i ge eme y el Renap.'],
    ['El Registro de Personas (RENAP) inscribe.', 'El Registro de Personas inscribe.'],
    ['El Centro de Atención (CAR). Pida en el CAR.', 'El Centro de Atención, Car. Pida en el Car.'],
    ['Derechos: 1555 (PDH).', 'Derechos: uno, cinco, cinco, cinco, pe de hache.'],
    ['El formulario RP3 y el CA-4.', 'El formulario erre pe tres y el ce a cuatro.'],
    [
      'Entre a igm.gob.gt o escriba a info@pdh.org.gt.',
      'Entre a i ge eme punto gob punto ge te o escriba a info arroba pe de hache punto org punto ge te.',
    ],
    ['Escriba BAJA o SÍ.', 'Escriba Baja o SÍ.'],
  ])('%j is said %j', (shown, said) => {
    expect(textForEar(shown, 'es')).toBe(said);
  });

  it('leaves no digit and no sign of markup, whatever is shown', () => {
    const said = textForEar(
      '*A* 1 _b_ Q1,234.56 (USD 9) • 99999999999 https://x.gt/1 10:15 1a calle 2-3',
      'es',
    );
    expect(said).not.toMatch(/[\d*_•()]|http/);
  });

  it('reads any text to its end, and every digit of it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), fc.nat(), (text, number) => {
        expect(textForEar(`${text}${number} ${text}`, 'es')).not.toMatch(/\d/);
      }),
    );
  });
});

it('leaves the numbers of other languages to whoever speaks them', () => {
  expect(textForEar('*Cost:* USD 50.\nIt says so: Code, article 46\nhttps://x.gt/a', 'en')).toBe(
    'Cost: USD 50. It says so: Code, article 46.',
  );
});
