import { describe, expect, it } from 'vitest';
import { createSessions } from '#src/channels/web/session.ts';

const sessions = createSessions(new Uint8Array(32).fill(7));

describe('web sessions', () => {
  it('a token is base64url, long enough not to be guessed, and never the same twice', () => {
    const tokens = Array.from({ length: 200 }, () => sessions.issue());
    expect(new Set(tokens).size).toBe(200);
    for (const token of tokens) expect(token).toMatch(/^[A-Za-z0-9_-]{48}$/);
  });

  it('a token it issued goes on', () => {
    const token = sessions.issue();
    expect(sessions.resume(token)).toBe(token);
  });

  it.each([
    ['nothing', undefined],
    ['a number', 7],
    ['an empty text', ''],
    ['an object', { toString: () => 'x' }],
    ['a well-formed token nobody issued', 'A'.repeat(48)],
    ['a token of another key', createSessions(new Uint8Array(32).fill(8)).issue()],
  ])('%s gets a new token', (_name, token) => {
    const given = sessions.resume(token);
    expect(given).not.toBe(token);
    expect(sessions.resume(given)).toBe(given);
  });

  it('a token with one character changed is not its own any more', () => {
    const token = sessions.issue();
    const changed = `${token.startsWith('A') ? 'B' : 'A'}${token.slice(1)}`;
    expect(sessions.resume(changed)).not.toBe(changed);
  });
});
