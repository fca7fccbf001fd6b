/** Guatemala keeps UTC−6 the whole year. */
const OFFSET_MS = -6 * 3_600_000;
const FROM_MIN = 3 * 60 + 30;
const UNTIL_MIN = 5 * 60;

/**
 * The night's date in Guatemala, `YYYY-MM-DD`, while it is the hour in which hardly anybody writes (03:30 to 05:00);
 * undefined otherwise.
 */
export function quietNight(now: Date): string | undefined {
  const local = new Date(now.getTime() + OFFSET_MS);
  const minute = local.getUTCHours() * 60 + local.getUTCMinutes();
  return minute >= FROM_MIN && minute < UNTIL_MIN ? local.toISOString().slice(0, 10) : undefined;
}

/** What is done once a night. */
export interface Nightly {
  readonly now: () => Date;
  readonly everyMs: number;
  /** @returns false when it could not be done now */
  readonly act: () => boolean;
}

/** Looks again and again whether it is the quiet hour. @returns stops it */
export function everyQuietNight({ now, everyMs, act }: Nightly): () => void {
  let last: string | undefined;
  const look = (): void => {
    const night = quietNight(now());
    if (night !== undefined && night !== last && act()) last = night;
  };
  const timer = setInterval(look, everyMs);
  return () => clearInterval(timer);
}
