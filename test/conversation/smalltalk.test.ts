import { describe, expect, it } from 'vitest';
import { loadPhrases } from '#src/answering/phrases.ts';
import { createCourtesies } from '#src/conversation/smalltalk.ts';
import { knowledgeDir } from '#src/paths.ts';

const courtesies = createCourtesies(await loadPhrases(knowledgeDir));

describe('a message of courtesies', () => {
  it.each([
    ['Hola', 'greeting'],
    ['HOLA!!! 👋', 'greeting'],
    ['hola buenas tardes', 'greeting'],
    ['muchas gracias', 'thanks'],
    ['Good morning', 'greeting'],
    ['mèsi anpil', 'thanks'],
    ['gracias, adiós', 'farewell'],
  ] as const)('%s is a %s', (text, kind) => {
    expect(courtesies.find(text)?.kind).toBe(kind);
  });

  it('has the languages that say it so', () => {
    expect(courtesies.find('bonjour')?.languages).toEqual(['fr']);
    expect(courtesies.find('Hola')?.languages).toEqual(['es']);
  });

  it.each(['hola necesito ayuda', 'gracias y cuanto cuesta', '¿?', 'buenas, me robaron los papeles'])(
    '"%s" also says something else',
    (text) => {
      expect(courtesies.find(text)).toBeUndefined();
    },
  );
});

describe('a message without its courtesies', () => {
  it.each([
    ['ok, ¿dónde está la oficina de refugio?', '¿dónde está la oficina de refugio?'],
    ['Hola buenas tardes, quiero residencia', 'quiero residencia'],
    ['quiero residencia, muchas gracias', 'quiero residencia'],
    ['¿Dónde queda?', '¿Dónde queda?'],
    ['hola', ''],
  ])('%s → %s', (text, stripped) => {
    expect(courtesies.strip(text)).toBe(stripped);
  });
});
