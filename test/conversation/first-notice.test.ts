import { describe, expect, it } from 'vitest';
import { noticeReply } from '#src/conversation/first-notice.ts';
import { loadKnowledge } from '#src/knowledge/load-knowledge.ts';
import { languageSchema } from '#src/knowledge/unit.ts';
import { knowledgeDir } from '#src/paths.ts';
import { openTalk, phrases, turnParts, wordsOf } from './talk-harness.ts';

const knowledge = await loadKnowledge(knowledgeDir);
const longest = { retentionDays: 365, voiceLeaves: true };

describe.each(languageSchema.options)('the notice in %s', (language) => {
  const words = wordsOf(noticeReply(longest, language, { knowledge, phrases }));

  it('has at most 300 characters, whatever it has to say', () => {
    expect(words.length).toBeGreaterThan(100);
    expect(words.length).toBeLessThanOrEqual(300);
  });

  it('says what is kept, how it is erased, and how to reach a person', () => {
    expect(words).toContain('365');
    expect(words).toContain('2411-2411');
    const command = /[“«]\s?([^”»]+?)\s?[”»]/.exec(words)?.[1] ?? '';
    expect(turnParts().findCommand(command, ['erase'])?.word).toBe('erase');
  });

  it('tells that voice leaves for a service only where it does', () => {
    const silent = wordsOf(noticeReply({ ...longest, voiceLeaves: false }, language, { knowledge, phrases }));
    expect(words).toContain(phrases[language].notice.voice);
    expect(silent).not.toContain(phrases[language].notice.voice);
  });
});

describe('the first contact', () => {
  it('may be followed by the notice after an answer on WhatsApp, and nowhere else', async () => {
    expect(wordsOf((await openTalk().say('clases de pasaporte')).notice)).toContain(phrases.es.notice.what);
    const web = await openTalk().say({ text: 'clases de pasaporte', channel: 'web' });
    expect(web.notice).toBeUndefined();
  });

  it('is not disturbed by the notice where it is about erasing', async () => {
    const talk = openTalk();
    expect((await talk.say('borrar mis datos')).notice).toBeUndefined();
    const erased = await talk.say('sí');
    expect(erased.notice).toBeUndefined();
    expect(erased.context).toBeUndefined();
  });

  it('has no notice where nobody has said what it is to say', async () => {
    const { notice: _, ...parts } = turnParts();
    expect((await openTalk(parts).say('clases de pasaporte')).notice).toBeUndefined();
  });
});

describe('the notice', () => {
  it('follows no greeting, which says the most of it, but the answer after it', async () => {
    const talk = openTalk();
    expect((await talk.say('hola')).notice).toBeUndefined();
    expect((await talk.say('clases de pasaporte')).notice).toBeDefined();
  });
});
