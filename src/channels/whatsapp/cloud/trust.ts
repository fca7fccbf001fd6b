import { createHmac, hash, timingSafeEqual } from 'node:crypto';
import type { Secret } from '../../../config.ts';

const SIGNATURE = /^sha256=([0-9a-f]{64})$/;

/** Whether Meta signed these bytes: `X-Hub-Signature-256` is the HMAC-SHA256 of the body, untouched, with the app's secret. */
export function isSigned(body: Uint8Array, signature: string | undefined, appSecret: Secret): boolean {
  const hex = SIGNATURE.exec(signature ?? '')?.[1];
  if (hex === undefined) return false;
  const expected = createHmac('sha256', appSecret.reveal()).update(body).digest();
  return timingSafeEqual(Buffer.from(hex, 'hex'), expected);
}

/** Compares words of any length in constant time. */
export function isSameWord(given: string, expected: Secret): boolean {
  return timingSafeEqual(hash('sha256', given, 'buffer'), hash('sha256', expected.reveal(), 'buffer'));
}
