import { describe, expect, it } from 'vitest';
import { createHeard } from '#src/channels/whatsapp/web/client/heard.ts';
import { createInbound } from '#src/channels/whatsapp/web/client/inbound.ts';
import { readRaw } from '#src/channels/whatsapp/web/client/raw.ts';
import type { FromChild } from '#src/channels/whatsapp/web/protocol.ts';

const CHAT = '50255550101@c.us';
const NOW = 1_800_000_000_000;

function key(id: string, fromMe = false): Readonly<Record<string, unknown>> {
  return { fromMe, remote: CHAT, id, _serialized: `${fromMe}_${CHAT}_${id}` };
}

function raw(id: string, facts: Readonly<Record<string, unknown>> = {}) {
  return readRaw({ id: key(id), type: 'chat', t: NOW / 1000, from: CHAT, body: id, ...facts });
}

function setUp(namesOf = (chat: string): Promise<readonly string[]> => Promise.resolve([chat])) {
  const told: FromChild[] = [];
  const parts = {
    emit: (one: FromChild) => void told.push(one),
    namesOf,
    heard: createHeard(),
    now: () => NOW,
  };
  const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5));
  return { inbound: createInbound(parts), told, settled };
}

describe('createInbound', () => {
  it('hands each message in once', async () => {
    const { inbound, told, settled } = setUp();
    inbound.message(raw('A'));
    inbound.message(raw('A'));
    inbound.message(undefined);
    await settled();
    expect(told).toHaveLength(1);
  });

  it('keeps the order of a chat though names come late', async () => {
    let give: (names: readonly string[]) => void = () => undefined;
    const names = new Promise<readonly string[]>((resolve) => {
      give = resolve;
    });
    const { inbound, told, settled } = setUp(() => names);
    inbound.message(raw('A'));
    inbound.message(raw('B'));
    inbound.deleted(raw('A', { type: 'revoked' }));
    await settled();
    expect(told).toEqual([]);
    give([CHAT, '900@lid']);
    await settled();
    expect(told.map(({ type }) => type)).toEqual(['message', 'message', 'deleted']);
    expect(told[0]).toMatchObject({ message: { id: `false_${CHAT}_A`, names: [CHAT, '900@lid'] } });
  });

  it('tells the words of a message that was unreadable at first', async () => {
    const { inbound, told, settled } = setUp();
    inbound.unreadable(raw('A', { type: 'ciphertext' }));
    inbound.message(raw('A'));
    await settled();
    expect(told).toMatchObject([
      { message: { kind: 'unreadable' } },
      { message: { kind: 'text', text: 'A' } },
    ]);
  });

  it('tells edits, and not what only became readable', async () => {
    const { inbound, told, settled } = setUp();
    inbound.edited(raw('A'), undefined);
    inbound.edited(raw('A'), 'antes');
    expect(told).toEqual([]);
    inbound.message(raw('A'));
    inbound.edited(raw('A', { body: 'ahora' }), 'antes');
    inbound.edited(raw('B', { latestEditSenderTimestampMs: NOW }), undefined);
    inbound.edited(raw('C', { id: key('C', true), latestEditSenderTimestampMs: NOW }), 'lo propio');
    await settled();
    expect(told.map((one) => one.type === 'edited' && one.message.text)).toEqual([false, 'ahora', 'B']);
  });

  it('names a deleted message as it was named when it came', async () => {
    const { inbound, told, settled } = setUp();
    // The page gives the deletion a name of its own, and the writer of the message knew it as their own.
    inbound.deleted(raw('NEW', { type: 'revoked', protocolMessageKey: key('A', true) }));
    await settled();
    const ids = told.map((one) => (one.type === 'deleted' ? one.id : ''));
    expect(ids).toContain(`false_${CHAT}_A`);
    inbound.deleted(raw('OWN', { id: key('OWN', true), type: 'revoked' }));
    await settled();
    expect(told).toHaveLength(ids.length);
  });

  it('tells reactions of others, once, and no old ones', async () => {
    const { inbound, told, settled } = setUp();
    const reaction = { id: key('R'), msgId: key('SENT', true), reaction: '👍', timestamp: NOW / 1000 };
    inbound.reaction(reaction);
    inbound.reaction(reaction);
    inbound.reaction({ ...reaction, id: key('R2'), reaction: '' });
    inbound.reaction({ ...reaction, id: key('R3', true) });
    inbound.reaction({ ...reaction, id: key('R4'), timestamp: NOW / 1000 - 2 * 86_400 });
    await settled();
    expect(told).toEqual([
      {
        type: 'reaction',
        id: `false_${CHAT}_R`,
        chat: CHAT,
        names: [CHAT],
        sentAt: NOW,
        emoji: '👍',
        to: `true_${CHAT}_SENT`,
      },
    ]);
  });

  it('tells a call once; none of groups, none of its own', async () => {
    const { inbound, told, settled } = setUp();
    const call = { id: 'C1', from: { _serialized: CHAT }, isGroup: false, fromMe: false };
    inbound.call(call);
    inbound.call(call);
    inbound.call({ ...call, id: 'C2', isGroup: true });
    inbound.call({ ...call, id: 'C3', fromMe: true });
    await settled();
    expect(told).toMatchObject([{ message: { id: 'call_C1', kind: 'call', chat: CHAT } }]);
  });
});
