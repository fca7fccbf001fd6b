import { beforeEach, describe, expect, test } from 'vitest';
import type { ConversationId } from '#src/channels/channel.ts';
import type { Database } from '#src/storage/database.ts';
import type { TurnOutcome } from '#src/storage/inbox.ts';
import type { Store } from '#src/storage/store.ts';
import type { TestDatabase } from '../support/databases.ts';
import type { FakeClock } from '../support/fake-clock.ts';
import { DAY, HOUR, outcome, useStores } from './stores.ts';

const CHAT = 'teams:chat-1' as ConversationId;
const OTHER_CHAT = 'teams:chat-2' as ConversationId;
const ROOM = 'teams:19:juridico@thread.tacv2' as ConversationId;
const NO_TURN = '00000000-0000-4000-8000-000000000000';

/** What every store promises of what people press under answers. */
export function pressesContract(name: string, make: () => Promise<TestDatabase>): void {
  describe(`store contract of presses on ${name}`, () => {
    const place = useStores(make);
    let database: Database;
    let clock: FakeClock;
    let store: Store;
    let other: Store;
    beforeEach(() => {
      ({ database, clock, store, other } = place.now());
    });

    /** @returns the turn's id */
    const answered = async (text: string, more: Partial<TurnOutcome> = {}): Promise<string> => {
      await store.inbox.accept(
        place.message(text, 'ana', {
          channel: 'teams',
          conversation: CHAT,
          sender: [{ kind: 'teams-aad', value: 'ana' }],
        }),
      );
      const turn = await place.claimOne();
      await store.inbox.close(turn, outcome(`re: ${text}`, { masked: [text], ...more }));
      return turn.id;
    };
    const personOf = async () => (await store.people.find({ kind: 'teams-aad', value: 'ana' })) ?? 'nobody';
    const rows = async (table: 'feedback' | 'legal_questions' | 'outbox') =>
      (await database.sql.selectFrom(table).selectAll().execute()).length;
    const waiting = async () =>
      (await place.deliveries()).map(({ conversation, payload }) => [conversation, payload]);

    describe('feedback', () => {
      test('keeps the first verdict on a turn and counts it', async () => {
        const turn = await answered('uno');
        expect(await store.feedback.of(turn)).toBeUndefined();
        const pressed = { turn, conversation: CHAT };
        expect(await store.feedback.give(pressed, 'wrong')).toBe('given');
        expect(await other.feedback.give(pressed, 'yes')).toBe('repeated');
        expect(await store.feedback.of(turn)).toBe('wrong');
        const second = { turn: await answered('dos'), conversation: CHAT };
        await store.feedback.give(second, 'yes');
        expect(await store.feedback.counts()).toEqual({ yes: 1, no: 0, wrong: 1 });
      });

      test('is given once when it is pressed twice at the same moment', async () => {
        const pressed = { turn: await answered('uno'), conversation: CHAT };
        const given = await Promise.all([
          store.feedback.give(pressed, 'yes'),
          other.feedback.give(pressed, 'no'),
        ]);
        expect(given.toSorted()).toEqual(['given', 'repeated']);
      });

      test('is of a turn of that conversation only', async () => {
        const turn = await answered('uno');
        expect(await store.feedback.knows({ turn, conversation: CHAT })).toBe(true);
        for (const pressed of [
          { turn, conversation: OTHER_CHAT },
          { turn: NO_TURN, conversation: CHAT },
        ]) {
          expect(await store.feedback.knows(pressed)).toBe(false);
          expect(await store.feedback.give(pressed, 'yes')).toBe('unknown');
        }
        expect(await rows('feedback')).toBe(0);
      });

      test('goes with its turn, by age and with the person', async () => {
        await store.feedback.give({ turn: await answered('uno'), conversation: CHAT }, 'no');
        await place.deliverAll();
        clock.advance(31 * DAY);
        await store.feedback.give({ turn: await answered('dos'), conversation: CHAT }, 'no');
        await place.deliverAll();
        await store.upkeep.sweep(30);
        expect(await store.feedback.counts()).toEqual({ yes: 0, no: 1, wrong: 0 });
        await store.erasure.erase(await personOf());
        expect(await rows('feedback')).toBe(0);
      });
    });

    describe('questions for the legal unit', () => {
      test('are put once, into the room, after what waits there', async () => {
        const turn = await answered('¿y si nació en el camino?');
        await place.deliverAll();
        const pressed = { turn, conversation: CHAT };
        expect(await store.legalQuestions.stateOf(turn)).toBeUndefined();
        const put = await Promise.all([
          store.legalQuestions.put(pressed, ROOM, 'pregunta'),
          other.legalQuestions.put(pressed, ROOM, 'pregunta'),
        ]);
        expect(put.toSorted()).toEqual(['put', 'repeated']);
        expect(await store.legalQuestions.stateOf(turn)).toBe('asked');
        expect(await waiting()).toEqual([[ROOM, 'pregunta']]);
      });

      test('know what was written, masked, and what was remembered', async () => {
        const turn = await answered('¿cuánto cuesta?', { context: 'remembered' });
        expect(await store.legalQuestions.matterOf({ turn, conversation: CHAT })).toEqual({
          said: '¿cuánto cuesta?',
          context: 'remembered',
        });
        expect(await store.legalQuestions.matterOf({ turn, conversation: OTHER_CHAT })).toBeUndefined();
        const silent = await answered('nota de voz', { masked: [null] });
        expect(await store.legalQuestions.matterOf({ turn: silent, conversation: CHAT })).toEqual({
          said: '',
          context: undefined,
        });
      });

      test('are of a turn of that conversation only', async () => {
        const turn = await answered('uno');
        await place.deliverAll();
        for (const pressed of [
          { turn, conversation: OTHER_CHAT },
          { turn: NO_TURN, conversation: CHAT },
        ]) {
          expect(await store.legalQuestions.put(pressed, ROOM, 'pregunta')).toBe('unknown');
        }
        expect(await waiting()).toEqual([]);
      });

      test('are answered once, from their room only, and the answer comes back to who asked', async () => {
        const turn = await answered('uno');
        await store.legalQuestions.put({ turn, conversation: CHAT }, ROOM, 'pregunta');
        await place.deliverAll();
        expect(await store.legalQuestions.answer(turn, OTHER_CHAT, 'falsa')).toBe('unknown');
        expect(await store.legalQuestions.answer(NO_TURN, ROOM, 'falsa')).toBe('unknown');
        const given = await Promise.all([
          store.legalQuestions.answer(turn, ROOM, 'sí'),
          other.legalQuestions.answer(turn, ROOM, 'sí'),
        ]);
        expect(given.toSorted()).toEqual(['answered', 'repeated']);
        expect(await waiting()).toEqual([[CHAT, 'sí']]);
        expect(await store.legalQuestions.stateOf(turn)).toBe('answered');
        expect(await store.legalQuestions.find(turn, ROOM)).toEqual({ asked: 'pregunta', isAnswered: true });
        expect(await store.legalQuestions.find(turn, OTHER_CHAT)).toBeUndefined();
      });

      test('leave the reply of their turn to be found', async () => {
        const turn = await answered('uno');
        await store.legalQuestions.put({ turn, conversation: CHAT }, ROOM, 'pregunta');
        await store.legalQuestions.answer(turn, ROOM, 'sí');
        expect((await store.outbox.replyTo(turn))?.payload).toBe('re: uno');
      });

      test('go with who asked, the messages that wait included, and leave the room', async () => {
        const turn = await answered('uno');
        await store.legalQuestions.put({ turn, conversation: CHAT }, ROOM, 'pregunta');
        await store.erasure.erase(await personOf());
        expect(await rows('legal_questions')).toBe(0);
        expect(await rows('outbox')).toBe(0);
        expect(await store.legalQuestions.answer(turn, ROOM, 'sí')).toBe('unknown');
        expect(await store.legalQuestions.put({ turn, conversation: CHAT }, ROOM, 'otra')).toBe('unknown');
      });

      test('lose their words after 72 hours when they are about refuge or danger, and can still be answered', async () => {
        const turn = await answered('tengo miedo', { sensitive: true });
        await store.legalQuestions.put({ turn, conversation: CHAT }, ROOM, 'tengo miedo');
        await place.deliverAll();
        clock.advance(73 * HOUR);
        await store.upkeep.sweep(30);
        expect(await store.legalQuestions.find(turn, ROOM)).toEqual({ asked: undefined, isAnswered: false });
        expect(await store.legalQuestions.answer(turn, ROOM, 'sí')).toBe('answered');
      });

      test('lose their words when the message is deleted', async () => {
        const message = place.message('uno', 'ana', {
          channel: 'teams',
          conversation: CHAT,
          sender: [{ kind: 'teams-aad', value: 'ana' }],
        });
        await store.inbox.accept(message);
        const claimed = await place.claimOne();
        await store.inbox.close(claimed, outcome('re: uno', { masked: ['uno'] }));
        await store.legalQuestions.put({ turn: claimed.id, conversation: CHAT }, ROOM, 'pregunta');
        await store.inbox.deleteMessage('teams', message.platformId);
        expect((await store.legalQuestions.find(claimed.id, ROOM))?.asked).toBeUndefined();
      });

      test('stand sealed', async () => {
        const turn = await answered('uno');
        await store.legalQuestions.put({ turn, conversation: CHAT }, ROOM, 'pregunta secreta');
        const row = await database.sql.selectFrom('legal_questions').selectAll().executeTakeFirstOrThrow();
        expect(JSON.stringify(row)).not.toMatch(/secreta|juridico/);
      });
    });
  });
}
