import { afterEach, describe, expect, it } from 'vitest';
import type { ConversationId, Reply } from '#src/channels/channel.ts';
import type { Audio } from '#src/channels/whatsapp/message.ts';
import { AppError, RateLimitedError } from '#src/errors.ts';
import { ANA, BETO_SCOPED, from, sends, status, webhook } from '../../../support/graph-api-payloads.ts';
import {
  type CloudOptions,
  type CloudPlatform,
  conversationOf,
  keep,
  said,
  startCloudPlatform,
} from './cloud-platform.ts';

const ana = conversationOf(ANA);
const since = new Date('2026-09-22T12:00:00Z');
const spoken: Reply = { ...said('Sí puede.'), spoken: {} };
const ogg: Audio = { bytes: Buffer.from('OggS…'), type: 'audio/ogg; codecs=opus' };

const choose: Reply = {
  kind: 'clarify',
  language: 'es',
  blocks: [{ kind: 'list', ordered: true, title: '¿Qué necesita?', items: ['Visa', 'Residencia'] }],
  citations: [],
};
const isInteractive = (message: unknown): boolean => JSON.stringify(message).includes('"interactive"');

describe('what goes out through the Cloud API', () => {
  let platform: CloudPlatform;
  const start = async (options: CloudOptions = {}): Promise<void> => {
    platform = await startCloudPlatform(options);
    await platform.channel.start(keep);
  };
  const failureOf = async (to: ConversationId, reply = said('Sí.')): Promise<unknown> =>
    platform.channel.send(to, reply, { since }).catch((error: unknown) => error);
  const bodies = () => platform.graph.messages.map(({ text }) => text?.body);
  afterEach(async () => {
    await platform.channel.stop();
    await platform.close();
  });

  it('is text without a preview of links, to a phone', async () => {
    await start();
    const ids = await platform.channel.send(ana, said('Sí puede.'));
    expect(ids).toEqual(['wamid.1']);
    expect(platform.graph.messages).toEqual([
      {
        id: 'wamid.1',
        messaging_product: 'whatsapp',
        recipient_type: 'individual',
        to: ANA,
        type: 'text',
        text: { preview_url: false, body: 'Sí puede.' },
      },
    ]);
  });

  it('goes to a business-scoped id where there is no phone', async () => {
    await start();
    await platform.channel.send(conversationOf(BETO_SCOPED), said('Sí puede.'));
    expect(platform.graph.messages).toMatchObject([{ recipient: BETO_SCOPED, text: { body: 'Sí puede.' } }]);
    expect(platform.graph.messages[0]).not.toHaveProperty('to');
  });

  it('offers choices to tap, with the text whole', async () => {
    await start();
    await platform.channel.send(ana, choose);
    const [message] = platform.graph.messages;
    expect(message?.interactive?.body.text).toContain('1. Visa\n2. Residencia');
    expect(JSON.stringify(message?.interactive?.action)).toContain('"reply":{"id":"2","title":"Residencia"}');
  });

  it('is the text alone when Meta does not take the choices', async () => {
    await start();
    platform.graph.refuseMessages({ status: 400, code: 131009, only: isInteractive });
    expect(await platform.channel.send(ana, choose, { since })).toHaveLength(1);
    expect(bodies()).toEqual([expect.stringContaining('2. Residencia')]);
  });

  it('waits for a typing sign that is on its way', async () => {
    await start();
    platform.graph.slowTyping(50);
    const order: string[] = [];
    platform.graph.onAccepted(() => void order.push('answer', ...platform.graph.typed));
    await platform.post(webhook(from({ phone: ANA }, sends.text('hola', 'wamid.in.t'))));
    await platform.channel.send(ana, said('Buenos días.'));
    expect(order).toEqual(['answer', 'wamid.in.t']);
  });

  it.each(['sent', 'delivered', 'read'])('counts once Meta reports it %s', async (reports) => {
    await start({ reports, limits: { statusMs: 3_600_000 } });
    expect(await platform.channel.send(ana, said('Sí.'))).toEqual(['wamid.1']);
  });

  it('counts as accepted when Meta reports nothing for a while', async () => {
    await start({ reports: undefined, limits: { statusMs: 10 } });
    expect(await platform.channel.send(ana, said('Sí.'))).toEqual(['wamid.1']);
  });

  it.each([
    [131026, 'UNREACHABLE_PERSON', false],
    [131047, 'WINDOW_CLOSED', false],
    [130429, 'RATE_LIMITED', true],
    [131000, 'CHANNEL_UNAVAILABLE', true],
  ])('refused with %i it fails with %s, at once or by a status', async (code, expected, retryable) => {
    await start();
    platform.graph.refuseMessages({ status: 400, code });
    expect(await failureOf(ana)).toMatchObject({ code: expected, retryable });
    platform.graph.refuseMessages(undefined);
    platform.graph.onAccepted(({ id }) => void platform.post(webhook(status(id, 'failed', { code }))));
    expect(await failureOf(ana)).toMatchObject({ code: expected, retryable });
    expect(platform.late).toEqual([]);
  });

  it('too many requests wait as long as Meta says', async () => {
    await start();
    platform.graph.refuseMessages({ status: 429, code: 130429, headers: { 'Retry-After': '30' } });
    const failure = await failureOf(ana);
    expect(failure).toBeInstanceOf(RateLimitedError);
    expect(failure).toMatchObject({ retryAfterMs: 30_000 });
    platform.graph.refuseMessages({ status: 400, code: 131056 });
    expect(await failureOf(ana)).toMatchObject({ retryAfterMs: 6_000 });
  });

  it.each([
    ['a server that is down', { status: 503 }],
    ['an answer that is none', { status: 500, code: 2 }],
  ])('%s may be tried again', async (_name, plan) => {
    await start();
    platform.graph.refuseMessages({ ...plan, times: 1 });
    expect(await failureOf(ana)).toMatchObject({ code: 'CHANNEL_UNAVAILABLE', retryable: true });
    expect(platform.channel.status().state).toBe('ready');
    expect(await platform.channel.send(ana, said('Sí.'), { since })).toEqual(['wamid.1']);
  });

  it('a part that Meta has is not sent again when the delivery is tried again', async () => {
    await start();
    const long = said(...['uno', 'dos', 'tres'].map((word) => `${word} ${'palabra '.repeat(90)}`.trim()));
    platform.graph.refuseMessages({
      status: 503,
      times: 1,
      only: (message) => JSON.stringify(message).includes('dos'),
    });
    expect(await failureOf(ana, long)).toBeInstanceOf(AppError);
    const ids = await platform.channel.send(ana, long, { since });
    expect(bodies().map((body) => body?.slice(0, 3))).toEqual(['uno', 'dos', 'tre']);
    expect(ids).toEqual(['wamid.1', 'wamid.2', 'wamid.3']);
  });

  it('a request whose answer was lost is known by its status, and not sent again', async () => {
    await start();
    platform.graph.refuseMessages({ status: 0, takes: true, times: 1 });
    expect(await failureOf(ana)).toMatchObject({ retryable: true });
    await platform.reported();
    expect(await platform.channel.send(ana, said('Sí.'), { since })).toEqual(['wamid.1']);
    expect(platform.graph.messages).toHaveLength(1);
  });

  it('the same words in another delivery are sent', async () => {
    await start();
    await platform.channel.send(ana, said('Sí.'), { since });
    await platform.channel.send(ana, said('Sí.'), { since: new Date(since.getTime() + 1) });
    await platform.channel.send(conversationOf('50255550103'), said('Sí.'), { since });
    expect(platform.graph.messages).toHaveLength(3);
  });

  it('what Meta reports as failed is sent again when the delivery is tried again', async () => {
    await start({ reports: undefined });
    let isFirst = true;
    platform.graph.onAccepted(({ id, biz_opaque_callback_data: tag }) => {
      const state = isFirst ? 'failed' : 'sent';
      isFirst = false;
      void platform.post(webhook(status(id, state, { code: 131000, ...(tag === undefined ? {} : { tag }) })));
    });
    expect(await failureOf(ana)).toMatchObject({ retryable: true });
    expect(await platform.channel.send(ana, said('Sí.'), { since })).toEqual(['wamid.2']);
  });

  it('a failure after it counted as delivered is told once, by its id, and logged without it', async () => {
    await start();
    await platform.channel.send(ana, said('Sí.'), { since });
    const failed = webhook(status('wamid.1', 'failed', { code: 131026 }));
    await platform.post(failed);
    await platform.post(failed);
    expect(platform.late).toEqual([{ id: 'wamid.1', code: 131026 }]);
    expect(platform.logged()).toContain('131026');
    expect(platform.logged()).not.toMatch(/wamid|5025555/);
  });

  describe('more than 24 hours after the person wrote', () => {
    const reopenTemplate = { name: 'hay_respuesta', language: 'es_MX' };
    const isText = (message: unknown): boolean => JSON.stringify(message).includes('"text"');
    const templates = () => platform.graph.messages.filter(({ type }) => type === 'template');

    it('a template says that there is an answer, once, and the delivery is given up', async () => {
      await start({ reopenTemplate });
      platform.graph.refuseMessages({ status: 400, code: 131047, only: isText });
      for (const text of ['Sí.', 'Otra cosa.']) {
        expect(await failureOf(ana, said(text))).toMatchObject({ code: 'WINDOW_CLOSED', retryable: false });
      }
      expect(templates()).toMatchObject([
        { to: ANA, template: { name: 'hay_respuesta', language: { code: 'es_MX' } } },
      ]);
      expect(JSON.stringify(platform.graph.messages)).not.toContain('Sí.');
    });

    it('a template is sent too when Meta says so only later', async () => {
      await start({ reopenTemplate });
      await platform.channel.send(ana, said('Sí.'), { since });
      await platform.post(webhook(status('wamid.1', 'failed', { code: 131047 })));
      await expect.poll(templates).toHaveLength(1);
      expect(platform.late).toEqual([{ id: 'wamid.1', code: 131047 }]);
    });

    it('nothing is sent without a template', async () => {
      await start();
      platform.graph.refuseMessages({ status: 400, code: 131047, only: isText });
      await failureOf(ana);
      expect(platform.graph.messages).toEqual([]);
    });

    it('a template that Meta refuses changes nothing of the failure', async () => {
      await start({ reopenTemplate });
      platform.graph.refuseMessages({ status: 400, code: 131047 });
      expect(await failureOf(ana)).toMatchObject({ code: 'WINDOW_CLOSED' });
    });
  });

  describe('a spoken answer', () => {
    it('is uploaded and sent as a voice note, without the words', async () => {
      await start({ speak: async () => ogg });
      await platform.channel.send(ana, spoken, { since });
      expect(platform.graph.uploads).toEqual([
        { id: 'media-1', type: ogg.type, fileType: ogg.type, bytes: new Uint8Array(ogg.bytes) },
      ]);
      expect(platform.graph.messages).toMatchObject([
        { type: 'audio', audio: { id: 'media-1', voice: true } },
      ]);
    });

    it('is not marked as a voice note when it is not Ogg', async () => {
      await start({ speak: async () => ({ ...ogg, type: 'audio/mpeg' }) });
      await platform.channel.send(ana, spoken);
      expect(platform.graph.messages[0]?.audio).toEqual({ id: 'media-1' });
    });

    it('is not spoken when nobody asked to hear it', async () => {
      await start({ speak: async () => ogg });
      await platform.channel.send(ana, said('Sí puede.'));
      expect(bodies()).toEqual(['Sí puede.']);
    });

    it.each<[string, CloudOptions]>([
      ['nothing can speak it', {}],
      ['there is no recording of it', { speak: async () => undefined }],
      [
        'speaking fails',
        {
          speak: async () => {
            throw new Error('no voice');
          },
        },
      ],
    ])('is sent in words when %s', async (_name, options) => {
      await start(options);
      await platform.channel.send(ana, spoken, { since });
      expect(bodies()).toEqual(['Sí puede.']);
    });

    it('is sent in words when Meta does not take the file', async () => {
      await start({ speak: async () => ogg });
      platform.graph.refuseRest({ status: 400, code: 131053 });
      await platform.channel.send(ana, spoken, { since });
      expect(bodies()).toEqual(['Sí puede.']);
    });

    it('is not repeated in words to somebody who cannot be reached', async () => {
      await start({ speak: async () => ogg });
      platform.graph.refuseMessages({ status: 400, code: 131026 });
      expect(await failureOf(ana, spoken)).toMatchObject({ code: 'UNREACHABLE_PERSON' });
    });

    it('is spoken once when the delivery is repeated', async () => {
      let times = 0;
      await start({
        speak: async () => {
          times += 1;
          return ogg;
        },
      });
      const first = await platform.channel.send(ana, spoken, { since });
      expect(await platform.channel.send(ana, spoken, { since })).toEqual(first);
      expect(times).toBe(1);
      expect(platform.graph.messages).toHaveLength(1);
    });
  });
});
