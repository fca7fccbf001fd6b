import { inflateSync } from 'node:zlib';

type Pixel = readonly [red: number, green: number, blue: number, alpha: number];

/** Reads a PNG of 8 bits a channel, with or without transparency, not interlaced. */
export function readPng(file: Uint8Array): {
  readonly width: number;
  readonly height: number;
  readonly pixels: readonly Pixel[];
} {
  const bytes = Buffer.from(file);
  const [width, height] = [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];
  const [depth, colorType, interlace] = [bytes[24], bytes[25], bytes[28]];
  if (depth !== 8 || interlace !== 0 || (colorType !== 6 && colorType !== 2)) {
    throw new Error(`cannot read this PNG (${depth}, ${colorType}, ${interlace})`);
  }
  const size = colorType === 6 ? 4 : 3;
  const rows = unfilter(inflateSync(imageData(bytes)), width * size, height, size);
  const pixels = Array.from({ length: width * height }, (_, index): Pixel => {
    const at = index * size;
    return [rows[at] ?? 0, rows[at + 1] ?? 0, rows[at + 2] ?? 0, size === 4 ? (rows[at + 3] ?? 0) : 255];
  });
  return { width, height, pixels };
}

function imageData(bytes: Buffer): Buffer {
  const parts: Buffer[] = [];
  for (let at = 8; at < bytes.length; ) {
    const length = bytes.readUInt32BE(at);
    if (bytes.toString('latin1', at + 4, at + 8) === 'IDAT')
      parts.push(bytes.subarray(at + 8, at + 8 + length));
    at += length + 12;
  }
  return Buffer.concat(parts);
}

function unfilter(data: Buffer, stride: number, height: number, size: number): Uint8Array {
  const rows = new Uint8Array(stride * height);
  for (let y = 0; y < height; y += 1) {
    const filter = data[y * (stride + 1)] ?? 0;
    for (let x = 0; x < stride; x += 1) {
      const left = x >= size ? (rows[y * stride + x - size] ?? 0) : 0;
      const up = y > 0 ? (rows[(y - 1) * stride + x] ?? 0) : 0;
      const corner = x >= size && y > 0 ? (rows[(y - 1) * stride + x - size] ?? 0) : 0;
      const raw = data[y * (stride + 1) + 1 + x] ?? 0;
      rows[y * stride + x] = raw + predicted(filter, left, up, corner);
    }
  }
  return rows;
}

function predicted(filter: number, left: number, up: number, corner: number): number {
  if (filter === 1) return left;
  if (filter === 2) return up;
  if (filter === 3) return (left + up) >> 1;
  if (filter !== 4) return 0;
  const estimate = left + up - corner;
  const [byLeft, byUp, byCorner] = [left, up, corner].map((value) => Math.abs(estimate - value));
  if ((byLeft ?? 0) <= (byUp ?? 0) && (byLeft ?? 0) <= (byCorner ?? 0)) return left;
  return (byUp ?? 0) <= (byCorner ?? 0) ? up : corner;
}
