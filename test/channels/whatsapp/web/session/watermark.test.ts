import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openWatermark } from '#src/channels/whatsapp/web/session/watermark.ts';

const LINKED = 1_000;
const NOW = 1_000_000;
let dir: string;
let files = 0;
const open = (path = join(dir, `${++files}.json`), now = NOW) => openWatermark(path, () => new Date(now));

beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'orienta-mark-'));
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

describe('the watermark', () => {
  it('never passes a message that is not kept, never goes back, and never runs ahead of the clock', () => {
    const steps = fc.array(
      fc.oneof(
        fc.record({ do: fc.constant('comes' as const), sentAt: fc.integer({ min: 0, max: 2 * NOW }) }),
        fc.record({ do: fc.constant('kept' as const), which: fc.nat(20) }),
        fc.constantFrom({ do: 'missing' as const }, { do: 'caughtUp' as const }),
      ),
      { maxLength: 60 },
    );
    fc.assert(
      fc.property(steps, (sequence) => {
        const mark = open(undefined, NOW);
        mark.begin();
        const waiting: { sentAt: number; kept: () => void }[] = [];
        let isMissing = true;
        for (const step of sequence) {
          const before = mark.at ?? 0;
          if (step.do === 'comes') waiting.push({ sentAt: step.sentAt, kept: mark.pending(step.sentAt) });
          else if (step.do === 'kept') waiting.splice(step.which, 1)[0]?.kept();
          else mark[step.do]();
          if (step.do === 'missing') isMissing = true;
          if (step.do === 'caughtUp') isMissing = false;
          const after = mark.at ?? 0;
          expect(after).toBeGreaterThanOrEqual(before);
          expect(after).toBeLessThanOrEqual(NOW);
          if (isMissing) expect(after).toBe(before);
          if (after > before) for (const { sentAt } of waiting) expect(after).toBeLessThan(sentAt);
        }
      }),
    );
  });

  it('begins with the first link and is not moved by later ones', () => {
    const path = join(dir, 'begin.json');
    const first = open(path, LINKED);
    expect(first.at).toBeUndefined();
    first.begin();
    expect(first.at).toBe(LINKED);
    first.save();
    const second = open(path);
    second.begin();
    expect(second.at).toBe(LINKED);
    expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual({ keptUntil: LINKED });
  });

  it('moves to the newest message that is kept, once nothing is missing', () => {
    const mark = open(undefined, LINKED * 100);
    const path = join(dir, 'moves.json');
    writeFileSync(path, '{"keptUntil":5}');
    const moved = open(path);
    const [one, two] = [moved.pending(20), moved.pending(30)];
    two();
    expect(moved.at).toBe(5);
    moved.caughtUp();
    expect(moved.at).toBe(19);
    one();
    expect(moved.at).toBe(30);
    expect(mark.at).toBeUndefined();
  });

  it('that cannot be read counts as the oldest there is', () => {
    const path = join(dir, 'torn.json');
    writeFileSync(path, '{"keptUn');
    expect(open(path).at).toBe(0);
  });
});
