import { describe, expect, it } from 'vitest';
import { accountFault } from '#src/channels/whatsapp/cloud/account-fault.ts';
import { deliveryFault } from '#src/channels/whatsapp/cloud/delivery-fault.ts';
import { GraphRefusal, refusalOf } from '#src/channels/whatsapp/cloud/graph-refusal.ts';
import { RateLimitedError } from '#src/errors.ts';

const now = new Date('2026-09-22T12:00:00Z');

describe('a refusal of Meta', () => {
  it.each([
    [131047, 'WINDOW_CLOSED', false],
    [131026, 'UNREACHABLE_PERSON', false],
    [131030, 'UNREACHABLE_PERSON', false],
    [131062, 'UNREACHABLE_PERSON', false],
    [130429, 'RATE_LIMITED', true],
    [131056, 'RATE_LIMITED', true],
    [131048, 'RATE_LIMITED', true],
    [80007, 'RATE_LIMITED', true],
    [100, 'CHANNEL_UNAVAILABLE', false],
    [131009, 'CHANNEL_UNAVAILABLE', false],
    [190, 'CHANNEL_UNAVAILABLE', true],
    [131000, 'CHANNEL_UNAVAILABLE', true],
    [131016, 'CHANNEL_UNAVAILABLE', true],
    [424242, 'CHANNEL_UNAVAILABLE', true],
  ])('with code %i is %s, and trying again may help: %s', (graphCode, code, retryable) => {
    expect(deliveryFault(new GraphRefusal({ status: 400, graphCode }))).toMatchObject({ code, retryable });
  });

  it('waits as long as Meta says, in seconds or until a date, and some seconds where it does not', async () => {
    const waits = async (header: string | undefined) => {
      const headers = header === undefined ? {} : { 'Retry-After': header };
      const fault = deliveryFault(await refusalOf(new Response('<html>', { status: 429, headers }), now));
      return fault instanceof RateLimitedError ? fault.retryAfterMs : undefined;
    };
    expect(await waits('7')).toBe(7_000);
    expect(await waits('Tue, 22 Sep 2026 12:00:30 GMT')).toBe(30_000);
    expect(await waits('soon')).toBe(5_000);
    expect(await waits(undefined)).toBe(5_000);
  });

  it('says nothing of what Meta wrote, which may name a phone', async () => {
    const body = { error: { code: 131026, message: 'to 50255550101' } };
    const refusal = await refusalOf(Response.json(body, { status: 400 }), now);
    const fault = deliveryFault(refusal);
    expect(JSON.stringify([fault.message, refusal.message, String(fault.cause)])).not.toContain(
      '50255550101',
    );
  });

  it('that is none of the Graph API, and a broken line, may be tried again', () => {
    expect(deliveryFault(new GraphRefusal({ status: 502 }))).toMatchObject({ retryable: true });
    expect(deliveryFault(new TypeError('fetch failed'))).toMatchObject({
      code: 'CHANNEL_UNAVAILABLE',
      retryable: true,
    });
  });

  it.each([
    [{ status: 401 }, 'WHATSAPP_CLOUD_TOKEN'],
    [{ status: 401, graphCode: 190 }, 'WHATSAPP_CLOUD_TOKEN'],
    [{ status: 403, graphCode: 10 }, 'whatsapp_business_messaging'],
    [{ status: 403, graphCode: 200 }, 'whatsapp_business_messaging'],
    [{ status: 400, graphCode: 33 }, 'WHATSAPP_CLOUD_PHONE_ID'],
    [{ status: 400, graphCode: 133010 }, 'Regístrelo'],
    [{ status: 400, graphCode: 131042 }, 'forma de pago'],
    [{ status: 403, graphCode: 368 }, 'revisión'],
  ])('%o tells an operator what to do', (facts, word) => {
    expect(accountFault(new GraphRefusal(facts))).toContain(word);
  });

  it.each([131026, 131047, 130429, 100])('%i is no fault of the account', (graphCode) => {
    expect(accountFault(new GraphRefusal({ status: 400, graphCode }))).toBeUndefined();
  });
});
