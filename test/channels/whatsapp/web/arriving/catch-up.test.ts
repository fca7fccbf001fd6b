import { setTimeout as sleep } from 'node:timers/promises';
import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { createCatchUp } from '#src/channels/whatsapp/web/arriving/catch-up.ts';
import type { Ask } from '#src/channels/whatsapp/web/process/process-link.ts';
import type { Watermark } from '#src/channels/whatsapp/web/session/watermark.ts';
import { until } from '../door.ts';

const NOW = Date.parse('2026-03-02T15:00:00Z');
const HOUR_MS = 3_600_000;

/** A catch-up whose sweeps end as told, the last again and again. */
function catchUp(at: number, outcomes: readonly unknown[]) {
  const asked: Ask[] = [];
  const told: string[] = [];
  const watermark: Watermark = {
    at,
    begin: () => told.push('begin'),
    pending: () => () => undefined,
    missing: () => told.push('missing'),
    caughtUp: () => told.push('caught up'),
    save: () => undefined,
  };
  const made = createCatchUp({
    ask: async (what) => {
      const outcome = outcomes[Math.min(asked.length, outcomes.length - 1)];
      asked.push(what);
      if (outcome instanceof Error) throw outcome;
      return outcome;
    },
    ...{ watermark, arrivals: { settled: async () => undefined }, now: () => new Date(NOW) },
    ...{ random: () => 0.5, log: pino({ level: 'silent' }), requestMs: 1_000, sweepAgeMs: 72 * HOUR_MS },
    sweepRetry: { firstMs: 1, longestMs: 2 },
  });
  return { made, asked, told };
}

const ALL = { chats: 3, missed: 0, messages: 1 };

describe('catching up', () => {
  it('asks from a little before the mark, and moves it once all is kept', async () => {
    const { made, asked, told } = catchUp(NOW - HOUR_MS, [ALL]);
    made.client('ready');
    await sleep(0);
    expect(asked).toEqual([{ type: 'sweep', since: NOW - HOUR_MS - 120_000 }]);
    expect(told).toEqual(['missing', 'begin', 'caught up']);
  });

  it('goes back three days at most', async () => {
    const { made, asked } = catchUp(0, [ALL]);
    made.client('ready');
    await sleep(0);
    expect(asked).toEqual([{ type: 'sweep', since: NOW - 72 * HOUR_MS }]);
  });

  it('asks again while chats could not be read, from the same moment', async () => {
    const outcomes = [new Error('gone'), { chats: 3, missed: 2, messages: 0 }, ALL];
    const { made, asked, told } = catchUp(NOW, outcomes);
    made.client('ready');
    await until(() => told.includes('caught up'));
    expect(asked).toHaveLength(3);
    expect(new Set(asked.map((what) => JSON.stringify(what))).size).toBe(1);
    expect(told.at(-1)).toBe('caught up');
  });

  it('leaves the mark where it is when some chat is never read', async () => {
    const { made, asked, told } = catchUp(NOW, [{ chats: 3, missed: 1, messages: 0 }]);
    made.client('ready');
    await sleep(200);
    expect(asked.length).toBeGreaterThan(5);
    expect(asked.length).toBeLessThan(20);
    expect(told).not.toContain('caught up');
  });

  it('ends when the session is away, and begins again with it', async () => {
    const { made, asked, told } = catchUp(NOW, [new Error('gone'), ALL]);
    made.client('ready');
    await sleep(0);
    made.client('disconnected');
    await sleep(50);
    expect(asked).toHaveLength(1);
    expect(told).not.toContain('caught up');
    made.client('ready');
    await sleep(0);
    expect(told.at(-1)).toBe('caught up');
  });
});
