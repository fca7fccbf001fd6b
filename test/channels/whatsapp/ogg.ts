/** The pages of an Ogg Opus file that lasts so long: a head, a page of sound, the last page. */
export function oggFile(seconds: number): Uint8Array {
  return Buffer.concat([page(0n, 'OpusHead'), page(960n, 'sound'), page(BigInt(seconds) * 48_000n, 'end')]);
}

/** A page with its position, as far as anybody reads it here. */
function page(position: bigint, content: string): Buffer {
  const head = Buffer.alloc(27);
  head.write('OggS', 0, 'latin1');
  head.writeBigInt64LE(position, 6);
  return Buffer.concat([head, Buffer.from(content)]);
}
