import { sql } from 'kysely';
import type { ConversationId } from '../channels/channel.ts';
import type { PressedTurn } from './feedback.ts';
import type { LegalQuestions } from './legal-questions.ts';
import { turnOf } from './sql-feedback.ts';
import { channelSchema } from './sql-inbox-claim.ts';
import { sqlPeople } from './sql-people.ts';
import { conversationLookup, inTransaction, type StoreContext } from './store-context.ts';

/** Questions for the legal unit in SQL. */
export function sqlLegalQuestions(context: StoreContext): LegalQuestions {
  return {
    matterOf: (pressed) => matterOf(context, pressed),
    put: (pressed, room, payload) =>
      inTransaction(context, (within) => putQuestion(within, pressed, room, payload)),
    async find(turn, room) {
      const row = await context.db
        .selectFrom('legal_questions')
        .select(['asked_sealed', 'answered_at'])
        .where('turn', '=', turn)
        .where('room', '=', conversationLookup(context, room))
        .executeTakeFirst();
      if (row === undefined) return undefined;
      const sealed = row.asked_sealed;
      return {
        asked: sealed === null ? undefined : context.cipher.open(sealed, `legal_questions.asked:${turn}`),
        isAnswered: row.answered_at !== null,
      };
    },
    answer: (turn, room, payload) =>
      inTransaction(context, (within) => putAnswer(within, turn, room, payload)),
    async stateOf(turn) {
      const row = await context.db
        .selectFrom('legal_questions')
        .select('answered_at')
        .where('turn', '=', turn)
        .executeTakeFirst();
      if (row === undefined) return undefined;
      return row.answered_at === null ? 'asked' : 'answered';
    },
  };
}

async function matterOf(context: StoreContext, pressed: PressedTurn): ReturnType<LegalQuestions['matterOf']> {
  const { db, cipher } = context;
  const { rows } = await turnOf(context, pressed).execute(db);
  if (rows.length === 0) return undefined;
  const id = pressed.turn;
  // A turn bears the id of its first message; where cards are shown it has no other.
  const row = await db
    .selectFrom('turns')
    .leftJoin('inbox', 'inbox.id', 'turns.id')
    .select(['turns.context_sealed', 'inbox.text_sealed'])
    .where('turns.id', '=', id)
    .executeTakeFirst();
  const { text_sealed = null, context_sealed = null } = row ?? {};
  return {
    said: text_sealed === null ? '' : cipher.open(text_sealed, `inbox.text:${id}`),
    context: context_sealed === null ? undefined : cipher.open(context_sealed, `turns.context:${id}`),
  };
}

async function putQuestion(
  context: StoreContext,
  pressed: PressedTurn,
  room: ConversationId,
  payload: string,
): ReturnType<LegalQuestions['put']> {
  const { db, cipher, clock } = context;
  const { rows } = await turnOf(context, pressed).execute(db);
  if (rows.length === 0) return 'unknown';
  const asked_sealed = cipher.seal(payload, `legal_questions.asked:${pressed.turn}`);
  const put = await db
    .insertInto('legal_questions')
    .values({
      turn: pressed.turn,
      room: conversationLookup(context, room),
      asked_sealed,
      asked_at: clock.now(),
      answered_at: null,
    })
    .onConflict((conflict) => conflict.column('turn').doNothing())
    .executeTakeFirst();
  if ((put.numInsertedOrUpdatedRows ?? 0n) === 0n) return 'repeated';
  const conversation = await openRoom(context, room);
  await send(context, pressed.turn, payload, conversation);
  return 'put';
}

async function putAnswer(
  context: StoreContext,
  turn: string,
  room: ConversationId,
  payload: string,
): ReturnType<LegalQuestions['answer']> {
  const { db, clock } = context;
  const ofRoom = conversationLookup(context, room);
  const answered = await db
    .updateTable('legal_questions')
    .set({ answered_at: clock.now() })
    .where('turn', '=', turn)
    .where('room', '=', ofRoom)
    .where('answered_at', 'is', null)
    .executeTakeFirst();
  if (answered.numUpdatedRows > 0n) {
    await send(context, turn, payload);
    return 'answered';
  }
  const known = await db
    .selectFrom('legal_questions')
    .select('turn')
    .where('turn', '=', turn)
    .where('room', '=', ofRoom)
    .executeTakeFirst();
  return known === undefined ? 'unknown' : 'repeated';
}

/**
 * Puts a message about a turn in the outbox. It belongs to the person of the turn, so that it goes when they are erased.
 * @param conversation the turn's own unless said
 */
async function send(
  context: StoreContext,
  turn: string,
  payload: string,
  conversation?: string,
): Promise<void> {
  const { db, cipher, clock } = context;
  const id = context.newId();
  const now = clock.now();
  await sql`
    insert into outbox (id, conversation, person, kind, payload_sealed, state, sensitive, due_at, created_at)
    select ${id}::uuid, coalesce(${conversation ?? null}::uuid, t.conversation), t.person, 'reply',
           ${cipher.seal(payload, `outbox.payload:${id}`)}::text, 'open', t.sensitive,
           ${now}::timestamptz, ${now}::timestamptz
    from turns t where t.id = ${turn}::uuid`.execute(db);
}

/** The row of the room in which questions are put. Nobody need have written there: it is known under its own name. */
async function openRoom(context: StoreContext, room: ConversationId): Promise<string> {
  const { db, cipher, clock } = context;
  const lookup = conversationLookup(context, room);
  const find = () =>
    db.selectFrom('conversations').select('id').where('lookup', '=', lookup).executeTakeFirst();
  const known = await find();
  if (known !== undefined) return known.id;
  const person = await sqlPeople(context).resolve([{ kind: 'teams-aad', value: room }]);
  const id = context.newId();
  await db
    .insertInto('conversations')
    .values({
      id,
      lookup,
      channel: channelSchema.parse(room.split(':', 1)[0]),
      address_sealed: cipher.seal(room, `conversations.address:${id}`),
      person,
      created_at: clock.now(),
    })
    .onConflict((conflict) => conflict.column('lookup').doNothing())
    .execute();
  return (await find())?.id ?? id;
}
