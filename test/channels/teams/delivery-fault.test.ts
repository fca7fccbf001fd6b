import { describe, expect, it } from 'vitest';
import { deliveryFault } from '#src/channels/teams/delivery-fault.ts';
import { RateLimitedError } from '#src/errors.ts';

function refused(statusCode: number, headers: Readonly<Record<string, string>> = {}): unknown {
  return Object.assign(new Error('the reply was: ¿Qué es una visa?'), {
    statusCode,
    response: { headers: new Headers(headers) },
  });
}

describe('a delivery that failed', () => {
  it.each([
    [403, 'UNREACHABLE_PERSON', false],
    [404, 'UNREACHABLE_PERSON', false],
    [413, 'CHANNEL_UNAVAILABLE', true],
    [500, 'CHANNEL_UNAVAILABLE', true],
    [502, 'CHANNEL_UNAVAILABLE', true],
  ])('with status %d is %s, retryable %s', (status, code, retryable) => {
    expect(deliveryFault(refused(status))).toMatchObject({ code, retryable });
  });

  it('because of too many messages says how long to wait', () => {
    const asked = deliveryFault(refused(429, { 'retry-after': '7' }));
    expect(asked).toBeInstanceOf(RateLimitedError);
    expect(asked).toMatchObject({ code: 'RATE_LIMITED', retryAfterMs: 7_000, retryable: true });
    expect(deliveryFault(refused(429))).toMatchObject({ retryAfterMs: 5_000 });
  });

  it.each([new Error('ECONNREFUSED'), 'a string', undefined])(
    'without an answer (%s) may be retried',
    (cause) => {
      expect(deliveryFault(cause)).toMatchObject({ code: 'CHANNEL_UNAVAILABLE', retryable: true });
    },
  );

  it('does not repeat what was to be sent', () => {
    expect(deliveryFault(refused(500)).message).not.toContain('visa');
  });
});
