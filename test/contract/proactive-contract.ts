import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ConversationId, canWriteFirst, type ProactiveChannel } from '#src/channels/channel.ts';
import { type ChannelHarness, reply } from './channel-contract.ts';

/** The platform's side of a channel that may write first. */
export interface ProactiveHarness extends ChannelHarness {
  readonly channel: ProactiveChannel;
  /** Has a person write where others read along. */
  writeInGroup(person: string, text: string): Promise<void>;
  /** What the group has been sent so far. */
  readGroup(): Promise<readonly string[]>;
  /** The person blocks Orienta, or lets it in again, without a word. */
  block(person: string, isBlocked: boolean): Promise<void>;
  /** How often the platform was asked to take a message. */
  tries(): number;
  /** The platform's id of the room that the configuration names; nobody has written there. */
  readonly room: string;
  readRoom(): Promise<readonly string[]>;
}

/** What every {@link ProactiveChannel} promises beside the channel contract. Run it against each of them. */
export function proactiveContract(name: string, make: () => Promise<ProactiveHarness>): void {
  describe(`${name} keeps the contract of writing first`, () => {
    let harness: ProactiveHarness;
    let channel: ProactiveChannel;
    let last: ConversationId | undefined;

    beforeEach(async () => {
      harness = await make();
      channel = harness.channel;
      last = undefined;
      await channel.start(async ({ conversation }) => {
        last = conversation;
        return { id: 'a-turn' };
      });
    });
    afterEach(async () => {
      await channel.stop();
      await harness.close();
    });

    const conversationOf = async (writing: Promise<void>): Promise<ConversationId> => {
      await writing;
      if (last === undefined) throw new Error('somebody wrote, and nothing was handed in');
      return last;
    };
    const meet = (person: string) => conversationOf(harness.write(person, 'hola'));
    const unreachable = { code: 'UNREACHABLE_PERSON', retryable: false };

    it('says that it may write first', () => {
      expect(canWriteFirst(channel)).toBe(true);
    });

    it('writes to a person who did not just write, and to nobody else, and gives the ids', async () => {
      const ana = await meet('ana');
      await meet('beto');
      const before = await harness.read('beto');
      const ids = await channel.writeFirst(ana, reply('Mañana vence su entrega.'));
      expect((await harness.read('ana')).join('\n')).toContain('Mañana vence su entrega.');
      expect(await harness.read('beto')).toEqual(before);
      expect(ids).toEqual([expect.stringMatching(/./)]);
    });

    it('does not write first where others read along, and still answers there', async () => {
      const group = await conversationOf(harness.writeInGroup('ana', '¿Qué es una visa?'));
      await expect(channel.writeFirst(group, reply('Mañana vence su entrega.'))).rejects.toMatchObject({
        code: 'NUDGE_REFUSED',
        retryable: false,
      });
      await channel.send(group, reply('Un permiso.'));
      const messages = (await harness.readGroup()).join('\n');
      expect(messages).toContain('Un permiso.');
      expect(messages).not.toContain('Mañana');
    });

    it('says that nobody is there when it never heard from the conversation', async () => {
      const nobody = `${channel.name}:nobody` as ConversationId;
      await expect(channel.writeFirst(nobody, reply('¿Hay alguien?'))).rejects.toMatchObject(unreachable);
    });

    it('stops at a person who blocked it, and begins again only when they write', async () => {
      const ana = await meet('ana');
      await harness.block('ana', true);
      await expect(channel.writeFirst(ana, reply('uno'))).rejects.toMatchObject(unreachable);
      await harness.block('ana', false);
      const tries = harness.tries();
      await expect(channel.writeFirst(ana, reply('dos'))).rejects.toMatchObject(unreachable);
      await expect(channel.send(ana, reply('tres'))).rejects.toMatchObject(unreachable);
      expect(harness.tries()).toBe(tries);
      await meet('ana');
      await channel.writeFirst(ana, reply('cuatro'));
      expect((await harness.read('ana')).join('\n')).toContain('cuatro');
    });

    it('reaches a room of the configuration before anybody wrote there', async () => {
      await meet('ana');
      await channel.send(channel.roomOf(harness.room), reply('Alguien pide ayuda.'));
      expect((await harness.readRoom()).join('\n')).toContain('Alguien pide ayuda.');
    });

    it('keeps for later what is for a room while it has heard from nobody', async () => {
      const sending = channel.send(channel.roomOf(harness.room), reply('Alguien pide ayuda.'));
      await expect(sending).rejects.toMatchObject({ retryable: true });
      await meet('ana');
      await channel.send(channel.roomOf(harness.room), reply('Alguien pide ayuda.'));
      expect(await harness.readRoom()).toHaveLength(1);
    });
  });
}
