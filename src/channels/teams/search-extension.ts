import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import type { Logger } from '../../log.ts';
import type { SearchCompendium } from '../compendium-search.ts';
import { errorFacts } from './error-facts.ts';
import type { Inbound, InvokeAnswer, TakeInvoke } from './inbound.ts';
import { searchAttachment } from './search-card.ts';

/** What the search from the compose box needs. */
export interface SearchExtensionParts {
  readonly search: SearchCompendium;
  readonly log: Logger;
  /** After that the person is told to try again. */
  readonly answerMs?: number;
}

/** Teams gives up after 5 s. */
const ANSWER_MS = 4_000;
const LONGEST_QUERY = 300;
const PAGE = { usual: 10, most: 25 };
/** Teams pages on for as long as there is more. */
const FURTHEST = 500;

const QUERY = 'composeExtension/query';
/** What Teams names a query that nobody has typed yet. */
const INITIAL = 'initialRun';

const NOTHING =
  'No encontré nada en el compendio con esas palabras. Pruebe con el número o el nombre de la norma.';
const TOO_LATE = 'La búsqueda tardó demasiado. Vuelva a intentar.';
const FAILED = 'No pude buscar en este momento. Vuelva a intentar en unos minutos.';

const number = z.number().int().min(0).catch(0);
const valueSchema = z.looseObject({
  parameters: z.array(z.looseObject({ name: z.string(), value: z.unknown() })).catch([]),
  queryOptions: z.looseObject({ skip: number, count: number }).catch({ skip: 0, count: 0 }),
});

/**
 * Answers the search from Teams' compose box: hits as previews, each with the card that is put into the message when it
 * is chosen. Nothing is answered later: Teams waits for it.
 */
export function createSearchExtension(parts: SearchExtensionParts): TakeInvoke {
  const { log, answerMs = ANSWER_MS } = parts;
  return async (inbound) => {
    if (inbound.activity.type !== 'invoke' || inbound.activity['name'] !== QUERY) return undefined;
    const done = new AbortController();
    const late = sleep(answerMs, say(TOO_LATE), { ref: false, signal: done.signal }).catch(() =>
      say(TOO_LATE),
    );
    const found = answerQuery(inbound, parts).catch((error: unknown) => {
      log.warn(errorFacts(error), 'teams search failed');
      return say(FAILED);
    });
    return Promise.race([found, late]).finally(() => done.abort());
  };
}

async function answerQuery(
  { activity, asker }: Inbound,
  { search }: SearchExtensionParts,
): Promise<InvokeAnswer> {
  const { parameters, queryOptions } = valueSchema.parse(activity.value ?? {});
  const typed = parameters.find(({ name, value }) => name !== INITIAL && typeof value === 'string')?.value;
  const query = String(typed ?? '')
    .trim()
    .slice(0, LONGEST_QUERY);
  const skip = Math.min(queryOptions.skip, FURTHEST);
  const count = Math.min(queryOptions.count || PAGE.usual, PAGE.most);
  const hits = await search(query, { audience: asker.audience, skip, count });
  // An empty page after a full one ends the list; Teams would put a sentence in its place.
  if (hits.length === 0 && skip === 0) return say(NOTHING);
  return result({ type: 'result', attachmentLayout: 'list', attachments: hits.map(searchAttachment) });
}

function say(text: string): InvokeAnswer {
  return result({ type: 'message', text });
}

function result(composeExtension: object): InvokeAnswer {
  return { status: 200, body: { composeExtension } };
}
