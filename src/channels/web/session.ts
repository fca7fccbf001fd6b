import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

const ID_BYTES = 18;
const MAC_BYTES = 18;
const TOKEN = /^[A-Za-z0-9_-]{48}$/;

/** Hands out session tokens and knows its own again, without keeping any. */
export interface Sessions {
  /** A new token: 144 random bits and a mark that only this key makes, in base64url. */
  issue(): string;
  /** The same token when it was issued with this key, a new one for anything else. */
  resume(token: unknown): string;
}

/** Whether a text has the shape of a session token; only {@link Sessions.resume} knows whether it is one. */
export function isSessionToken(text: string): boolean {
  return TOKEN.test(text);
}

/** @param key secret of at least 32 bytes; with another key every older token is unknown */
export function createSessions(key: Uint8Array): Sessions {
  const mark = (id: Buffer): Buffer => createHmac('sha256', key).update(id).digest().subarray(0, MAC_BYTES);
  const issue = (): string => {
    const id = randomBytes(ID_BYTES);
    return Buffer.concat([id, mark(id)]).toString('base64url');
  };
  const isOurs = (token: unknown): token is string => {
    if (typeof token !== 'string' || !TOKEN.test(token)) return false;
    const bytes = Buffer.from(token, 'base64url');
    return timingSafeEqual(mark(bytes.subarray(0, ID_BYTES)), bytes.subarray(ID_BYTES));
  };
  return { issue, resume: (token) => (isOurs(token) ? token : issue()) };
}
