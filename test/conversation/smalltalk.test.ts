import { describe, expect, it } from 'vitest';
import { loadPhrases } from '#src/answering/phrases.ts';
import { createFindCourtesy } from '#src/conversation/smalltalk.ts';
import { knowledgeDir } from '#src/paths.ts';

const findCourtesy = createFindCourtesy(await loadPhrases(knowledgeDir));

describe('a message of courtesies', () => {
  it.each([
    ['Hola', 'greeting'],
    ['HOLA!!! 👋', 'greeting'],
    ['hola buenas tardes', 'greeting'],
    ['muchas gracias', 'thanks'],
    ['Good morning', 'greeting'],
    ['mèsi anpil', 'thanks'],
    ['gracias, adiós', 'farewell'],
  ] as const)('%s is a %s', (text, courtesy) => {
    expect(findCourtesy(text)).toBe(courtesy);
  });

  it.each(['hola necesito ayuda', 'gracias y cuanto cuesta', '¿?', 'buenas, me robaron los papeles'])(
    '"%s" also says something else',
    (text) => {
      expect(findCourtesy(text)).toBeUndefined();
    },
  );
});
