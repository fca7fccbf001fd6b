import { describe, expect, it } from 'vitest';
import { askedParts } from '#src/answering/asked-parts.ts';

describe('askedParts', () => {
  it.each([
    ['¿Cuánto cuesta el pasaporte de adulto?', ['cost']],
    ['cuanto vale y cuanto tarda', ['cost', 'time']],
    ['que papeles me piden', ['requirement']],
    ['a donde tengo que ir', ['where']],
    ['dnd queda el igm', ['where']],
    ['dirección del igm', ['where']],
    ['¿Cómo saco la residencia?', ['step']],
    ['numero de telefono del igm', ['contact']],
    ['número de la policía', ['contact']],
    ['¿cuál es el teléfono?', ['contact']],
    ['teléfono igm', ['contact']],
    ['necesito el número de acnur', ['contact']],
    ['a que hora abren', ['contact']],
    ['what is the phone number of the police', ['contact']],
    ['¿Quién es responsable de la reunificación familiar?', ['responsible']],
    ['¿la escuela es gratis?', ['cost']],
    ['how much is a visa', ['cost']],
    ['quanto custa o visto', ['cost']],
    ['combien coûte le passeport', ['cost']],
    ['combien de temps je peux rester', ['time']],
    ['konbyen paspò a koute', ['cost']],
  ])('%s → %j', (question, parts) => {
    expect(askedParts(question)).toEqual(parts);
  });

  it.each([
    'me quitaron a mi hijo',
    '¿Puedo trabajar en Guatemala si soy extranjero?',
    'soy de honduras',
    'me quieren quitar el telefono',
    'perdí mi número de pasaporte',
    'me cambiaron la dirección',
    'no me atienden en el hospital',
    'mi patrón me amenaza con llamar a migración',
    'they took my phone',
    'mi visa vence mañana',
    'me queda poco dinero',
    'abogado de oficio gratis',
  ])('finds no side in "%s"', (question) => {
    expect(askedParts(question)).toEqual([]);
  });
});
