import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createPacing, typingTimeMs } from '#src/channels/whatsapp/web/sending/pacing.ts';

const LIMITS = { chatGapMs: 1_200, burst: 8, perMinute: 20 };
const EVERY_MS = 3_000;

const sends = fc.array(
  fc.record({
    chat: fc.constantFrom('a', 'b', 'c', 'd'),
    afterMs: fc.integer({ min: 0, max: 4_000 }),
    isUrgent: fc.boolean(),
  }),
  { minLength: 1, maxLength: 80 },
);

/** When each message leaves. */
function departures(
  sequence: readonly { chat: string; afterMs: number; isUrgent: boolean }[],
  random: () => number,
): readonly { chat: string; at: number; isUrgent: boolean; waited: number }[] {
  const pacing = createPacing(LIMITS, random);
  let now = 1_000_000;
  return sequence.map(({ chat, afterMs, isUrgent }) => {
    now += afterMs;
    const waited = pacing.place(chat, now, isUrgent);
    return { chat, at: now + waited, isUrgent, waited };
  });
}

describe('createPacing', () => {
  it('lets no span of time have more than the burst and its share', () => {
    fc.assert(
      fc.property(sends, fc.double({ min: 0, max: 0.99, noNaN: true }), (sequence, chance) => {
        const calm = sequence.map((send) => ({ ...send, isUrgent: false }));
        const times = departures(calm, () => chance)
          .map(({ at }) => at)
          .sort((a, b) => a - b);
        for (const [from, first] of times.entries()) {
          for (const [index, last] of times.slice(from).entries()) {
            expect(index + 1).toBeLessThanOrEqual(LIMITS.burst + (last - first) / EVERY_MS + 1e-6);
          }
        }
      }),
    );
  });

  it('keeps the gap between two messages to one chat, and adds at most half of it by chance', () => {
    fc.assert(
      fc.property(sends, (sequence) => {
        const calm = sequence.map((send) => ({ ...send, isUrgent: false }));
        const last = new Map<string, number>();
        for (const { chat, at } of departures(calm, () => 0.5)) {
          expect(at - (last.get(chat) ?? -Infinity)).toBeGreaterThanOrEqual(LIMITS.chatGapMs);
          last.set(chat, at);
        }
      }),
    );
  });

  it('never holds up danger, and counts it', () => {
    fc.assert(
      fc.property(sends, (sequence) => {
        for (const { isUrgent, waited } of departures(sequence, () => 0.5)) {
          if (isUrgent) expect(waited).toBe(0);
        }
      }),
    );
    const urgent = Array.from({ length: 8 }, (_, n) => ({ chat: `u${n}`, afterMs: 0, isUrgent: true }));
    const [next] = departures([...urgent, { chat: 'z', afterMs: 0, isUrgent: false }], () => 0).slice(-1);
    expect(next?.waited).toBe(EVERY_MS);
  });

  it('holds up nobody while few write', () => {
    const quiet = Array.from({ length: 30 }, (_, n) => ({ chat: `c${n}`, afterMs: 3_000, isUrgent: false }));
    expect(departures(quiet, () => 0.9).every(({ waited }) => waited === 0)).toBe(true);
  });

  it('counts the gap from when the last message really left', () => {
    const pacing = createPacing(LIMITS, () => 0);
    pacing.place('a', 0, false);
    pacing.left('a', 10_000);
    expect(pacing.place('a', 10_100, false)).toBe(1_100);
  });
});

describe('typingTimeMs', () => {
  it('grows with the text up to the limit', () => {
    fc.assert(
      fc.property(
        fc.string({ maxLength: 2_000 }),
        fc.double({ min: 0, max: 0.99, noNaN: true }),
        (text, random) => {
          const ms = typingTimeMs(text, 2_500, random);
          expect(ms).toBeGreaterThan(0);
          expect(ms).toBeLessThanOrEqual(2_500);
        },
      ),
    );
    expect(typingTimeMs('a'.repeat(200), 2_500, 0.5)).toBeGreaterThan(typingTimeMs('hola', 2_500, 0.5));
  });
});
