import { describe, expect, it } from 'vitest';
import { waitedWords } from '#src/conversation/waited.ts';
import { languageSchema } from '#src/knowledge/unit.ts';
import { openTalk, phrases, turnParts, wordsOf } from './talk-harness.ts';

// 22 November, 23:50 in Guatemala; already the 23rd in UTC.
const now = new Date('2026-11-23T05:50:00Z');
const words = (at: string, language: 'es' | 'en' = 'es') => waitedWords(new Date(at), now, phrases[language]);

describe('a message that waited', () => {
  it('is named by its hour in Guatemala', () => {
    expect(words('2026-11-23T03:40:00Z')).toBe('Respondo a su mensaje de las 21:40.');
    expect(words('2026-11-22T07:05:00Z')).toBe('Respondo a su mensaje de la 1:05.');
  });

  it('is named by its day too, when that is another', () => {
    expect(words('2026-11-22T03:40:00Z')).toBe('Respondo a su mensaje de ayer a las 21:40.');
    expect(words('2026-11-21T03:40:00Z')).toBe('Respondo a su mensaje del 20 de noviembre a las 21:40.');
    expect(words('2026-11-21T03:40:00Z', 'en')).toBe('This answers your message of November 20 at 21:40.');
  });

  it('is not named when it waited ten minutes or less', () => {
    expect(words('2026-11-23T05:40:00Z')).toBeUndefined();
    expect(words('2026-11-23T05:39:59Z')).toBeDefined();
  });

  it.each(languageSchema.options)('leaves nothing unfilled in %s', (language) => {
    for (const at of ['2026-11-23T03:40:00Z', '2026-11-22T03:40:00Z', '2026-02-03T20:00:00Z']) {
      expect(waitedWords(new Date(at), now, phrases[language])).not.toMatch(/[{}]|undefined/);
    }
  });

  it('begins the reply', async () => {
    const parts = turnParts([], { now: () => now });
    const receivedAt = new Date('2026-11-23T03:40:00Z');
    const { reply } = await openTalk(parts).say({ text: 'clases de pasaporte', receivedAt });
    expect(wordsOf(reply)).toMatch(/^Respondo a su mensaje de las 21:40\.\nHay tres clases/);
    expect(reply?.kind).toBe('answer');
  });
});
