/**
 * Waits for something, but not for ever. What comes later is dropped, a failure too.
 * @throws what `late` makes, once `ms` have passed
 */
export async function withDeadline<T>(waited: Promise<T>, ms: number, late: () => Error): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(late()), ms);
  });
  // When the deadline wins, nobody listens to the other any more.
  waited.catch(() => undefined);
  try {
    return await Promise.race([waited, deadline]);
  } finally {
    clearTimeout(timer);
  }
}
