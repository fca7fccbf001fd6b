import { beforeEach, describe, expect, test } from 'vitest';
import type { ConversationId } from '#src/channels/channel.ts';
import { parseDataKeys } from '#src/storage/data-keys.ts';
import type { Database } from '#src/storage/database.ts';
import { openStore } from '#src/storage/sql-store.ts';
import type { Store } from '#src/storage/store.ts';
import type { TestDatabase } from '../support/databases.ts';
import type { FakeClock } from '../support/fake-clock.ts';
import { DAY, HOUR, KEY_A, KEY_B, LEASE, outcome, texts, useStores } from './stores.ts';

/** What every store promises. `other` is a second gateway on the same data. */
export function storeContract(name: string, make: () => Promise<TestDatabase>): void {
  describe(`store contract on ${name}`, () => {
    const place = useStores(make);
    const { run, message, claimAll, claimOne, deliveries, deliverAll, answered, everything } = place;
    let database: Database;
    let clock: FakeClock;
    let store: Store;
    let other: Store;
    beforeEach(() => {
      ({ database, clock, store, other } = place.now());
    });

    describe('inbox', () => {
      test('a message that comes twice is stored once and keeps its id', async () => {
        const twice = message('hola');
        const first = await store.inbox.accept(twice);
        const again = await other.inbox.accept(twice);
        expect(first.kind).toBe('accepted');
        expect(again).toEqual({ kind: 'duplicate', id: first.id });
        expect(texts(await claimAll())).toEqual(['hola']);
      });

      test('a message that two gateways take at once, of a person never met, is stored once', async () => {
        for (let round = 0; round < 8; round += 1) {
          const fresh = message(`ronda ${round}`, `5027770000${round}`);
          const kinds = await Promise.all([store.inbox.accept(fresh), other.inbox.accept(fresh)]);
          expect(kinds.map((accepted) => accepted.kind).sort()).toEqual(['accepted', 'duplicate']);
          expect(kinds[0].id).toBe(kinds[1].id);
        }
        expect(await store.inbox.openCount()).toBe(8);
      });

      test('a message is handed out with everything it came with', async () => {
        const sent = message('¿Cuánto cuesta? 🛂', '50255500000', { asOf: '2025-12-01' });
        const { id } = await store.inbox.accept(sent);
        const turn = await claimOne();
        expect(turn).toMatchObject({
          id,
          channel: 'whatsapp',
          conversation: sent.conversation,
          audience: 'public',
          context: undefined,
          claims: 1,
          failures: 0,
        });
        expect(turn.messages).toEqual([
          {
            id,
            platformId: sent.platformId,
            form: 'text',
            text: sent.text,
            quoted: undefined,
            receivedAt: sent.receivedAt,
            asOf: '2025-12-01',
          },
        ]);
        expect(turn.person).toBe(await store.people.find({ kind: 'whatsapp-phone', value: '50255500000' }));
      });

      test('turns of one conversation are handed out one after the other, conversations side by side', async () => {
        await store.inbox.accept(message('a1', '50211110001'));
        await store.inbox.accept(message('a2', '50211110001'));
        await store.inbox.accept(message('b1', '50211110002'));
        const first = await claimAll();
        expect(texts(first)).toEqual(['a1', 'b1']);
        expect(await claimAll(other)).toEqual([]);
        const [a1] = first;
        if (a1 !== undefined) await store.inbox.close(a1, outcome('re'));
        expect(texts(await claimAll(other))).toEqual(['a2']);
      });

      test('two workers that claim at once never hold one turn both, nor two of one conversation', async () => {
        for (let index = 0; index < 40; index += 1) {
          await store.inbox.accept(message(`m${index}`, `502333300${10 + (index % 10)}`));
        }
        const held = await Promise.all(
          [store, other, store, other].map((one) => one.inbox.claim({ limit: 4, leaseMs: LEASE })),
        );
        const turns = held.flat();
        expect(new Set(turns.map((turn) => turn.id)).size).toBe(turns.length);
        expect(new Set(turns.map((turn) => turn.conversation)).size).toBe(turns.length);
        const rest = await claimAll();
        expect([...texts(turns), ...texts(rest)].sort()).toEqual(
          Array.from({ length: 10 }, (_, index) => `m${index}`),
        );
      });

      test('a turn whose worker died is handed out again when its lease ends, and the dead worker closes nothing', async () => {
        await store.inbox.accept(message('hola'));
        const lost = await claimOne();
        clock.advance(LEASE - 1);
        expect(await claimAll(other)).toEqual([]);
        clock.advance(1);
        const taken = await claimOne(other);
        expect(taken).toMatchObject({ id: lost.id, claims: 2, failures: 0 });
        expect(await store.inbox.close(lost, outcome('of the dead'))).toBe(false);
        expect(await store.inbox.renew(lost, LEASE)).toBe(false);
        expect(await other.inbox.close(taken, outcome('of the living'))).toBe(true);
        expect((await deliveries()).map((delivery) => delivery.payload)).toEqual(['of the living']);
      });

      test('a renewed lease keeps the turn', async () => {
        await store.inbox.accept(message('hola'));
        const turn = await claimOne();
        clock.advance(LEASE - 1);
        expect(await store.inbox.renew(turn, LEASE)).toBe(true);
        clock.advance(LEASE - 1);
        expect(await claimAll(other)).toEqual([]);
      });

      test('a crash between accepting and committing leaves no message', async () => {
        const crashed = store.transaction(async (within) => {
          await within.inbox.accept(message('perdido'));
          throw new Error('crash');
        });
        await expect(crashed).rejects.toThrow('crash');
        expect(await store.inbox.openCount()).toBe(0);
        expect(await store.people.find({ kind: 'whatsapp-phone', value: '50255512345' })).toBeUndefined();
      });

      test('a crash while a turn closes leaves it open and sends nothing', async () => {
        await store.inbox.accept(message('hola'));
        const turn = await claimOne();
        const crashed = store.transaction(async (within) => {
          await within.inbox.close(turn, outcome('re'));
          throw new Error('crash');
        });
        await expect(crashed).rejects.toThrow('crash');
        expect(await deliveries()).toEqual([]);
        clock.advance(LEASE);
        expect(texts(await claimAll())).toEqual(['hola']);
      });

      test('a failed turn comes back at its time and later messages of its talk wait for it', async () => {
        await store.inbox.accept(message('primero'));
        await store.inbox.accept(message('segundo'));
        await store.inbox.fail(await claimOne(), new Date(clock.now().getTime() + 5_000));
        expect(await claimAll()).toEqual([]);
        clock.advance(5_000);
        const again = await claimAll();
        expect(texts(again)).toEqual(['primero']);
        expect(again[0]?.failures).toBe(1);
      });

      test('a released turn is handed out again at once', async () => {
        await store.inbox.accept(message('hola'));
        await store.inbox.release(await claimOne());
        expect(await claimOne(other)).toMatchObject({ claims: 1, failures: 0 });
      });

      test('a message deleted by its writer is not answered, keeps no text and is not taken again', async () => {
        const sent = message('me arrepentí');
        const { id } = await store.inbox.accept(sent);
        const turn = await claimOne();
        expect(await other.inbox.deleteMessage('whatsapp', sent.platformId)).toBe(true);
        expect(await store.inbox.close(turn, outcome('re'))).toBe(false);
        expect(await store.inbox.accept(sent)).toEqual({ kind: 'duplicate', id });
        const rows = await database.sql.selectFrom('inbox').select(['state', 'text_sealed']).execute();
        expect(rows).toEqual([{ state: 'deleted', text_sealed: null }]);
        expect(await store.inbox.deleteMessage('whatsapp', 'unknown')).toBe(false);
      });
    });

    describe('context', () => {
      test('the next turn gets what the one before left, within two hours', async () => {
        await answered('visa', { context: '{"topic":"visa"}' });
        clock.advance(2 * HOUR - 1);
        await store.inbox.accept(message('¿y cuánto cuesta?'));
        const turn = await claimOne(other);
        expect(turn.context).toBe('{"topic":"visa"}');
        expect((await store.turns.recent(turn.conversation, 5)).map((one) => one.context)).toEqual([
          '{"topic":"visa"}',
        ]);
        await store.inbox.fail(turn, clock.now());
        clock.advance(1);
        expect((await claimOne()).context).toBeUndefined();
        expect(await store.turns.recent(turn.conversation, 5)).toEqual([]);
      });

      test('one talk never gets the context of another', async () => {
        await answered('visa', { context: 'of the first' }, '50210000001');
        await store.inbox.accept(message('hola', '50210000002'));
        expect((await claimOne()).context).toBeUndefined();
      });

      test('a turn is found by its id and by its case number', async () => {
        const { id } = await answered('visa', { context: 'why' });
        expect(await store.turns.find(id)).toMatchObject({ id, kind: 'answer', context: 'why' });
        expect(await store.turns.find(id.slice(0, 8).toUpperCase())).toMatchObject({ id });
        expect(await store.turns.find("x' or true --")).toBeUndefined();
      });
    });

    describe('outbox', () => {
      test('replies of one conversation leave in order, one at a time', async () => {
        await answered('uno');
        await answered('dos');
        const [first, ...rest] = await deliveries();
        expect([first?.payload, rest.length]).toEqual(['re: uno', 0]);
        expect(await deliveries(other)).toEqual([]);
        if (first !== undefined) expect(await store.outbox.delivered(first, ['p1'])).toBe(true);
        expect((await deliveries(other)).map((delivery) => delivery.payload)).toEqual(['re: dos']);
      });

      test('a delivery that failed comes back at its time, counted, and one that succeeded never', async () => {
        await answered('uno');
        const [first] = await deliveries();
        if (first === undefined) throw new Error('no delivery');
        await store.outbox.retry(first, new Date(clock.now().getTime() + 1_000), 'CHANNEL_UNAVAILABLE');
        expect(await deliveries()).toEqual([]);
        clock.advance(1_000);
        const [again] = await deliveries();
        expect(again).toMatchObject({ id: first.id, failures: 1 });
        expect(await store.outbox.delivered(first, [])).toBe(false);
        if (again !== undefined) await store.outbox.delivered(again, ['p1', 'p2']);
        clock.advance(LEASE);
        expect(await deliveries()).toEqual([]);
        expect(await store.outbox.replyTo(first.message ?? '')).toEqual({
          state: 'done',
          payload: 're: uno',
        });
      });

      test('only deliveries of the channels asked for are handed out', async () => {
        await answered('uno');
        expect(await store.outbox.claim({ channels: ['teams'], limit: 10, leaseMs: LEASE })).toEqual([]);
        expect(await deliveries()).toHaveLength(1);
      });

      test('an occasion is served once, and only to somebody known', async () => {
        const official = { channel: 'teams', conversation: 'teams:ana' as ConversationId } as const;
        await store.inbox.accept(message('hola', 'ana', official));
        const nudge = {
          conversation: 'teams:ana' as ConversationId,
          kind: 'nudge',
          payload: 'recuerde',
          onceKey: 'deber-1 aviso-7 teams:ana',
        } as const;
        expect(await store.outbox.put(nudge)).toBe(true);
        expect(await other.outbox.put(nudge)).toBe(false);
        const stranger = { ...nudge, conversation: 'teams:nadie' as ConversationId, onceKey: 'deber-2' };
        expect(await store.outbox.put(stranger)).toBe(false);
        expect(await store.outbox.openCount()).toBe(1);
        expect(await everything()).not.toMatch(/deber|teams:ana/);
      });
    });

    describe('dead letters', () => {
      test('a turn that was given up is apologised for, listed without text, and can be sent again', async () => {
        await store.inbox.accept(message('difícil'));
        const turn = await claimOne();
        await store.inbox.fail(turn, clock.now());
        const again = await claimOne();
        expect(await store.inbox.giveUp(again, 'perdón')).toBe(true);
        expect((await deliveries()).map(({ kind, payload }) => [kind, payload])).toEqual([
          ['apology', 'perdón'],
        ]);
        const [letter] = await store.deadLetters.list();
        expect(letter).toMatchObject({
          id: turn.id,
          kind: 'message',
          channel: 'whatsapp',
          failures: 1,
          canResend: true,
        });
        expect(await store.deadLetters.count()).toBe(1);
        await other.deadLetters.resend(letter?.caseNumber ?? '');
        expect(await store.deadLetters.list()).toEqual([]);
        expect(await claimOne()).toMatchObject({ id: turn.id, failures: 0, claims: 1 });
      });

      test('a delivery that was given up lets the next go and can be sent again', async () => {
        await answered('uno');
        await answered('dos');
        const [first] = await deliveries();
        if (first === undefined) throw new Error('no delivery');
        await store.outbox.giveUp(first, 'UNREACHABLE_PERSON');
        expect((await deliveries()).map((delivery) => delivery.payload)).toEqual(['re: dos']);
        const [letter] = await store.deadLetters.list();
        expect(letter).toMatchObject({ id: first.id, kind: 'delivery', reason: 'UNREACHABLE_PERSON' });
        await store.deadLetters.resend(first.id);
        expect(await store.deadLetters.count()).toBe(0);
        clock.advance(LEASE);
        expect((await deliveries()).map((delivery) => delivery.payload)).toEqual(['re: uno']);
      });

      test('what is not there, or has no text any more, cannot be sent again', async () => {
        await expect(store.deadLetters.resend('deadbeef')).rejects.toMatchObject({ code: 'NOT_FOUND' });
        await expect(store.deadLetters.resend('%')).rejects.toMatchObject({ code: 'NOT_FOUND' });
        await store.inbox.accept(message('viejo'));
        const turn = await claimOne();
        await store.inbox.giveUp(turn, 'perdón');
        clock.advance(72 * HOUR);
        await store.upkeep.sweep(30);
        expect((await store.deadLetters.list())[0]?.canResend).toBe(false);
        await expect(store.deadLetters.resend(turn.id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
      });
    });

    describe('people', () => {
      test('one person keeps one id under all their names', async () => {
        const phone = { kind: 'whatsapp-phone', value: '50240000001' } as const;
        const lid = { kind: 'whatsapp-lid', value: '9001@lid' } as const;
        const person = await store.people.resolve([phone]);
        expect(await other.people.resolve([phone, lid])).toBe(person);
        expect(await store.people.find(lid)).toBe(person);
        expect(await store.people.aliasesOf(person)).toHaveLength(2);
        expect(await store.people.find({ kind: 'teams-aad', value: '50240000001' })).toBeUndefined();
      });

      test('two who prove to be one become the earlier, with everything the later had', async () => {
        await store.inbox.accept(message('por número', '50240000002'));
        clock.advance(1_000);
        const byLid = message('por lid', '9002', { sender: [{ kind: 'whatsapp-lid', value: '9002' }] });
        await store.inbox.accept(byLid);
        const earlier = await store.people.find({ kind: 'whatsapp-phone', value: '50240000002' });
        const both = message('soy yo', '9002', {
          sender: [
            { kind: 'whatsapp-lid', value: '9002' },
            { kind: 'whatsapp-phone', value: '50240000002' },
          ],
        });
        await other.inbox.accept(both);
        expect(await store.people.find({ kind: 'whatsapp-lid', value: '9002' })).toBe(earlier);
        expect(await store.erasure.count(earlier ?? '')).toMatchObject({
          messages: 3,
          conversations: 2,
          aliases: 2,
        });
      });
    });

    describe('privacy', () => {
      test('nothing that a person wrote or is reached by stands in any column', async () => {
        const marked = message('SECRETO-TEXTO', '50298765432');
        await store.inbox.accept(marked);
        const turn = await claimOne();
        await store.inbox.close(
          turn,
          outcome('SECRETO-RESPUESTA', { masked: ['SECRETO-TAPADO'], context: 'SECRETO-CONTEXTO' }),
        );
        const [delivery] = await deliveries();
        if (delivery !== undefined) await store.outbox.delivered(delivery, ['true_50298765432@c.us_X']);
        const stored = await everything();
        expect(stored).toContain(turn.id);
        expect(stored).not.toMatch(/SECRETO|98765432/);
      });

      test('raw text is gone once the turn closes; the masked text takes its place', async () => {
        const turn = await answered('me llamo Ana', { masked: ['me llamo [nombre]'] });
        const row = await database.sql
          .selectFrom('inbox')
          .select('text_sealed')
          .where('id', '=', turn.id)
          .executeTakeFirst();
        const again = await openStore({ database, keys: parseDataKeys(KEY_A), clock });
        expect(row?.text_sealed).not.toBeNull();
        await run(`update inbox set state = 'open'`);
        expect(texts(await claimAll(again))).toEqual(['me llamo [nombre]']);
      });

      test('erasing a person leaves nothing of them and nothing of others is touched', async () => {
        await answered('uno', { context: 'c' }, '50210000001');
        await answered('dos', { context: 'c' }, '50210000002');
        const person = await store.people.find({ kind: 'whatsapp-phone', value: '50210000001' });
        const counts = await store.erasure.erase(person ?? '');
        expect(counts).toEqual({ messages: 1, turns: 1, replies: 1, conversations: 1, aliases: 1 });
        expect(await store.erasure.count(person ?? '')).toEqual({
          messages: 0,
          turns: 0,
          replies: 0,
          conversations: 0,
          aliases: 0,
        });
        expect((await deliveries()).map(({ payload }) => payload)).toEqual(['re: dos', '']);
        expect((await store.erasure.list()).map((entry) => [entry.kind, entry.ref])).toEqual([
          ['person', person],
        ]);
        expect((await store.inbox.accept(message('de nuevo', '50210000001'))).kind).toBe('accepted');
        expect(await store.people.find({ kind: 'whatsapp-phone', value: '50210000001' })).not.toBe(person);
      });

      test('a turn that erases its person still delivers its reply, and then nothing is left', async () => {
        await answered('antes');
        await store.inbox.accept(message('borrar mis datos'));
        const turn = await claimOne();
        expect(
          await store.inbox.close(turn, outcome('borrado', { kind: 'command', erasePerson: true })),
        ).toBe(true);
        expect(await store.people.find({ kind: 'whatsapp-phone', value: '50255512345' })).toBeUndefined();
        const sent = await deliveries();
        expect(sent.map(({ conversation, payload }) => [conversation, payload])).toEqual([
          ['whatsapp:50255512345@c.us', 'borrado'],
        ]);
        for (const delivery of sent) await store.outbox.delivered(delivery, []);
        await deliverAll();
        await store.upkeep.sweep(30);
        for (const table of ['people', 'aliases', 'conversations', 'inbox', 'turns', 'outbox'] as const) {
          expect(await database.sql.selectFrom(table).selectAll().execute()).toEqual([]);
        }
      });

      test('the erasure list is applied once to older data, merged people included', async () => {
        const phone = { kind: 'whatsapp-phone', value: '1' } as const;
        const lid = { kind: 'whatsapp-lid', value: '2' } as const;
        const first = await store.people.resolve([phone]);
        clock.advance(1);
        const later = await store.people.resolve([lid]);
        expect(await store.people.resolve([phone, lid])).toBe(first);
        await store.erasure.erase(first);
        const list = await store.erasure.list();
        expect(list.map((entry) => entry.ref).sort()).toEqual([first, later].sort());
        await run('truncate erasures');
        await database.sql.insertInto('people').values({ id: later, created_at: clock.now() }).execute();
        expect(await store.erasure.apply(list)).toBe(2);
        expect(await store.erasure.apply(list)).toBe(0);
        expect(await database.sql.selectFrom('people').selectAll().execute()).toEqual([]);
      });

      test('masked text goes after the retention, turns about danger lose theirs after 72 hours', async () => {
        await answered('trámite', { context: 'c' }, '50210000001');
        await answered('peligro', { context: 'c', sensitive: true }, '50210000002');
        for (const delivery of await deliveries()) await store.outbox.delivered(delivery, []);
        clock.advance(72 * HOUR - 1);
        expect(await store.upkeep.sweep(30)).toEqual({ texts: 0, rows: 0, conversations: 0 });
        clock.advance(1);
        expect((await store.upkeep.sweep(30)).texts).toBe(3);
        const kept = await database.sql
          .selectFrom('inbox')
          .select(['sensitive', 'text_sealed'])
          .orderBy('seq')
          .execute();
        expect(kept.map((row) => [row.sensitive, row.text_sealed === null])).toEqual([
          [false, false],
          [true, true],
        ]);
        clock.advance(27 * DAY);
        const last = await store.upkeep.sweep(30);
        expect(last).toMatchObject({ texts: 0, rows: 6 });
        await deliverAll();
        await store.upkeep.sweep(30);
        for (const table of ['people', 'aliases', 'conversations', 'inbox', 'turns', 'outbox'] as const) {
          expect(await database.sql.selectFrom(table).selectAll().execute()).toEqual([]);
        }
      });

      test('retention never touches what is still open', async () => {
        await answered('contestado');
        await store.inbox.accept(message('esperando'));
        clock.advance(100 * DAY);
        await store.upkeep.sweep(30);
        expect(texts(await claimAll())).toEqual(['esperando']);
        expect((await deliveries()).map((delivery) => delivery.payload)).toEqual(['re: contestado']);
      });
    });

    describe('keys', () => {
      test('a rotation seals everything anew, in batches, and the old key is needed no more', async () => {
        await answered('uno', { context: 'recordado' });
        await store.inbox.accept(message('dos'));
        const both = await openStore({ database, keys: parseDataKeys(`${KEY_B},${KEY_A}`), clock });
        let batches = 0;
        while ((await both.upkeep.rotateKeys(3)) > 0) batches += 1;
        expect(batches).toBeGreaterThan(1);
        expect(await everything()).not.toContain('v1.a.');
        const only = await openStore({ database, keys: parseDataKeys(KEY_B), clock });
        const turn = await claimOne(only);
        expect([turn.messages[0].text, turn.context]).toEqual(['dos', 'recordado']);
        expect(await only.people.find({ kind: 'whatsapp-phone', value: '50255512345' })).toBe(turn.person);
      });

      test('a wrong key, or an unknown one, opens nothing and changes nothing', async () => {
        await answered('uno');
        const before = await everything();
        const wrong = parseDataKeys(`a:${Buffer.alloc(32, 9).toString('base64')}`);
        await expect(openStore({ database, keys: wrong, clock })).rejects.toMatchObject({
          code: 'KEY_INVALID',
        });
        await expect(openStore({ database, keys: parseDataKeys(KEY_B), clock })).rejects.toMatchObject({
          code: 'KEY_INVALID',
        });
        expect(await everything()).toBe(before);
      });

      test('an old key taken away before everything is sealed anew is missed at once', async () => {
        await answered('uno');
        await store.inbox.accept(message('dos'));
        const both = await openStore({ database, keys: parseDataKeys(`${KEY_B},${KEY_A}`), clock });
        expect(await both.upkeep.rotateKeys(2)).toBe(2);
        const early = openStore({ database, keys: parseDataKeys(KEY_B), clock });
        await expect(early).rejects.toMatchObject({
          code: 'KEY_INVALID',
          message: expect.stringMatching(/faltan.*: a\./),
        });
      });

      test('a sealed value moved to another row does not open', async () => {
        await store.inbox.accept(message('uno', '50210000001'));
        await store.inbox.accept(message('dos', '50210000002'));
        await run('update inbox set text_sealed = (select text_sealed from inbox order by seq limit 1)');
        await expect(claimAll()).rejects.toMatchObject({ code: 'KEY_INVALID' });
      });
    });

    describe('what is needed to write back', () => {
      const talk = 'teams:a' as ConversationId;

      test('is kept sealed, replaced and forgotten', async () => {
        expect(await store.writeBack.get(talk)).toBeUndefined();
        await store.writeBack.set(talk, '{"serviceUrl":"uno"}');
        await store.writeBack.set(talk, '{"serviceUrl":"dos"}');
        expect(await store.writeBack.get(talk)).toBe('{"serviceUrl":"dos"}');
        await store.writeBack.delete(talk);
        expect(await store.writeBack.get(talk)).toBeUndefined();
      });
    });

    describe('leases', () => {
      test('a part has one owner until it lets go or falls silent, and the later owner has the higher token', async () => {
        const first = await store.leases.hold('whatsapp', 'g1', LEASE);
        expect(first?.token).toBe(1);
        expect(await other.leases.hold('whatsapp', 'g2', LEASE)).toBeUndefined();
        clock.advance(LEASE - 1);
        expect(await store.leases.hold('whatsapp', 'g1', LEASE)).toEqual(first);
        clock.advance(LEASE);
        const later = await other.leases.hold('whatsapp', 'g2', LEASE);
        expect(later?.token).toBe(2);
        if (first !== undefined) await store.leases.release(first);
        expect(await store.leases.hold('whatsapp', 'g1', LEASE)).toBeUndefined();
        if (later !== undefined) await other.leases.release(later);
        expect((await store.leases.hold('whatsapp', 'g1', LEASE))?.token).toBe(3);
      });

      test('two that reach for a part at once: one gets it', async () => {
        const got = await Promise.all([
          store.leases.hold('tick', 'g1', LEASE),
          other.leases.hold('tick', 'g2', LEASE),
        ]);
        expect(got.filter((lease) => lease !== undefined)).toHaveLength(1);
      });
    });

    describe('schedule', () => {
      test('what is due is handed out once, earliest first, and comes back when its worker dies', async () => {
        const at = (ms: number) => new Date(clock.now().getTime() + ms);
        await store.schedule.put({ key: 'b', kind: 'nudge', ref: 'r2', dueAt: at(2_000) });
        await store.schedule.put({ key: 'a', kind: 'nudge', ref: 'r1', dueAt: at(1_000) });
        await store.schedule.put({ key: 'c', kind: 'nudge', ref: 'r3', dueAt: at(9_000) });
        expect(await store.schedule.claim({ limit: 10, leaseMs: LEASE })).toEqual([]);
        clock.advance(2_000);
        const due = await store.schedule.claim({ limit: 10, leaseMs: LEASE });
        expect(due.map((entry) => entry.key)).toEqual(['a', 'b']);
        expect(await other.schedule.claim({ limit: 10, leaseMs: LEASE })).toEqual([]);
        if (due[0] !== undefined) await store.schedule.finish(due[0]);
        await store.schedule.cancel('c');
        clock.advance(LEASE);
        const again = await other.schedule.claim({ limit: 10, leaseMs: LEASE });
        expect(again.map((entry) => entry.key)).toEqual(['b']);
      });

      test('an entry moved while it is worked on stays', async () => {
        await store.schedule.put({ key: 'a', kind: 'nudge', ref: 'r1', dueAt: clock.now() });
        const [due] = await store.schedule.claim({ limit: 1, leaseMs: LEASE });
        await store.schedule.put({
          key: 'a',
          kind: 'nudge',
          ref: 'r1',
          dueAt: new Date(clock.now().getTime() + 1_000),
        });
        if (due !== undefined) await store.schedule.finish(due);
        clock.advance(1_000);
        expect(await store.schedule.claim({ limit: 1, leaseMs: LEASE })).toHaveLength(1);
      });
    });
  });
}
