import { describe, expect, it } from 'vitest';
import { waitMs } from '#src/conversation/back-off.ts';

describe('the back-off', () => {
  it('doubles up to its longest wait and spreads over all of it', () => {
    const backOff = { firstMs: 100, longestMs: 1_000 };
    const longest = [1, 2, 3, 4, 5, 60].map((failures) => waitMs(backOff, failures, 1));
    expect(longest).toEqual([100, 200, 400, 800, 1_000, 1_000]);
    expect([waitMs(backOff, 3, 0), waitMs(backOff, 3, 0.25)]).toEqual([0, 100]);
  });
});
