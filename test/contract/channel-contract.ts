import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Accepted, Channel, ConversationId, InboundMessage, Reply } from '#src/channels/channel.ts';
import { AppError } from '#src/errors.ts';

/** The platform's side of a channel, as a test drives it. */
export interface ChannelHarness {
  /** Not started yet. */
  readonly channel: Channel;
  /** Has a person write. Resolves once the channel has taken or refused it; a refusal is no failure of the harness. */
  write(person: string, text: string): Promise<void>;
  /** What that person has been sent so far, one entry a message, in order. Waits for what is on its way. */
  read(person: string): Promise<readonly string[]>;
  /** Frees everything, after the channel was stopped. */
  close(): Promise<void>;
}

/** What a platform is known to do beside delivering messages once. */
export interface PlatformHabits<Harness> {
  /** Delivers the person's last message again, as a platform does that missed the acknowledgement. */
  readonly redeliver?: (harness: Harness, person: string) => Promise<void>;
  /** Delivers a message that Orienta itself wrote to the person. */
  readonly echo?: (harness: Harness, person: string) => Promise<void>;
}

/** What every implementation of {@link Channel} promises. Run it against each of them, and against its fake. */
export function channelContract<Harness extends ChannelHarness>(
  name: string,
  make: () => Promise<Harness>,
  habits: PlatformHabits<Harness> = {},
): void {
  describe(`${name} keeps the channel contract`, () => {
    let harness: Harness;
    let channel: Channel;
    let received: InboundMessage[];
    const receive = async (message: InboundMessage): Promise<Accepted> => {
      received.push(message);
      return { id: `turn-${received.length}` };
    };

    beforeEach(async () => {
      harness = await make();
      channel = harness.channel;
      received = [];
    });
    afterEach(async () => {
      await channel.stop();
      await harness.close();
    });

    /** Has a person write and gives the conversation to answer in. */
    const conversationOf = async (person: string, text = '¿Qué es una visa?'): Promise<ConversationId> => {
      await harness.write(person, text);
      const message = received.at(-1);
      if (message === undefined) throw new Error(`${person} wrote, and nothing was handed in`);
      return message.conversation;
    };

    it('goes from off to ready when it is started and back to off when it is stopped', async () => {
      expect(channel.status().state).toBe('off');
      await channel.start(receive);
      expect(channel.status().state).toBe('ready');
      await channel.stop();
      expect(channel.status().state).toBe('off');
    });

    it('hands in what a person writes, word for word', async () => {
      await channel.start(receive);
      await harness.write('ana', '¿Puedo trabajar en Guatemala si soy de Perú? Pagué Q50 & espero.');
      expect(received).toHaveLength(1);
      expect(received[0]).toMatchObject({
        channel: channel.name,
        text: '¿Puedo trabajar en Guatemala si soy de Perú? Pagué Q50 & espero.',
        receivedAt: expect.any(Date),
      });
      expect(received[0]?.id).not.toBe('');
      expect(['public', 'staff']).toContain(received[0]?.audience);
      expect(received[0]?.conversation.startsWith(`${channel.name}:`)).toBe(true);
    });

    it('gives every message its own id and every person a conversation that stays', async () => {
      await channel.start(receive);
      const first = await conversationOf('ana', 'uno');
      await channel.send(first, reply('respuesta a uno'));
      const other = await conversationOf('beto', 'dos');
      await channel.send(other, reply('respuesta a dos'));
      const again = await conversationOf('ana', 'tres');
      expect(again).toBe(first);
      expect(other).not.toBe(first);
      expect(new Set(received.map(({ id }) => id)).size).toBe(3);
    });

    it('sends a reply to the person it is for and to nobody else, and gives the ids of what it wrote', async () => {
      await channel.start(receive);
      const ana = await conversationOf('ana');
      const beto = await conversationOf('beto');
      const idsOfBeto = await channel.send(beto, reply('para Beto'));
      const idsOfAna = await channel.send(ana, reply('para Ana'));
      expect((await harness.read('ana')).join('\n')).toContain('para Ana');
      expect((await harness.read('beto')).join('\n')).toContain('para Beto');
      expect((await harness.read('ana')).join('\n')).not.toContain('para Beto');
      const ids = [...idsOfAna, ...idsOfBeto];
      expect(ids).toHaveLength(2);
      expect(new Set(ids).size).toBe(2);
      expect(ids).not.toContain('');
    });

    it('cuts a reply that is too long into messages that the platform takes, in order and without loss', async () => {
      await channel.start(receive);
      const ana = await conversationOf('ana');
      const isLimited = Number.isFinite(channel.maxTextLength);
      const paragraphs = longText(isLimited ? channel.maxTextLength * 2.5 : 100_000);
      const ids = await channel.send(ana, reply(...paragraphs));
      const messages = await harness.read('ana');
      expect(ids).toHaveLength(messages.length);
      expect(messages.length > 1).toBe(isLimited);
      for (const message of messages) expect(message.length).toBeLessThanOrEqual(channel.maxTextLength);
      const words = messages.join(' ').match(/palabra\d+/g);
      expect(words).toEqual(paragraphs.join(' ').match(/palabra\d+/g));
    });

    it('says that nobody is there when the conversation is unknown', async () => {
      await channel.start(receive);
      const nowhere = `${channel.name}:nobody` as ConversationId;
      const failure = await channel.send(nowhere, reply('¿Hay alguien?')).catch((error: unknown) => error);
      expect(failure).toBeInstanceOf(AppError);
      expect(failure).toMatchObject({ code: 'UNREACHABLE_PERSON' });
    });

    it('takes nothing before it is started or after it is stopped, and stops twice without harm', async () => {
      await harness.write('ana', 'antes').catch(() => undefined);
      await channel.start(receive);
      await channel.stop();
      await channel.stop();
      await harness.write('ana', 'después').catch(() => undefined);
      expect(received).toEqual([]);
    });

    const { redeliver, echo } = habits;
    if (redeliver !== undefined) {
      it('hands a message in once when the platform delivers it twice', async () => {
        await channel.start(receive);
        await harness.write('ana', 'una sola vez');
        await redeliver(harness, 'ana');
        await harness.write('ana', 'la siguiente');
        expect(received.map(({ text }) => text)).toEqual(['una sola vez', 'la siguiente']);
      });
    }
    if (echo !== undefined) {
      it('does not take its own messages for a person’s', async () => {
        await channel.start(receive);
        await channel.send(await conversationOf('ana', 'hola'), reply('Buenos días'));
        await echo(harness, 'ana');
        expect(received.map(({ text }) => text)).toEqual(['hola']);
      });
    }
  });
}

/** A reply of plain paragraphs. */
export function reply(...paragraphs: readonly string[]): Reply {
  const blocks = paragraphs.map((text) => ({ kind: 'paragraph', text }) as const);
  return { kind: 'answer', language: 'es', blocks, citations: [] };
}

/** Numbered words in paragraphs of different lengths, `length` characters at least. */
function longText(length: number): readonly string[] {
  const paragraphs: string[] = [];
  let next = 0;
  for (let written = 0; written < length; ) {
    const words = Array.from({ length: 20 + (paragraphs.length % 7) * 10 }, () => `palabra${next++}`);
    const paragraph = `${words.join(' ')}.`;
    paragraphs.push(paragraph);
    written += paragraph.length + 2;
  }
  return paragraphs;
}
