import { describe, expect, it } from 'vitest';
import { gatherFragments } from '#src/conversation/turn-message.ts';

describe('the fragments of a turn', () => {
  it('are one question, line by line', () => {
    const gathered = gatherFragments([
      { form: 'text', text: 'hola' },
      { form: 'voice', text: 'quiero pasaporte' },
      { form: 'picture', text: '¿sirve esto?' },
      { form: 'document', text: '' },
    ]);
    expect(gathered.text).toBe('hola\nquiero pasaporte\n¿sirve esto?');
    expect(gathered.heard).toBe('quiero pasaporte');
    expect([...(gathered.unread ?? [])]).toEqual(['picture', 'document']);
  });

  it('hold no words where a place, a reaction or an unread voice note was sent', () => {
    const gathered = gatherFragments([
      { form: 'location', text: 'gt-1' },
      { form: 'reaction', text: '👍' },
      { form: 'voice', text: '' },
    ]);
    expect(gathered).toMatchObject({ text: '', place: 'gt-1', reaction: '👍', unread: new Set(['voice']) });
    expect(gathered.heard).toBeUndefined();
  });

  it('keep the last quote', () => {
    const quoted = [
      { form: 'text', text: 'a', quoted: 'uno' },
      { form: 'text', text: 'b', quoted: 'dos' },
      { form: 'text', text: 'c' },
    ] as const;
    expect(gatherFragments(quoted).quoted).toBe('dos');
  });
});
