import { sql } from 'kysely';
import { z } from 'zod';
import type { Alias, Aliases, People } from './people.ts';
import { inTransaction, type StoreContext } from './store-context.ts';

const kindSchema = z.enum(['whatsapp-phone', 'whatsapp-lid', 'whatsapp-bsuid', 'teams-aad', 'web-session']);

/** People in SQL. */
export function sqlPeople(context: StoreContext): People {
  return {
    async find(alias) {
      const row = await context.db
        .selectFrom('aliases')
        .select('person')
        .where('lookup', '=', aliasLookup(context, alias))
        .executeTakeFirst();
      return row?.person;
    },
    resolve: (aliases) => inTransaction(context, (within) => resolve(within, aliases)),
    async aliasesOf(person) {
      const rows = await context.db
        .selectFrom('aliases')
        .select(['lookup', 'kind', 'value_sealed'])
        .where('person', '=', person)
        .execute();
      return rows.map((row) => ({
        kind: kindSchema.parse(row.kind),
        value: context.cipher.open(row.value_sealed, `aliases.value:${row.lookup}`),
      }));
    },
    stop: (person) => inTransaction(context, (within) => markStopped(within, person, true)),
    resume: (person) => inTransaction(context, (within) => markStopped(within, person, false)),
    async hasStopped(person) {
      const row = await context.db
        .selectFrom('people')
        .select('stopped_at')
        .where('id', '=', person)
        .executeTakeFirst();
      return row !== undefined && row.stopped_at !== null;
    },
  };
}

/** Notes whether a person wants nudges; those that wait, or were given up, are dropped for one who wants none. */
export async function markStopped(context: StoreContext, person: string, stopped: boolean): Promise<void> {
  const { db, clock } = context;
  const stopped_at = stopped ? sql<Date>`coalesce(stopped_at, ${clock.now()}::timestamptz)` : null;
  await db.updateTable('people').set({ stopped_at }).where('id', '=', person).execute();
  if (stopped) await dropNudges(context, person);
}

async function dropNudges({ db }: StoreContext, person: string): Promise<void> {
  await db
    .deleteFrom('outbox')
    .where('person', '=', person)
    .where('kind', '=', 'nudge')
    .where('state', '<>', 'done')
    .execute();
}

/** What an alias is looked up by. */
export function aliasLookup(context: StoreContext, alias: Alias): string {
  return context.lookup(`alias ${alias.kind}`, alias.value);
}

async function resolve(context: StoreContext, aliases: Aliases): Promise<string> {
  const made = await makePerson(context);
  const rows = aliases
    .map((alias) => {
      const lookup = aliasLookup(context, alias);
      const value_sealed = context.cipher.seal(alias.value, `aliases.value:${lookup}`);
      return { lookup, kind: alias.kind, value_sealed, person: made, added_at: context.clock.now() };
    })
    // In one order everywhere, so that two gateways that meet a person at once cannot wait for each other.
    .sort((a, b) => (a.lookup < b.lookup ? -1 : 1));
  await context.db
    .insertInto('aliases')
    .values(rows)
    .onConflict((conflict) => conflict.column('lookup').doNothing())
    .execute();
  const owners = await context.db
    .selectFrom('people')
    .innerJoin('aliases', 'aliases.person', 'people.id')
    .select(['people.id', 'people.created_at'])
    .distinct()
    .where(
      'aliases.lookup',
      'in',
      rows.map((row) => row.lookup),
    )
    .orderBy('people.created_at')
    .orderBy('people.id')
    .execute();
  const known = owners.filter((owner) => owner.id !== made).map((owner) => owner.id);
  const [kept, ...others] = known;
  if (kept === undefined) return made;
  for (const other of [...others, made]) await mergeInto(context, other, kept, other !== made);
  return kept;
}

async function makePerson(context: StoreContext): Promise<string> {
  const id = context.newId();
  await context.db.insertInto('people').values({ id, created_at: context.clock.now() }).execute();
  return id;
}

async function mergeInto(context: StoreContext, old: string, person: string, known: boolean): Promise<void> {
  const { db } = context;
  for (const table of ['aliases', 'conversations', 'inbox', 'turns', 'outbox', 'people_merged'] as const) {
    await db.updateTable(table).set({ person }).where('person', '=', old).execute();
  }
  if (known) {
    await db.insertInto('people_merged').values({ old, person, merged_at: context.clock.now() }).execute();
    await keepStopped(context, old, person);
  }
  await db.deleteFrom('people').where('id', '=', old).execute();
}

/** Whoever wants no nudges under one name wants them under none. */
async function keepStopped(context: StoreContext, old: string, person: string): Promise<void> {
  const stopped = await context.db
    .selectFrom('people')
    .select('id')
    .where('id', 'in', [old, person])
    .where('stopped_at', 'is not', null)
    .executeTakeFirst();
  if (stopped !== undefined) await markStopped(context, person, true);
}
