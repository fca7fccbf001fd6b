import { describe, expect, it } from 'vitest';
import {
  CredentialsError,
  deliveryFault,
  GoneError,
  refusalFault,
} from '#src/channels/teams/delivery-fault.ts';
import { AppError, RateLimitedError } from '#src/errors.ts';

const NOW = new Date('2026-03-02T15:00:00Z');
const refused = (status: number, over: { readonly retryAfter?: string; readonly body?: string } = {}) =>
  refusalFault({ status, retryAfter: over.retryAfter ?? null, body: over.body ?? '' }, NOW);

describe('a delivery that Teams refused', () => {
  it.each([
    [403, 'UNREACHABLE_PERSON', false],
    [404, 'UNREACHABLE_PERSON', false],
    [302, 'CHANNEL_UNAVAILABLE', true],
    [401, 'CHANNEL_UNAVAILABLE', true],
    [412, 'CHANNEL_UNAVAILABLE', true],
    [413, 'CHANNEL_UNAVAILABLE', true],
    [500, 'CHANNEL_UNAVAILABLE', true],
    [502, 'CHANNEL_UNAVAILABLE', true],
    [503, 'CHANNEL_UNAVAILABLE', true],
    [504, 'CHANNEL_UNAVAILABLE', true],
  ])('with status %d is %s, retryable %s', (status, code, retryable) => {
    const fault = refused(status, { body: '<html>' });
    expect(fault).toMatchObject({ code, retryable });
    expect(fault).not.toBeInstanceOf(GoneError);
  });

  it.each([412, 429, 500, 502, 503, 504])(
    'with status %d says how long to wait, as Teams asked',
    (status) => {
      const fault = refused(status, { retryAfter: '7' });
      expect(fault).toBeInstanceOf(RateLimitedError);
      expect(fault).toMatchObject({ code: 'RATE_LIMITED', retryAfterMs: 7_000, retryable: true });
    },
  );

  it.each([
    ['0.5', 500],
    ['-3', 0],
    ['Mon, 02 Mar 2026 15:01:30 GMT', 90_000],
    ['Mon, 02 Mar 2026 14:00:00 GMT', 0],
    ['864000', 3_600_000],
    ['soon', 5_000],
    ['', 5_000],
  ])('for too many messages, to be retried after "%s", waits %d ms', (retryAfter, retryAfterMs) => {
    expect(refused(429, { retryAfter })).toMatchObject({ retryAfterMs });
  });

  it.each([
    [403, 'BotNotInConversationRoster', { error: { code: 'BotNotInConversationRoster', message: 'x' } }],
    [403, 'BotDisabledByAdmin', { error: { code: 'BotDisabledByAdmin' } }],
    [403, 'ConversationBlockedByUser', { error: { code: 'ConversationBlockedByUser' } }],
    [403, 'MessageWritesBlocked', { subCode: 'MessageWritesBlocked', message: 'Thread is blocked' }],
    [403, 'MessageWritesBlocked', { error: { code: 'Forbidden', subCode: 'MessageWritesBlocked' } }],
    [404, 'ConversationNotFound', { error: { code: 'ConversationNotFound' } }],
  ])('with status %d and %s says that nobody is there until they write', (status, reason, body) => {
    const fault = refused(status, { body: JSON.stringify(body) });
    expect(fault).toBeInstanceOf(GoneError);
    expect(fault).toMatchObject({ reason, code: 'UNREACHABLE_PERSON', retryable: false });
  });

  it.each(['"BotDisabledByAdmin"', '{"error":{"message":"BotDisabledByAdmin"}}', '{"error":5}', '[]'])(
    'does not take %s for such a reason',
    (body) => {
      expect(refused(403, { body })).not.toBeInstanceOf(GoneError);
    },
  );

  it('repeats nothing of what Teams answered', () => {
    const body = JSON.stringify({ error: { code: '¿Qué es una visa?', message: '¿Qué es una visa?' } });
    for (const status of [400, 403, 404, 429, 500]) {
      const { message, cause } = refused(status, { body });
      expect([message, cause]).toEqual([expect.not.stringContaining('visa'), undefined]);
    }
  });
});

describe('credentials that Microsoft refuses', () => {
  it.each([
    ['Teams', () => refused(401)],
    ['its login, for a wrong secret', () => deliveryFault(loginError('invalid_client'))],
    ['its login, for another tenant', () => deliveryFault(loginError('unauthorized_client'))],
  ])('are told by %s', (_who, fault) => {
    expect(fault()).toBeInstanceOf(CredentialsError);
    expect(fault()).toMatchObject({ code: 'CHANNEL_UNAVAILABLE', retryable: true });
  });

  it('are not what a login that is away tells of', () => {
    expect(deliveryFault(loginError('temporarily_unavailable'))).not.toBeInstanceOf(CredentialsError);
  });
});

function loginError(errorCode: string): Error {
  return Object.assign(new Error('AADSTS'), { name: 'ServerError', errorCode });
}

describe('a delivery without an answer', () => {
  it.each([new Error('ECONNREFUSED'), 'a string', undefined])('(%s) may be retried', (cause) => {
    expect(deliveryFault(cause)).toMatchObject({ code: 'CHANNEL_UNAVAILABLE', retryable: true });
  });

  it('stays what it was found to be', () => {
    const found = new AppError('UNREACHABLE_PERSON', 'gone');
    expect(deliveryFault(found)).toBe(found);
  });
});
