import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createAcks } from '#src/channels/whatsapp/web/client/acks.ts';
import { faultOf } from '#src/channels/whatsapp/web/client/fault.ts';
import { createHeard } from '#src/channels/whatsapp/web/client/heard.ts';
import { residentBytes } from '#src/channels/whatsapp/web/client/memory.ts';
import { createNames } from '#src/channels/whatsapp/web/client/names.ts';
import { createSessionState } from '#src/channels/whatsapp/web/client/state.ts';
import type { FromChild } from '#src/channels/whatsapp/web/protocol.ts';

describe('faultOf', () => {
  it('normalises strings that are thrown', () => {
    expect(faultOf('auth timeout')).toEqual({ error: 'string', what: 'auth timeout' });
    expect(faultOf(undefined)).toEqual({ error: 'undefined', what: '' });
  });

  it('keeps of a message only what is known to hold nothing of people', () => {
    const error = new TypeError(
      "x: Cannot read properties of undefined (reading 'markedUnread') 50255550101@c.us",
    );
    expect(faultOf(error)).toEqual({
      error: 'TypeError',
      what: "Cannot read properties of undefined (reading 'markedUnread')",
    });
    expect(faultOf(new Error('no se pudo enviar: me persiguen')).what).toBe('');
    expect(faultOf(new Error('net::ERR_NAME_NOT_RESOLVED at https://web.whatsapp.com/')).what).toBe(
      'net::ERR_NAME_NOT_RESOLVED',
    );
  });
});

describe('createHeard', () => {
  it('remembers, and forgets the oldest', () => {
    const heard = createHeard(2);
    expect(['a', 'a', 'b', 'c'].map((id) => heard.add(id))).toEqual([true, false, true, true]);
    expect(['a', 'b', 'c'].map((id) => heard.has(id))).toEqual([false, true, true]);
  });
});

describe('createSessionState', () => {
  it('tells each change once, and degraded while a part fails', () => {
    const told: FromChild[] = [];
    const state = createSessionState((one) => void told.push(one));
    state.reach('ready');
    state.reach('ready');
    state.part('listening', false);
    expect(state.isOnline).toBe(true);
    state.part('listening', true);
    state.reach('disconnected', 'TIMEOUT');
    state.reach('logged-out');
    state.reach('qr');
    expect(told).toEqual([
      { type: 'state', state: 'starting' },
      { type: 'state', state: 'ready' },
      { type: 'state', state: 'degraded', reason: 'listening' },
      { type: 'state', state: 'ready' },
      { type: 'state', state: 'disconnected', reason: 'TIMEOUT' },
      { type: 'state', state: 'logged-out' },
    ]);
  });
});

describe('createAcks', () => {
  const nothing = (): Promise<null> => Promise.resolve(null);

  it('resolves with the event', async () => {
    const acks = createAcks(nothing);
    const waited = acks.wait('A', 0, 5_000);
    acks.heard('A', 0);
    acks.heard('A', 1);
    expect(await waited).toBe('sent');
  });

  it('resolves with what the page says when the event is missed', async () => {
    expect(await createAcks(() => Promise.resolve(2), 1).wait('A', 0, 5_000)).toBe('sent');
  });

  it('says that it failed, and that no receipt came', async () => {
    expect(await createAcks(nothing).wait('A', -1, 5_000)).toBe('failed');
    expect(await createAcks(() => Promise.reject(new Error('page')), 1).wait('A', 0, 10)).toBe('no-ack');
  });
});

describe('createNames', () => {
  it('gives the chat first, then the other id, and asks once', async () => {
    let asked = 0;
    const namesOf = createNames(
      () => {
        asked += 1;
        return Promise.resolve([{ lid: '900@lid', pn: '50255550101@c.us' }]);
      },
      () => 0,
    );
    expect(await namesOf('900@lid')).toEqual(['900@lid', '50255550101@c.us']);
    await namesOf('900@lid');
    expect(asked).toBe(1);
  });

  it('does with the chat alone when nothing is known, and asks again later', async () => {
    let now = 0;
    let asked = 0;
    const namesOf = createNames(
      () => {
        asked += 1;
        return asked === 1
          ? Promise.reject(new Error('no such module'))
          : Promise.resolve([{ pn: '1@c.us' }]);
      },
      () => now,
    );
    expect(await namesOf('900@lid')).toEqual(['900@lid']);
    expect(await namesOf('900@lid')).toEqual(['900@lid']);
    now = 11 * 60_000;
    expect(await namesOf('900@lid')).toEqual(['900@lid', '1@c.us']);
    expect(asked).toBe(2);
  });
});

describe('residentBytes', () => {
  it('adds up a process and its descendants, without the files they share', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'orienta-proc-'));
    const add = (pid: number, parent: number, kilobytes: number): void => {
      mkdirSync(join(folder, String(pid)));
      const status = `Name:\tx\nPPid:\t${parent}\nVmRSS:\t999999 kB\nRssAnon:\t${kilobytes} kB\nRssShmem:\t1 kB\n`;
      writeFileSync(join(folder, String(pid), 'status'), status);
    };
    add(10, 30, 100);
    add(30, 50, 200);
    add(50, 1, 300);
    add(60, 1, 5_000);
    expect(await residentBytes(folder, 50)).toBe((100 + 200 + 300 + 3) * 1024);
    rmSync(folder, { recursive: true });
  });

  it('gives this process alone where there is no such folder', async () => {
    expect(await residentBytes('/nowhere', 1)).toBeGreaterThan(1024 * 1024);
  });
});
