import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { StoredReference } from '#src/channels/teams/conversation-references.ts';
import { conversationOf } from '#src/channels/teams/conversation-references.ts';
import { createTypingSigns } from '#src/channels/teams/typing-signs.ts';

const ANA = conversationOf('ana');
const BETO = conversationOf('beto');
const pace = { everyMs: 10, most: 5, atOnce: 2 };
let shown: StoredReference[];
let works: boolean;

const write = async (reference: StoredReference) => {
  shown.push(reference);
  return works;
};
const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

beforeEach(() => {
  shown = [];
  works = true;
});
afterEach(() => vi.restoreAllMocks());

describe('a typing sign', () => {
  it('is shown at once, and again until the answer leaves', async () => {
    const signs = createTypingSigns(write, pace);
    signs.begin(ANA, { serviceUrl: 'x' });
    expect(shown).toEqual([{ serviceUrl: 'x' }]);
    await vi.waitFor(() => expect(shown.length).toBeGreaterThan(2));
    await signs.end(ANA);
    const { length } = shown;
    await wait(50);
    expect(shown).toHaveLength(length);
  });

  it('ends by itself when no answer comes', async () => {
    const signs = createTypingSigns(write, pace);
    signs.begin(ANA, {});
    await vi.waitFor(() => expect(shown).toHaveLength(5));
    await wait(50);
    expect(shown).toHaveLength(5);
  });

  it('is not tried again when it could not be shown', async () => {
    works = false;
    const signs = createTypingSigns(write, pace);
    signs.begin(ANA, {});
    await wait(50);
    expect(shown).toHaveLength(1);
  });

  it('holds its answer back while it is on its way', async () => {
    let arrive = (_shown: boolean): void => undefined;
    const signs = createTypingSigns(() => new Promise((resolve) => (arrive = resolve)), pace);
    signs.begin(ANA, {});
    const order: string[] = [];
    const ended = signs.end(ANA).then(() => order.push('ended'));
    await wait(20);
    order.push('arrived');
    arrive(true);
    await ended;
    expect(order).toEqual(['arrived', 'ended']);
  });

  it('is one for each conversation, and for so many conversations as Teams stands', async () => {
    const signs = createTypingSigns(write, { ...pace, everyMs: 60_000 });
    signs.begin(ANA, {});
    signs.begin(ANA, {});
    signs.begin(BETO, {});
    signs.begin(conversationOf('carla'), {});
    expect(shown).toHaveLength(2);
    await signs.end(ANA);
    signs.begin(conversationOf('carla'), {});
    expect(shown).toHaveLength(3);
    await signs.endAll();
  });
});
