/** A repeatable source of numbers in [0, 1): mulberry32, good enough to draw directions, never for secrets. */
export function uniformSource(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** A repeatable source of normally distributed numbers (mean 0, deviation 1), by Box and Muller. */
export function gaussianSource(seed: number): () => number {
  const next = uniformSource(seed);
  return () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
}
