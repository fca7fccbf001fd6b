import { sql } from 'kysely';
import { AppError } from '../errors.ts';
import { caseNumber, type DeadLetter, type DeadLetters } from './dead-letters.ts';
import { channelSchema } from './sql-inbox-claim.ts';
import { inTransaction, type StoreContext } from './store-context.ts';

interface Row {
  readonly id: string;
  readonly kind: 'message' | 'delivery';
  readonly channel: string;
  readonly failures: number;
  readonly reason: string | null;
  readonly since: Date;
  readonly has_text: boolean;
}

/** Dead letters are the rows of inbox and outbox that were given up. */
export function sqlDeadLetters(context: StoreContext): DeadLetters {
  return {
    list: (limit = 100) => select(context, { limit }),
    resend: (idOrCase) => inTransaction(context, (within) => resend(within, idOrCase)),
    async count() {
      const { rows } = await sql<{ count: number }>`
        select (select count(*) from inbox where state = 'dead')
             + (select count(*) from outbox where state = 'dead') as count`.execute(context.db);
      return rows[0]?.count ?? 0;
    },
  };
}

async function select(
  context: StoreContext,
  { limit, idPrefix = '' }: { readonly limit: number; readonly idPrefix?: string },
): Promise<readonly DeadLetter[]> {
  const { rows } = await sql<Row>`
    select d.id, d.kind, c.channel, d.failures, d.reason, d.since, d.has_text
    from (
      select id, 'message' as kind, conversation, failures, null as reason, closed_at as since,
             text_sealed is not null as has_text
      from inbox where state = 'dead'
      union all
      select id, 'delivery', conversation, failures, last_error, closed_at,
             payload_sealed is not null or kind = 'clear'
      from outbox where state = 'dead'
    ) d join conversations c on c.id = d.conversation
    where starts_with(d.id::text, ${idPrefix}::text)
    order by d.since desc limit ${limit}::int`.execute(context.db);
  return rows.map((row) => ({
    id: row.id,
    caseNumber: caseNumber(row.id),
    kind: row.kind,
    channel: channelSchema.parse(row.channel),
    failures: row.failures,
    reason: row.reason ?? 'TURN_FAILED',
    since: row.since,
    canResend: row.has_text,
  }));
}

async function resend(context: StoreContext, idOrCase: string): Promise<DeadLetter> {
  const wanted = idOrCase.trim().toLowerCase();
  const found = /^[0-9a-f-]{8,36}$/.test(wanted) ? await select(context, { limit: 2, idPrefix: wanted }) : [];
  const [letter] = found;
  if (letter === undefined || found.length > 1) {
    throw new AppError(
      'NOT_FOUND',
      `No hay un mensaje fallido con el número «${idOrCase}». Vea la lista con «orienta dead-letters list».`,
    );
  }
  if (!letter.canResend) {
    throw new AppError(
      'NOT_FOUND',
      `Del mensaje ${letter.caseNumber} ya no se guarda el texto: pasó su plazo. No hay nada que reenviar.`,
    );
  }
  const again = {
    state: 'open',
    failures: 0,
    due_at: context.clock.now(),
    closed_at: null,
    lease: null,
    leased_until: null,
  };
  if (letter.kind === 'delivery') {
    await context.db.updateTable('outbox').set(again).where('id', '=', letter.id).execute();
  } else {
    await context.db
      .updateTable('inbox')
      .set({ ...again, claims: 0 })
      .where('id', '=', letter.id)
      .execute();
  }
  return letter;
}
