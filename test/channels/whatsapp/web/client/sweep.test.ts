import { describe, expect, it } from 'vitest';
import { createHeard } from '#src/channels/whatsapp/web/client/heard.ts';
import { createInbound } from '#src/channels/whatsapp/web/client/inbound.ts';
import { sweep } from '#src/channels/whatsapp/web/client/sweep.ts';
import type { FromChild } from '#src/channels/whatsapp/web/protocol.ts';
import { type FakePageParts, fakePage, held } from './fake-page.ts';

const SECONDS = 1_800_000_000;
const NOW = (SECONDS + 3_600) * 1000;
const OTHER = '900@lid';

async function run(parts: FakePageParts): Promise<readonly FromChild[]> {
  const told: FromChild[] = [];
  const inbound = createInbound({
    emit: (one) => void told.push(one),
    namesOf: (chat) => Promise.resolve([chat]),
    heard: createHeard(),
    now: () => NOW,
  });
  const swept = { page: () => fakePage(parts), inbound, now: () => NOW };
  await sweep(swept, SECONDS * 1000);
  await sweep(swept, SECONDS * 1000);
  await new Promise((resolve) => setTimeout(resolve, 5));
  return told;
}

const texts = (told: readonly FromChild[]) =>
  told.map((one) => (one.type === 'message' ? one.message.text : one.type));

describe('sweep', () => {
  const messages = [
    held('B', { t: SECONDS + 20 }),
    held('A', { t: SECONDS + 10, chat: OTHER }),
    held('C', { t: SECONDS + 30, chat: OTHER }),
    held('vieja', { t: SECONDS - 1 }),
    held('propia', { t: SECONDS + 40, fromMe: true }),
    held('de grupo', { t: SECONDS + 40, chat: '1203@g.us' }),
  ];

  it.each([
    ['chats', { messages, chats: ['50255550101@c.us', OTHER, '1203@g.us'] }],
    ['messages alone', { messages }],
  ])('hands in what came since then, once, oldest first, from a page with %s', async (_what, parts) => {
    expect(texts(await run(parts))).toEqual(['A', 'B', 'C']);
  });

  it('tells what was deleted meanwhile and what stays unreadable', async () => {
    const told = await run({
      messages: [
        held('D', { type: 'revoked', t: SECONDS + 1 }),
        held('E', { type: 'ciphertext', t: SECONDS + 2 }),
        held('F', { type: 'ciphertext', t: NOW / 1000 }),
      ],
    });
    expect(told.filter(({ type }) => type === 'deleted').length).toBeGreaterThan(0);
    expect(told.filter(({ type }) => type === 'message')).toMatchObject([
      { message: { kind: 'unreadable' } },
    ]);
  });

  it('loads what the chat does not show yet, where the page can', async () => {
    const loaded = [held('tarde', { t: SECONDS + 60 })];
    const loader = {
      loadEarlierMsgs: async () => {
        const before = loaded.length;
        if (before < 3) loaded.unshift(held(`antes ${before}`, { t: SECONDS + 60 - before }));
        return loaded.slice(0, loaded.length - before);
      },
    };
    const told = await run({
      messages: loaded,
      chats: ['50255550101@c.us'],
      modules: { WAWebChatLoadMessages: loader },
    });
    expect(texts(told)).toEqual(['antes 2', 'antes 1', 'tarde']);
  });
});
