/** Guatemala keeps UTC−6 all year. */
const OFFSET_MS = 6 * 60 * 60 * 1000;

/** The day in Guatemala, `YYYY-MM-DD`: not the server's day but the one that a person means. */
export function guatemalanDay(at: Date): string {
  return local(at).slice(0, 10);
}

/** The hour in Guatemala: "21:40", "7:05". */
export function guatemalanHour(at: Date): string {
  return local(at).slice(11, 16).replace(/^0/, '');
}

function local(at: Date): string {
  return new Date(at.getTime() - OFFSET_MS).toISOString();
}
