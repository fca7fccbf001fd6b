import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { InboundMessage, Receive } from '#src/channels/channel.ts';
import type { TakeMessage } from '#src/channels/whatsapp/message.ts';
import { AppError } from '#src/errors.ts';
import { startGraphApi } from '../../../support/graph-api.ts';
import {
  ANA,
  BETO_SCOPED,
  change,
  changedNumber,
  changedScopedId,
  contact,
  from,
  PHONE_ID,
  sends,
  sentBy,
  webhook,
} from '../../../support/graph-api-payloads.ts';
import {
  type CloudOptions,
  type CloudPlatform,
  handIn,
  startCloudPlatform,
  TOKEN,
} from './cloud-platform.ts';

const ana = { phone: ANA };
const carla = { phone: '50255550103' };

describe('what comes in through the Cloud API', () => {
  let platform: CloudPlatform;
  let received: InboundMessage[];
  const receive: Receive = async (message) => {
    received.push(message);
    return { id: `turn-${received.length}` };
  };
  const start = async (options: CloudOptions = {}): Promise<void> => {
    platform = await startCloudPlatform(options);
    await platform.channel.start(receive);
  };
  beforeEach(() => {
    received = [];
  });
  afterEach(async () => {
    await platform.channel.stop();
    await platform.close();
  });

  it.each([
    ['a text', sends.text('¿Puedo trabajar?'), { kind: 'text', text: '¿Puedo trabajar?' }],
    ['an answer to a message', sends.reply('Sí', 'wamid.1'), { kind: 'text', text: 'Sí' }],
    ['a photo', sends.image('mi pase'), { kind: 'picture', caption: 'mi pase' }],
    ['a photo without words', sends.image(), { kind: 'picture', caption: '' }],
    ['a video', sends.video('vea'), { kind: 'picture', caption: 'vea' }],
    ['a document', sends.document('la resolución'), { kind: 'document', caption: 'la resolución' }],
    ['a sticker', sends.sticker(), { kind: 'sticker' }],
    ['a contact card', sends.contacts(), { kind: 'contact' }],
    ['a place', sends.location(14.6, -90.5), { kind: 'location', latitude: 14.6, longitude: -90.5 }],
    ['a reaction', sends.reaction('👍', 'wamid.1'), { kind: 'reaction', emoji: '👍', to: 'wamid.1' }],
    ['a button that was tapped', sends.buttonReply('2', 'Residencia'), { kind: 'text', text: '2' }],
    ['a row that was tapped', sends.listReply('5', '5. Refugio', 'Quiero…'), { kind: 'text', text: '5' }],
    [
      'a button of another origin',
      sends.buttonReply('promo_x', 'Sí, quiero'),
      { kind: 'text', text: 'Sí, quiero' },
    ],
    [
      'the button of a template',
      sends.templateButton('Ver respuesta'),
      { kind: 'text', text: 'Ver respuesta' },
    ],
    ['a form that was filled', sends.flow(), { kind: 'unreadable' }],
    ['an order', sends.order(), { kind: 'unreadable' }],
    ['what the API does not pass on', sends.unsupported(), { kind: 'unreadable' }],
    ['an edit that the API does not pass on', sends.unsupported('edit'), { kind: 'unreadable' }],
    ['a text without its words', { ...sends.text('x'), text: {} }, { kind: 'unreadable' }],
    [
      'a kind that came after this was written',
      { ...sends.text('x'), type: 'hologram' },
      { kind: 'unreadable' },
    ],
  ])('%s', async (_name, message, body) => {
    await start();
    expect((await platform.post(webhook(from(ana, message)))).status).toBe(200);
    expect(platform.taken).toEqual([
      {
        id: expect.stringMatching(/^wamid\.in\./),
        chat: ANA,
        names: [{ kind: 'whatsapp-phone', value: ANA }],
        sentAt: new Date(1_790_000_000_000),
        body,
      },
    ]);
  });

  it.each([
    ['a reaction taken back', sends.reaction(undefined, 'wamid.1')],
    ['a reaction emptied', sends.reaction('', 'wamid.1')],
    ['a pinned message', sends.unsupported('pin')],
    ['a chat that was only opened', { ...sends.text('x'), type: 'request_welcome' }],
    ['a message in a group', { ...sends.text('hola a todos'), group_id: 'G1' }],
    [
      'a change of the keys of a phone',
      { ...sends.text('x'), type: 'system', system: { type: 'customer_identity_changed' } },
    ],
  ])('%s asks for nothing', async (_name, message) => {
    await start();
    expect((await platform.post(webhook(from(ana, message)))).status).toBe(200);
    expect(platform.taken).toEqual([]);
  });

  it('a call that rings is told, and its end is not', async () => {
    await start();
    const call = (event: string) =>
      change(
        {
          calls: [{ id: 'wacid.1', from: ANA, event, direction: 'USER_INITIATED', timestamp: '1790000000' }],
        },
        { field: 'calls' },
      );
    await platform.post(webhook(call('connect'), call('terminate')));
    expect(platform.taken).toMatchObject([{ id: 'wacid.1', chat: ANA, body: { kind: 'call' } }]);
  });

  it('somebody whose phone WhatsApp keeps back is known and answered by the business-scoped id', async () => {
    await start();
    await platform.post(webhook(from({ scoped: BETO_SCOPED }, sends.text('hola'))));
    expect(platform.taken).toMatchObject([
      { chat: BETO_SCOPED, names: [{ kind: 'whatsapp-bsuid', value: BETO_SCOPED }] },
    ]);
  });

  it('somebody with both ids is one person, answered at the phone', async () => {
    await start();
    await platform.post(webhook(from({ phone: ANA, scoped: 'GT.1' }, sends.text('hola'))));
    const names = [
      { kind: 'whatsapp-phone', value: ANA },
      { kind: 'whatsapp-bsuid', value: 'GT.1' },
    ];
    expect(platform.taken).toMatchObject([{ chat: ANA, names }]);
  });

  it('in a batch of several people nobody gets the ids of another', async () => {
    await start();
    const batch = change({
      contacts: [contact({ phone: carla.phone, scoped: 'GT.3' })],
      messages: [sentBy(ana, sends.text('uno')), sentBy(carla, sends.text('dos'))],
    });
    await platform.post(webhook(batch));
    expect(platform.taken.map(({ names }) => names.map(({ value }) => value))).toEqual([
      [ANA],
      [carla.phone, 'GT.3'],
    ]);
  });

  it('a new number or business-scoped id is handed over with the old one, once', async () => {
    await start();
    const moved = webhook(
      changedNumber({ phone: ANA, scoped: 'GT.1' }, { phone: '50255550109', scoped: 'GT.9' }),
    );
    await platform.post(moved);
    await platform.post(moved);
    await platform.post(webhook(changedScopedId('GT.5', 'MX.6')));
    expect(platform.aliases.map((names) => names.map(({ value }) => value))).toEqual([
      ['50255550109', ANA, 'GT.9', 'GT.1'],
      ['MX.6', 'GT.5'],
    ]);
    expect(platform.taken).toEqual([]);
  });

  it('a deleted message is forgotten and an edited one amended', async () => {
    await start();
    await platform.post(webhook(from(ana, sends.revoke('wamid.in.a'))));
    await platform.post(
      webhook(
        from(
          ana,
          sends.edit('wamid.in.b', { type: 'text', text: { body: 'ahora sí' } }),
          sends.edit('wamid.in.c', { type: 'image', image: { id: '1', caption: 'mi visa' } }),
        ),
      ),
    );
    expect(platform.forgotten).toEqual(['wamid.in.a']);
    expect(platform.amended).toEqual([
      ['wamid.in.b', 'ahora sí'],
      ['wamid.in.c', 'mi visa'],
    ]);
    expect(platform.taken).toEqual([]);
  });

  it('a voice note is fetched by its id when it is asked for', async () => {
    await start();
    platform.graph.addMedia('m1', { bytes: Buffer.from('OggS…'), type: 'audio/ogg; codecs=opus' });
    await platform.post(webhook(from(ana, sends.voice('m1'))));
    const body = platform.taken[0]?.body;
    if (body?.kind !== 'voice') throw new Error('no voice');
    expect(body.seconds).toBeUndefined();
    expect(await body.download()).toEqual({ bytes: Buffer.from('OggS…'), type: 'audio/ogg; codecs=opus' });
  });

  it.each([
    ['that is gone', 'gone', undefined],
    ['that says it is too large', 'm1', { bytes: Buffer.from('x'), type: 'audio/ogg', claimedSize: 5_000 }],
    ['that is larger than it says', 'm1', { bytes: Buffer.alloc(5_000), type: 'audio/ogg', claimedSize: 5 }],
  ])('a voice note %s is not had', async (_name, id, media) => {
    await start({ limits: { mostAudioBytes: 1_000 } });
    if (media !== undefined) platform.graph.addMedia(id, media);
    await platform.post(webhook(from(ana, sends.voice(id))));
    const body = platform.taken[0]?.body;
    if (body?.kind !== 'voice') throw new Error('no voice');
    expect(await body.download()).toBeUndefined();
  });

  it('a voice note that is said to lie elsewhere is not fetched: the token goes to Meta only', async () => {
    await start();
    const elsewhere = await startGraphApi({ token: TOKEN, phoneId: PHONE_ID });
    const file = { bytes: Buffer.from('x'), type: 'audio/ogg' };
    elsewhere.addMedia('m1', file);
    platform.graph.addMedia('m1', { ...file, url: `${new URL(elsewhere.url).origin}/file/m1` });
    await platform.post(webhook(from(ana, sends.voice('m1'))));
    const body = platform.taken[0]?.body;
    if (body?.kind !== 'voice') throw new Error('no voice');
    const found = await body.download();
    await elsewhere.close();
    expect(found).toBeUndefined();
  });

  it('one message of a batch that cannot be kept loses none of the others, and Meta is asked to repeat', async () => {
    let isAway = true;
    const take: TakeMessage = async (message, give) => {
      if (isAway && message.chat === ANA)
        throw new AppError('STORE_UNAVAILABLE', 'away', { retryable: true });
      await handIn(message, give);
    };
    await start({ take });
    const batch = webhook(
      from(ana, sends.text('primera'), sends.text('segunda')),
      from(carla, sends.text('de Carla')),
    );
    expect((await platform.post(batch)).status).toBe(503);
    expect(received.map(({ text }) => text)).toEqual(['de Carla']);
    isAway = false;
    expect((await platform.post(batch)).status).toBe(200);
    expect(received.map(({ text }) => text)).toEqual(['de Carla', 'primera', 'segunda']);
  });

  it('what fails for a reason nobody foresaw is asked for again too', async () => {
    await start({
      take: async () => {
        throw new Error('unforeseen');
      },
    });
    expect((await platform.post(webhook(from(ana, sends.text('hola'))))).status).toBe(500);
  });

  it('a repeat that comes while the first is still being kept waits for its end', async () => {
    let finish = (): void => undefined;
    const finished = new Promise<void>((resolve) => {
      finish = resolve;
    });
    let calls = 0;
    const take: TakeMessage = async (message, give) => {
      calls += 1;
      await finished;
      await handIn(message, give);
    };
    await start({ take });
    const body = webhook(from(ana, sends.text('una vez')));
    const answers = [platform.post(body), platform.post(body)];
    await expect.poll(() => calls).toBe(1);
    finish();
    expect((await Promise.all(answers)).map(({ status }) => status)).toEqual([200, 200]);
    expect(received).toHaveLength(1);
    expect(calls).toBe(1);
  });

  it('what takes too long is asked for again, goes on, and is taken once', async () => {
    let finish = (): void => undefined;
    const take: TakeMessage = async (message, give) => {
      await new Promise<void>((resolve) => {
        finish = resolve;
      });
      await handIn(message, give);
    };
    await start({ take, limits: { takeMs: 30 } });
    const body = webhook(from(ana, sends.text('lenta')));
    expect((await platform.post(body)).status).toBe(503);
    finish();
    await expect.poll(() => received.length).toBe(1);
    expect((await platform.post(body)).status).toBe(200);
    expect(received).toHaveLength(1);
  });

  it('a slow message of one person holds up nobody else in the batch', async () => {
    let finish = (): void => undefined;
    const take: TakeMessage = async (message, give) => {
      if (message.chat === ANA) {
        await new Promise<void>((resolve) => {
          finish = resolve;
        });
      }
      await handIn(message, give);
    };
    await start({ take });
    const answer = platform.post(
      webhook(from(ana, sends.text('lenta')), from(carla, sends.text('¡auxilio!'))),
    );
    await expect.poll(() => received.map(({ text }) => text)).toEqual(['¡auxilio!']);
    finish();
    expect((await answer).status).toBe(200);
  });

  it('only messages for this number are taken: a Meta app may serve several', async () => {
    await start();
    const other = change(
      { contacts: [contact(ana)], messages: [sentBy(ana, sends.text('x'))] },
      { phoneId: '999' },
    );
    expect((await platform.post(webhook(other))).status).toBe(200);
    expect(platform.taken).toEqual([]);
  });

  it('what cannot be read takes nothing else with it', async () => {
    await start();
    const batch = change({
      contacts: [null, contact(ana)],
      messages: [
        null,
        { type: 'text' },
        { ...sends.text('sin remitente') },
        sentBy(ana, sends.text('buena')),
      ],
      statuses: [null, { id: 'x', status: 'unheard-of' }],
      errors: [{ code: 130429, title: 'x' }],
    });
    const strange = [null, 7, { field: 'account_update', value: { event: 'X' } }, { field: 'messages' }];
    expect((await platform.post({ entry: [{ changes: [...strange, batch] }, {}] })).status).toBe(200);
    expect(received.map(({ text }) => text)).toEqual(['buena']);
  });

  it('a time that is none becomes now', async () => {
    const now = new Date('2026-09-22T12:00:00Z');
    await start({ now: () => now });
    for (const timestamp of ['soon', '-5', undefined, '1e300']) {
      await platform.post(webhook(from(ana, { ...sends.text('hola'), timestamp })));
    }
    expect(platform.taken.map(({ sentAt }) => sentAt)).toEqual([now, now, now, now]);
  });

  it('a message that will be answered is marked as read with a typing sign; a reaction is not', async () => {
    await start();
    const text = sends.text('hola', 'wamid.in.typing');
    await platform.post(webhook(from(ana, text)));
    await platform.post(webhook(from(ana, sends.reaction('👍', 'wamid.1'))));
    await expect.poll(() => platform.graph.typed).toEqual(['wamid.in.typing']);
  });

  it('the log names neither words nor people nor ids, which hold phones', async () => {
    await start();
    await platform.post(
      webhook(from(ana, sends.text('palabras de Ana', 'wamid.SECRETO')), changedNumber(ana, carla)),
    );
    await platform.post(webhook(from({}, sends.text('palabras'))));
    expect(platform.logged()).toContain('no-sender');
    expect(platform.logged()).not.toMatch(/palabras|5025555|SECRETO|Nombre de perfil/);
  });
});
