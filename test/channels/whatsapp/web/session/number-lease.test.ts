import { setTimeout as sleep } from 'node:timers/promises';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { NumberHold } from '#src/channels/whatsapp/web/session/number-lease.ts';
import type { NumberLeases } from '#src/channels/whatsapp/web/whatsapp-web-parts.ts';
import { createMemoryLeases } from '../door.ts';

const LEASE_MS = 30_000;
const changes: string[] = [];
const holds: NumberHold[] = [];

function hold(leases: NumberLeases, owner = 'one'): NumberHold {
  const made = new NumberHold({
    ...{ leases, owner, leaseMs: LEASE_MS, log: pino({ level: 'silent' }) },
    onChange: (now) => changes.push(`${owner} ${now}`),
  });
  holds.push(made);
  return made;
}

beforeEach(() => {
  changes.length = 0;
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
});
afterEach(async () => {
  await Promise.all(holds.splice(0).map((made) => made.release()));
  vi.useRealTimers();
});

describe('the hold on the number', () => {
  it('is kept for as long as it is renewed', async () => {
    hold(createMemoryLeases()).start();
    await vi.advanceTimersByTimeAsync(10 * LEASE_MS);
    expect(changes).toEqual(['one held']);
  });

  it('is given up before the lease ends when it cannot be renewed', async () => {
    const leases = createMemoryLeases();
    hold(leases).start();
    await vi.advanceTimersByTimeAsync(100);
    leases.isAway = true;
    await vi.advanceTimersByTimeAsync(LEASE_MS * (5 / 6) - 200);
    expect(changes).toEqual(['one held']);
    await vi.advanceTimersByTimeAsync(200);
    expect(changes).toEqual(['one held', 'one store-away']);
    leases.isAway = false;
    await vi.advanceTimersByTimeAsync(LEASE_MS / 3);
    expect(changes.at(-1)).toBe('one held');
  });

  it('is given up in time when the store hangs, and does not hold up the end', async () => {
    const leases = createMemoryLeases();
    const made = hold(leases);
    made.start();
    await vi.advanceTimersByTimeAsync(100);
    leases.hold = () => new Promise(() => undefined);
    await vi.advanceTimersByTimeAsync(LEASE_MS * (5 / 6));
    expect(changes).toEqual(['one held', 'one store-away']);
    vi.useRealTimers();
    await Promise.race([made.release(), sleep(4_000).then(() => Promise.reject(new Error('held up')))]);
  });

  it('passes to another when it is released', async () => {
    const leases = createMemoryLeases();
    const one = hold(leases, 'one');
    one.start();
    hold(leases, 'two').start();
    await vi.advanceTimersByTimeAsync(LEASE_MS);
    expect(changes).toEqual(['one held', 'two taken']);
    await one.release();
    await vi.advanceTimersByTimeAsync(LEASE_MS / 3);
    expect(changes.at(-1)).toBe('two held');
  });
});
