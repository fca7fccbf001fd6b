/** Opus counts time in 48,000ths of a second, whatever it was recorded at. */
const TICKS_PER_SECOND = 48_000n;
const PAGE = Buffer.from('OggS');
const POSITION_AT = 6;
const POSITION_BYTES = 8;

/**
 * How long an Ogg Opus file lasts, by the position that its last page gives.
 * @returns undefined for what is none
 */
export function oggSeconds(bytes: Uint8Array): number | undefined {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (!file.subarray(0, PAGE.length).equals(PAGE)) return undefined;
  const last = file.lastIndexOf(PAGE) + POSITION_AT;
  if (last + POSITION_BYTES > file.length) return undefined;
  const position = file.readBigInt64LE(last);
  return position < 0n ? undefined : Number(position / TICKS_PER_SECOND);
}
