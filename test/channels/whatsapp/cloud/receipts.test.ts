import { describe, expect, it } from 'vitest';
import { createReceipts, type LateFailure } from '#src/channels/whatsapp/cloud/receipts.ts';
import { conversationOf } from './cloud-platform.ts';

const chat = conversationOf('50255550101');
const status = (state: 'sent' | 'delivered' | 'read' | 'failed', code?: number, tag?: string) =>
  ({ id: 'wamid.1', state, code, tag }) as const;

function make() {
  const late: LateFailure[] = [];
  const receipts = createReceipts({
    now: () => new Date(),
    callMs: 5,
    onLate: (failure) => late.push(failure),
  });
  return { receipts, late };
}

describe('what became of a message', () => {
  it('is sent once a status says so', async () => {
    const { receipts } = make();
    receipts.accepted('wamid.1', chat, undefined);
    const verdict = receipts.verdictOn('wamid.1', 60_000);
    receipts.note(status('sent'));
    expect(await verdict).toEqual({ kind: 'sent' });
  });

  it('is known although the status came before the answer to the request', async () => {
    const { receipts } = make();
    receipts.note(status('delivered'));
    receipts.accepted('wamid.1', chat, undefined);
    expect(await receipts.verdictOn('wamid.1', 60_000)).toEqual({ kind: 'sent' });
  });

  it('is a failure for whoever waits, and no late one', async () => {
    const { receipts, late } = make();
    receipts.accepted('wamid.1', chat, 'tag');
    const verdict = receipts.verdictOn('wamid.1', 60_000);
    receipts.note(status('failed', 131026));
    expect(await verdict).toEqual({ kind: 'failed', code: 131026 });
    expect(late).toEqual([]);
    expect(receipts.idOf('tag')).toBeUndefined();
  });

  it('is a late failure after it counted as sent, told once however often Meta repeats it', async () => {
    const { receipts, late } = make();
    receipts.accepted('wamid.1', chat, undefined);
    receipts.note(status('sent'));
    await receipts.verdictOn('wamid.1', 60_000);
    receipts.note(status('failed', 131026));
    receipts.note(status('failed', 131026));
    expect(late).toEqual([{ id: 'wamid.1', code: 131026, conversation: chat }]);
  });

  it('is no failure when the person has it already, in whatever order that is told', async () => {
    const { receipts, late } = make();
    receipts.accepted('wamid.1', chat, undefined);
    receipts.note(status('read'));
    receipts.note(status('delivered'));
    receipts.note(status('sent'));
    receipts.note(status('failed', 131026));
    expect(await receipts.verdictOn('wamid.1', 60_000)).toEqual({ kind: 'sent' });
    expect(late).toEqual([]);
  });

  it('is told too when another process sent it', async () => {
    const { receipts, late } = make();
    receipts.note(status('failed', 131047));
    await expect.poll(() => late).toEqual([{ id: 'wamid.1', code: 131047, conversation: undefined }]);
  });

  it('is a failure for whoever sent it although it came before the answer to the request', async () => {
    const { receipts, late } = make();
    receipts.note(status('failed', 131047));
    receipts.accepted('wamid.1', chat, 'tag');
    expect(await receipts.verdictOn('wamid.1', 60_000)).toEqual({ kind: 'failed', code: 131047 });
    expect(receipts.idOf('tag')).toBeUndefined();
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(late).toEqual([]);
  });

  it('is silent when Meta says nothing in time; after three silences nobody waits until a status comes', async () => {
    const { receipts } = make();
    for (const id of ['a', 'b', 'c']) {
      expect(await receipts.verdictOn(id, 1)).toEqual({ kind: 'silent' });
    }
    // An hour's wait would outlast the test.
    expect(await receipts.verdictOn('d', 3_600_000)).toEqual({ kind: 'silent' });
    receipts.note(status('sent'));
    const waiting = receipts.verdictOn('e', 3_600_000);
    receipts.note({ id: 'e', state: 'sent', code: undefined, tag: undefined });
    expect(await waiting).toEqual({ kind: 'sent' });
  });

  it('no longer holds whoever is called off', async () => {
    const { receipts } = make();
    const off = new AbortController();
    const waiting = receipts.verdictOn('wamid.1', 3_600_000, off.signal);
    off.abort();
    expect(await waiting).toEqual({ kind: 'silent' });
    expect(await receipts.verdictOn('wamid.2', 3_600_000, off.signal)).toEqual({ kind: 'silent' });
  });

  it('gives the id of a request whose answer was lost, by the tag in its status', () => {
    const { receipts } = make();
    expect(receipts.idOf('tag')).toBeUndefined();
    receipts.note(status('sent', undefined, 'tag'));
    expect(receipts.idOf('tag')).toBe('wamid.1');
  });
});
