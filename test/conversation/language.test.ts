import { describe, expect, it } from 'vitest';
import { createDetectLanguage } from '#src/conversation/language.ts';

const detect = createDetectLanguage({
  questions: {
    es: [
      '¿Dónde saco mi pasaporte?',
      'me quitaron los papeles',
      'puedo trabajar en Guatemala',
      'cuánto cuesta la visa',
    ],
    en: [
      'where do I get my passport?',
      'they took my papers',
      'how can I work in Guatemala',
      'how much is the visa',
    ],
    pt: [
      'onde tiro meu passaporte?',
      'levaram meus documentos',
      'posso trabalhar com visto',
      'quanto custa o visto',
    ],
    fr: [
      'où puis-je obtenir mon passeport ?',
      'on a pris mes papiers',
      'comment puis-je travailler',
      'combien coûte le visa',
    ],
    ht: [
      'ki kote mwen ka jwenn paspò mwen?',
      'yo pran papye mwen',
      'èske mwen ka travay',
      'konbyen viza a koute',
    ],
  },
  spanish: ['La residencia temporal y la política migratoria son para quien vive en el país.'],
});

describe('the language of a text', () => {
  it.each([
    ['how can I work with my passport', 'en'],
    ['onde posso trabalhar com meu passaporte', 'pt'],
    ['comment puis-je travailler avec mon passeport', 'fr'],
    ['ki kote mwen ka travay ak paspò mwen', 'ht'],
    ['donde puedo trabajar con mi pasaporte', 'es'],
  ] as const)('%s is %s', (text, language) => {
    expect(detect(text, 'es')).toBe(language);
  });

  it.each(['residencia temporal', 'política migratoria', 'Decreto 34-83', 'art. 43 y 46', 'aaaaaaaaaa'])(
    '"%s" is no other language than the one before',
    (text) => {
      expect(detect(text, 'es')).toBe('es');
    },
  );

  it('stays what it was when a text says too little', () => {
    expect(detect('ok', 'en')).toBe('en');
    expect(detect('2', 'ht')).toBe('ht');
  });
});
