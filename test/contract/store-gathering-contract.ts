import { beforeEach, describe, expect, test } from 'vitest';
import type { MessageForm } from '#src/channels/channel.ts';
import type { Database } from '#src/storage/database.ts';
import type { NewMessage } from '#src/storage/inbox.ts';
import type { Store } from '#src/storage/store.ts';
import type { TestDatabase } from '../support/databases.ts';
import type { FakeClock } from '../support/fake-clock.ts';
import { HOUR, LEASE, outcome, texts, useStores } from './stores.ts';

const QUIET = 2_000;
const MINUTE = 60_000;

/** What every store promises of messages that belong together, of their forms, and of edits. */
export function gatheringContract(name: string, make: () => Promise<TestDatabase>): void {
  describe(`store contract of gathering on ${name}`, () => {
    const place = useStores(make);
    const { run, message, claimAll, claimOne, deliveries } = place;
    let database: Database;
    let clock: FakeClock;
    let store: Store;
    let other: Store;
    beforeEach(() => {
      ({ database, clock, store, other } = place.now());
    });

    const say = (text: string, more: Partial<NewMessage> = {}, to = store) =>
      to.inbox.accept(message(text, undefined, { gatherMs: QUIET, ...more }));
    const turns = async (from = store) => (await claimAll(from)).map((turn) => texts([turn]));

    describe('gathering', () => {
      test('each fragment puts the turn off by the quiet time, and all of them make one turn', async () => {
        await say('quiero');
        clock.advance(QUIET - 1);
        await say('un pasaporte', {}, other);
        clock.advance(QUIET - 1);
        expect(await turns()).toEqual([]);
        await say('¿cuánto?');
        clock.advance(QUIET - 1);
        expect(await turns()).toEqual([]);
        clock.advance(1);
        const [turn] = await claimAll();
        expect(turn?.messages.map(({ text }) => text)).toEqual(['quiero', 'un pasaporte', '¿cuánto?']);
        expect(turn?.id).toBe(turn?.messages[0].id);
        await say('gracias');
        if (turn !== undefined) await store.inbox.close(turn, outcome('re', { masked: ['1', '2', '3'] }));
        clock.advance(QUIET);
        expect(await turns()).toEqual([['gracias']]);
        expect((await deliveries()).map(({ payload }) => payload)).toEqual(['re']);
      });

      test('no turn is put off beyond four quiet times after its first fragment', async () => {
        for (let step = 0; step < 8; step += 1) {
          expect(await turns()).toEqual([]);
          await say(`${step}`);
          clock.advance(QUIET / 2);
        }
        expect(await turns()).toEqual([['0', '1', '2', '3', '4', '5', '6', '7']]);
      });

      test('without quiet time every message is a turn of its own, due at once', async () => {
        await say('uno', { gatherMs: undefined });
        await say('dos', { gatherMs: 0 });
        expect(await turns()).toEqual([['uno']]);
      });

      test('a repeat of a fragment puts nothing off', async () => {
        const first = message('hola', undefined, { gatherMs: QUIET });
        await store.inbox.accept(first);
        clock.advance(QUIET - 1);
        await other.inbox.accept(first);
        clock.advance(1);
        expect(await turns()).toEqual([['hola']]);
      });

      test('a fragment of a turn that is being worked on, or that failed, opens the next', async () => {
        await say('primero');
        clock.advance(QUIET);
        const first = await claimOne();
        await say('segundo');
        await store.inbox.fail(first, clock.now());
        await say('tercero');
        expect(await turns()).toEqual([['primero']]);
        clock.advance(LEASE);
        const again = await claimOne();
        expect(texts([again])).toEqual(['primero']);
        await store.inbox.close(again, outcome('re'));
        expect(await turns()).toEqual([['segundo', 'tercero']]);
      });

      test('of a turn that failed each fragment is tried alone', async () => {
        await say('uno');
        await say('dos');
        clock.advance(QUIET);
        await store.inbox.fail(await claimOne(), clock.now());
        expect(await turns()).toEqual([['uno']]);
      });

      test('a swept backlog, handed in at once, is parted where its writer paused', async () => {
        const now = clock.now().getTime();
        const at = (ago: number) => ({ receivedAt: new Date(now - ago) });
        await say('ayer', at(20 * HOUR));
        await say('y otra cosa', at(20 * HOUR - 10 * MINUTE));
        await say('hoy', at(2 * HOUR));
        await say('ahora', at(2 * HOUR - 10 * MINUTE - 1));
        clock.advance(QUIET);
        const heard: (readonly string[])[] = [];
        for (let round = 0; round < 3; round += 1) {
          const turn = await claimOne();
          heard.push(texts([turn]));
          await store.inbox.close(turn, outcome('re', { masked: turn.messages.map(() => null) }));
        }
        expect(heard).toEqual([['ayer', 'y otra cosa'], ['hoy'], ['ahora']]);
      });

      test('one talk puts off no other', async () => {
        await say('uno');
        clock.advance(QUIET - 1);
        await store.inbox.accept(message('otro', '50200000009', { gatherMs: QUIET }));
        clock.advance(1);
        expect(await turns()).toEqual([['uno']]);
      });

      test('a turn whose first fragment is deleted keeps the others together', async () => {
        const first = message('me arrepentí', undefined, { gatherMs: QUIET });
        await store.inbox.accept(first);
        await say('dos');
        await say('tres');
        await store.inbox.deleteMessage('whatsapp', first.platformId);
        clock.advance(QUIET);
        expect(await turns()).toEqual([['dos', 'tres']]);
      });

      test('a turn being worked out with a fragment that is deleted is taken from its worker', async () => {
        const first = message('me llamo Ana', undefined, { gatherMs: QUIET });
        await store.inbox.accept(first);
        await say('¿cuánto cuesta?');
        clock.advance(QUIET);
        const turn = await claimOne();
        await other.inbox.deleteMessage('whatsapp', first.platformId);
        expect(await store.inbox.renew(turn, LEASE)).toBe(false);
        expect(await store.inbox.close(turn, outcome('Ana, cuesta…'))).toBe(false);
        expect(await turns(other)).toEqual([['¿cuánto cuesta?']]);
      });

      test('an erasure and the person’s own fragments, all at once, never block each other', async () => {
        for (let round = 0; round < 15; round += 1) {
          await say('uno');
          await say('dos');
          const person = (await store.people.find({ kind: 'whatsapp-phone', value: '50255512345' })) ?? '';
          const accepted = [say('tres'), say('cuatro', { urgent: true }, other), say('cinco', {}, other)];
          await store.erasure.erase(person);
          expect((await Promise.all(accepted)).map(({ kind }) => kind)).toEqual(Array(3).fill('accepted'));
        }
      });

      test('fragments taken in while turns are handed out are lost in none and repeated in none', async () => {
        const expected: string[] = [];
        const heard: string[] = [];
        const work = async (own: Store) => {
          for (const turn of await claimAll(own)) {
            heard.push(...texts([turn]));
            await own.inbox.close(turn, outcome('re', { masked: turn.messages.map(() => null) }));
          }
        };
        for (let round = 0; round < 12; round += 1) {
          const sent = Array.from({ length: 6 }, (_, index) => `${round}.${index}`);
          expected.push(...sent);
          await Promise.all([
            ...sent.map((text, index) =>
              say(text, { urgent: index === 3 && round % 3 === 0 }, index % 2 ? store : other),
            ),
            work(store),
            work(other),
          ]);
          clock.advance(QUIET / 2);
        }
        clock.advance(QUIET);
        while ((await store.inbox.openCount()) > 0) await work(other);
        expect(heard.toSorted()).toEqual(expected.toSorted());
      });
    });

    describe('what is urgent', () => {
      test('is due at once and takes along what was said before it, and nothing puts it off', async () => {
        await say('me sigue un hombre');
        expect(await turns()).toEqual([]);
        await say('tengo miedo', { urgent: true }, other);
        await say('en la terminal');
        expect(await turns()).toEqual([['me sigue un hombre', 'tengo miedo', 'en la terminal']]);
      });

      test('waits for no failed turn before it', async () => {
        await say('primero', { gatherMs: 0 });
        await store.inbox.fail(await claimOne(), new Date(clock.now().getTime() + HOUR));
        await say('ayuda', { urgent: true });
        const first = await claimOne();
        expect(texts([first])).toEqual(['primero']);
        await store.inbox.close(first, outcome('re'));
        expect(await turns()).toEqual([['ayuda']]);
      });

      test('makes nothing of another talk due, nor anything when it is repeated', async () => {
        await say('tranquilo');
        const cry = message('ayuda', '50200000009', { gatherMs: QUIET, urgent: true });
        await store.inbox.accept(cry);
        expect(await turns()).toEqual([['ayuda']]);
        await store.inbox.accept({ ...message('luego', '50200000009'), gatherMs: QUIET });
        await store.inbox.accept(cry);
        expect(await turns(other)).toEqual([]);
      });
    });

    describe('forms', () => {
      const forms: readonly MessageForm[] = ['text', 'location', 'picture', 'voice', 'call', 'unreadable'];

      test('of every kind that came in between go with the turn, in their order', async () => {
        for (const form of forms) await say(`a ${form}`, { form });
        clock.advance(QUIET);
        const turn = await claimOne();
        expect(turn.messages.map(({ form, text }) => [form, text])).toEqual(
          forms.map((form) => [form, `a ${form}`]),
        );
      });

      test('a reaction is a turn of its own, due at once', async () => {
        await say('👍', { form: 'reaction' });
        const [turn] = await claimAll();
        expect(turn?.messages.map(({ form, text }) => [form, text])).toEqual([['reaction', '👍']]);
        await say('¿y cuánto cuesta?');
        if (turn !== undefined) await store.inbox.close(turn, outcome('re'));
        clock.advance(QUIET);
        expect(await turns()).toEqual([['¿y cuánto cuesta?']]);
      });
    });

    describe('what a message quotes', () => {
      const quotedRows = async () =>
        (await database.sql.selectFrom('inbox').select(['text_sealed', 'quoted_sealed']).execute()).map(
          (row) => [row.text_sealed === null, row.quoted_sealed === null],
        );

      test('comes with it, is kept sealed, and is gone when the turn closes', async () => {
        await say('¿eso qué es?', { quoted: 'SECRETO-CITADO', gatherMs: 0 });
        expect(await place.everything()).not.toContain('SECRETO');
        const turn = await claimOne();
        expect(turn.messages[0].quoted).toBe('SECRETO-CITADO');
        await store.inbox.close(turn, outcome('re'));
        expect(await quotedRows()).toEqual([[false, true]]);
      });

      test('is gone with the text of a deleted message, and of a dead one after 72 hours', async () => {
        const first = message('uno', undefined, { quoted: 'antes' });
        await store.inbox.accept(first);
        await store.inbox.deleteMessage('whatsapp', first.platformId);
        await say('dos', { quoted: 'antes', gatherMs: 0 });
        await store.inbox.giveUp(await claimOne(), 'perdón');
        expect(await quotedRows()).toEqual([
          [true, true],
          [false, false],
        ]);
        clock.advance(72 * HOUR);
        await store.upkeep.sweep(30);
        expect(await quotedRows()).toEqual([
          [true, true],
          [true, true],
        ]);
      });
    });

    describe('an edit', () => {
      test('changes what is still open, and its turn is answered as edited', async () => {
        const sent = message('pasaprote', undefined, { gatherMs: QUIET, quoted: 'antes' });
        await store.inbox.accept(sent);
        expect(await other.inbox.amendMessage('whatsapp', sent.platformId, 'pasaporte')).toBe('amended');
        clock.advance(QUIET);
        const turn = await claimOne();
        expect(turn.messages).toMatchObject([{ text: 'pasaporte', quoted: 'antes' }]);
        await store.inbox.release(turn);
        const { platformId } = sent;
        expect(await store.inbox.amendMessage('whatsapp', platformId, 'visa', 'otra')).toBe('amended');
        expect((await claimOne()).messages).toMatchObject([{ text: 'visa', quoted: 'otra' }]);
      });

      test('changes nothing of what is being answered, was answered, or is not known', async () => {
        const sent = message('hola');
        await store.inbox.accept(sent);
        const edit = () => store.inbox.amendMessage('whatsapp', sent.platformId, 'adiós');
        const turn = await claimOne();
        expect(await edit()).toBe('closed');
        await store.inbox.close(turn, outcome('re'));
        expect(await edit()).toBe('closed');
        expect(await store.inbox.amendMessage('teams', sent.platformId, 'adiós')).toBe('unknown');
        await run(`update inbox set state = 'open'`);
        expect(await turns()).toEqual([['masked']]);
      });

      test('that may not wait makes its turn due', async () => {
        await say('hay un');
        const sent = message('hombre', undefined, { gatherMs: QUIET });
        await store.inbox.accept(sent);
        await store.inbox.amendMessage('whatsapp', sent.platformId, 'hombre que me sigue', undefined, true);
        expect(await turns()).toEqual([['hay un', 'hombre que me sigue']]);
      });
    });
  });
}
