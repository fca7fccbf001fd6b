import { beforeEach, describe, expect, test } from 'vitest';
import type { ConversationId } from '#src/channels/channel.ts';
import type { Database } from '#src/storage/database.ts';
import type { AfterReply, TurnOutcome } from '#src/storage/inbox.ts';
import type { NewDelivery } from '#src/storage/outbox.ts';
import type { Store } from '#src/storage/store.ts';
import type { TestDatabase } from '../support/databases.ts';
import type { FakeClock } from '../support/fake-clock.ts';
import { DAY, HOUR, outcome, useStores } from './stores.ts';

const PHONE = '50255512345';
const CHAT = `whatsapp:${PHONE}@c.us` as ConversationId;

/** What every store promises of notices, of chats that are to be cleared, and of people who want no nudges. */
export function outgoingContract(name: string, make: () => Promise<TestDatabase>): void {
  describe(`store contract of what else goes out on ${name}`, () => {
    const place = useStores(make);
    const { message, claimOne, deliveries, deliverAll, answered } = place;
    let database: Database;
    let clock: FakeClock;
    let store: Store;
    let other: Store;
    beforeEach(() => {
      ({ database, clock, store, other } = place.now());
    });

    const count = async (table: 'people' | 'aliases' | 'conversations' | 'outbox') =>
      (await database.sql.selectFrom(table).selectAll().execute()).length;
    const personOf = async (value = PHONE) =>
      (await store.people.find({ kind: 'whatsapp-phone', value })) ?? 'nobody';

    describe('urgent replies', () => {
      test('overtake what waits, of their own conversation and of others, and keep their order', async () => {
        await answered('uno', {}, '50255550101');
        await answered('dos');
        await answered('auxilio', { urgent: true });
        await answered('auxilio otra vez', { urgent: true });
        await answered('tres');
        const [first] = await store.outbox.claim({ channels: ['whatsapp'], limit: 1, leaseMs: HOUR });
        expect(first?.payload).toBe('re: auxilio');
        if (first !== undefined) await store.outbox.delivered(first, []);
        expect(await deliverAll()).toEqual(['re: auxilio otra vez', 're: uno', 're: dos', 're: tres']);
      });

      test('do not wait for a delivery of their conversation that is under way', async () => {
        await answered('uno');
        expect((await deliveries()).map(({ payload }) => payload)).toEqual(['re: uno']);
        await answered('auxilio', { urgent: true });
        expect((await deliveries()).map(({ payload }) => payload)).toEqual(['re: auxilio']);
      });
    });

    describe('notices', () => {
      const notice = (payload: string, onceKey: string): AfterReply => ({ kind: 'notice', payload, onceKey });

      test('follow the reply in their order, each once for its occasion', async () => {
        const after = [notice('aviso 1', `first ${CHAT}`), notice('aviso 2', `second ${CHAT}`)];
        await answered('uno', { after });
        await answered('dos', { after: [...after, notice('aviso 3', `third ${CHAT}`)] });
        const left = await deliverAll();
        expect(left).toEqual(['re: uno', 'aviso 1', 'aviso 2', 're: dos', 'aviso 3']);
      });

      test('of one occasion named twice in a turn go out once', async () => {
        await answered('uno', { after: [notice('aviso', 'a'), notice('otra vez', 'a')] });
        expect(await deliverAll()).toEqual(['re: uno', 'aviso']);
      });

      test('leave the reply what a message is answered with, and go out where there is none', async () => {
        const { id } = await answered('uno', { after: [notice('aviso', 'a')] });
        expect(await store.outbox.replyTo(id)).toMatchObject({ payload: 're: uno' });
        await store.inbox.accept(message('dos'));
        await store.inbox.close(await claimOne(), outcome('', { reply: null, after: [notice('solo', 'b')] }));
        expect(await deliverAll()).toEqual(['re: uno', 'aviso', 'solo']);
      });

      test('are not stored when the turn is lost, and their occasion is in no column', async () => {
        await store.inbox.accept(message('uno'));
        const lost = await claimOne();
        await store.inbox.release(lost);
        expect(await store.inbox.close(lost, outcome('re', { after: [notice('aviso', CHAT)] }))).toBe(false);
        expect(await count('outbox')).toBe(0);
        await store.inbox.close(await claimOne(), outcome('re', { after: [notice('aviso', CHAT)] }));
        expect(await place.everything()).not.toContain(PHONE);
      });

      test('are remembered until retention takes them', async () => {
        const after = [notice('aviso', `first ${CHAT}`)];
        await answered('uno', { after });
        await deliverAll();
        clock.advance(30 * DAY - 1);
        await store.upkeep.sweep(30);
        await answered('dos', { after });
        expect(await deliverAll()).toEqual(['re: dos']);
        clock.advance(1);
        await store.upkeep.sweep(30);
        await answered('tres', { after });
        expect(await deliverAll()).toEqual(['re: tres', 'aviso']);
      });
    });

    describe('a chat', () => {
      const bye: Partial<TurnOutcome> = {
        kind: 'command',
        erasePerson: true,
        after: [{ kind: 'notice', payload: 'aviso', onceKey: 'a' }],
      };

      test('of a person who is erased is cleared after the last reply, and its address lives until then', async () => {
        await answered('antes');
        await answered('borrar mis datos', bye);
        const [farewell] = await deliveries();
        expect(farewell?.payload).toBe('re: borrar mis datos');
        expect(await deliveries(other)).toEqual([]);
        if (farewell !== undefined) await store.outbox.delivered(farewell, []);
        clock.advance(100 * DAY);
        await store.upkeep.sweep(30);
        const [clear] = await deliveries();
        expect(clear).toMatchObject({ kind: 'clear', conversation: CHAT, payload: '', channel: 'whatsapp' });
        if (clear !== undefined) await store.outbox.delivered(clear, []);
        await store.upkeep.sweep(30);
        expect([await count('outbox'), await count('conversations'), await count('people')]).toEqual([
          0, 0, 0,
        ]);
      });

      test('is cleared for each of the person’s conversations of WhatsApp, and for no other', async () => {
        await answered('hola');
        const sender = message('').sender;
        await store.inbox.accept(
          message('lid', '9001', { conversation: 'whatsapp:9001@lid' as never, sender }),
        );
        await store.inbox.accept(
          message('web', 'w', { channel: 'web', conversation: 'web:w' as never, sender }),
        );
        expect(await store.erasure.erase(await personOf())).toMatchObject({ conversations: 3 });
        expect((await deliverAll()).toSorted()).toEqual(
          [`clear ${CHAT}`, 'clear whatsapp:9001@lid'].toSorted(),
        );
        await store.upkeep.sweep(30);
        expect(await count('conversations')).toBe(0);
      });

      test('is asked for once, however often the person is erased', async () => {
        await answered('hola');
        const person = await personOf();
        await store.erasure.erase(person);
        await other.erasure.erase(person);
        expect(await deliverAll()).toEqual([`clear ${CHAT}`]);
        await store.upkeep.sweep(30);
        await store.upkeep.sweep(30);
        expect(await deliverAll()).toEqual([]);
      });

      test('is cleared again when an older backup brought the person back', async () => {
        await answered('hola');
        const person = await personOf();
        const entry = {
          id: crypto.randomUUID(),
          kind: 'person',
          ref: person,
          erasedAt: clock.now(),
        } as const;
        expect(await store.erasure.apply([entry])).toBe(1);
        expect(await personOf()).toBe('nobody');
        expect(await store.erasure.apply([entry])).toBe(0);
        expect(await deliverAll()).toEqual([`clear ${CHAT}`]);
      });

      test('of which nothing is left is cleared before its address is forgotten', async () => {
        await answered('hola');
        await deliverAll();
        clock.advance(30 * DAY);
        await store.upkeep.sweep(30);
        await store.upkeep.sweep(30);
        const waiting = await deliveries();
        expect(waiting).toMatchObject([{ kind: 'clear', conversation: CHAT }]);
        expect(await count('conversations')).toBe(1);
        for (const clear of waiting) await store.outbox.delivered(clear, []);
        await store.upkeep.sweep(30);
        expect([await count('conversations'), await count('people'), await count('aliases')]).toEqual([
          0, 0, 0,
        ]);
      });

      test('that could not be cleared is tried again a day later, and one that never could goes in the end', async () => {
        await answered('hola');
        await store.erasure.erase(await personOf());
        for (let day = 0; day < 3; day += 1) {
          const [clear] = await deliveries();
          if (clear === undefined) throw new Error('nothing to clear');
          await store.outbox.giveUp(clear, 'CHANNEL_UNAVAILABLE');
          expect(await store.deadLetters.list()).toMatchObject([{ kind: 'delivery', canResend: true }]);
          clock.advance(DAY - 1);
          await store.upkeep.sweep(30);
          expect(await deliveries()).toEqual([]);
          clock.advance(1);
          await store.upkeep.sweep(30);
        }
        const [clear] = await deliveries();
        clock.advance(27 * DAY);
        if (clear !== undefined) await store.outbox.giveUp(clear, 'CHANNEL_UNAVAILABLE');
        clock.advance(30 * DAY);
        await store.upkeep.sweep(30);
        expect([await count('outbox'), await count('conversations'), await count('people')]).toEqual([
          0, 0, 0,
        ]);
      });

      test('that never could be cleared is not asked for a second time when its address goes', async () => {
        await answered('hola');
        await deliverAll();
        clock.advance(30 * DAY);
        await store.upkeep.sweep(30);
        const [clear] = await deliveries();
        clock.advance(30 * DAY);
        if (clear !== undefined) await store.outbox.giveUp(clear, 'CHANNEL_UNAVAILABLE');
        clock.advance(30 * DAY - 1);
        await store.upkeep.sweep(30);
        expect([await count('outbox'), await count('conversations')]).toEqual([1, 1]);
        clock.advance(1);
        await store.upkeep.sweep(30);
        expect([await count('outbox'), await count('conversations'), await count('people')]).toEqual([
          0, 0, 0,
        ]);
      });

      test('is kept when the person writes again before it was cleared', async () => {
        await answered('hola');
        await deliverAll();
        clock.advance(30 * DAY);
        await store.upkeep.sweep(30);
        const person = await personOf();
        await answered('de nuevo');
        expect(await deliverAll()).toEqual([`clear ${CHAT}`, 're: de nuevo']);
        clock.advance(HOUR);
        await store.upkeep.sweep(30);
        expect(await personOf()).toBe(person);
        clock.advance(30 * DAY);
        await store.upkeep.sweep(30);
        expect(await deliverAll()).toEqual([`clear ${CHAT}`]);
      });
    });

    describe('a person who wants no nudges', () => {
      const desk = 'teams:ana' as ConversationId;
      const official = { channel: 'teams', conversation: desk } as const;
      const nudge = (onceKey: string, more: Partial<NewDelivery> = {}): NewDelivery => ({
        conversation: desk,
        kind: 'nudge',
        payload: `recuerde ${onceKey}`,
        onceKey,
        ...more,
      });
      const write = async (text: string, more: Partial<TurnOutcome> = {}) => {
        await store.inbox.accept(message(text, PHONE, official));
        await store.inbox.close(await claimOne(), outcome(`re: ${text}`, more));
      };

      test('gets none, not even those that waited, and still gets replies', async () => {
        await write('hola');
        expect(await store.outbox.put(nudge('a'))).toBe(true);
        const person = await personOf();
        await other.people.stop(person);
        await store.people.stop(person);
        expect(await store.people.hasStopped(person)).toBe(true);
        expect(await store.outbox.put(nudge('b'))).toBe(false);
        await write('¿y mi entrega?');
        expect(await deliverAll()).toEqual(['re: hola', 're: ¿y mi entrega?']);
        await store.people.resume(person);
        expect(await store.people.hasStopped(person)).toBe(false);
        expect(await store.outbox.put(nudge('b'))).toBe(true);
        expect(await deliverAll()).toEqual(['recuerde b']);
      });

      test('says so in a turn, and takes it back in another', async () => {
        await write('hola');
        await store.outbox.put(nudge('a'));
        await write('BAJA', { stop: 'stop' });
        expect(await store.people.hasStopped(await personOf())).toBe(true);
        expect(await deliverAll()).toEqual(['re: hola', 're: BAJA']);
        await write('ALTA', { stop: 'resume' });
        expect(await store.people.hasStopped(await personOf())).toBe(false);
      });

      test('is the same under every name', async () => {
        await write('hola');
        await store.outbox.put(nudge('a'));
        clock.advance(1);
        const lid = { kind: 'whatsapp-lid', value: '9' } as const;
        await store.people.stop(await store.people.resolve([lid]));
        const person = await store.people.resolve([lid, { kind: 'whatsapp-phone', value: PHONE }]);
        expect(person).toBe(await personOf());
        expect(await store.people.hasStopped(person)).toBe(true);
        expect(await deliverAll()).toEqual(['re: hola']);
      });

      test('and is erased leaves no mark of it', async () => {
        await write('hola', { stop: 'stop' });
        const person = await personOf();
        await store.erasure.erase(person);
        expect(await store.people.hasStopped(person)).toBe(false);
        expect(await count('people')).toBe(0);
        expect(await store.outbox.put(nudge('a'))).toBe(false);
      });

      test('gets no nudge that is put in while they say so', async () => {
        await write('hola');
        await deliverAll();
        const person = await personOf();
        for (let round = 0; round < 10; round += 1) {
          await store.people.resume(person);
          await Promise.all([store.outbox.put(nudge(`n${round}`)), other.people.stop(person)]);
          expect(await store.outbox.openCount()).toBe(0);
        }
      });
    });

    test('a nudge never leaves on WhatsApp', async () => {
      await answered('hola');
      const nudge = { conversation: CHAT, kind: 'nudge', payload: 'x', onceKey: 'x' } as const;
      await expect(store.outbox.put(nudge)).rejects.toMatchObject({ code: 'NUDGE_REFUSED' });
      const stranger = { ...nudge, conversation: 'whatsapp:nadie' as ConversationId };
      await expect(store.outbox.put(stranger)).rejects.toMatchObject({ code: 'NUDGE_REFUSED' });
      expect(await store.outbox.openCount()).toBe(1);
    });
  });
}
