import type { Validity } from '../knowledge/unit.ts';
import { dateWords, validityWords } from '../knowledge/validity-words.ts';

/** The day a question is about and the day it is asked, `YYYY-MM-DD`. */
export interface Days {
  readonly asOf: string;
  /** The same as `asOf` unless said. */
  readonly today?: string;
}

/** How a norm stood on the day asked about; `as-now` where that day tells nothing that today's words do not. */
export type Standing = 'not-yet' | 'until-later' | 'as-now';

/** True when the question is about another day than the one it is asked on. */
export function isAnotherDay({ asOf, today }: Days): boolean {
  return today !== undefined && today !== asOf;
}

/** @param issued day on which the norm was given: it bound nobody before */
export function standingOn(validity: Validity, { asOf }: Days, issued?: string): Standing {
  const { since = issued, until } = validity;
  if (since !== undefined && firstDay(since) > asOf) return 'not-yet';
  return until !== undefined && firstDay(until) > asOf ? 'until-later' : 'as-now';
}

/** The state of a norm or unit on the day asked about, in a few words. */
export function validityWordsOn(validity: Validity, days: Days, issued?: string): string {
  const { since, until } = validity;
  switch (standingOn(validity, days, issued)) {
    case 'not-yet':
      return notYetWords(validity, days);
    case 'until-later':
      // Without a first day nobody knows whether it was in force already, only that it ended later.
      return since === undefined && issued === undefined
        ? `dejó de estar vigente ${onDate(until ?? '')}`
        : `ese día estaba vigente; dejó de estarlo ${onDate(until ?? '')}`;
    case 'as-now':
      return isAnotherDay(days) ? nowWords(validity) : validityWords(validity);
  }
}

/** Today's words where no date tells how it was that day: they must not be read as that day's. */
function nowWords(validity: Validity): string {
  const { status, since, until } = validity;
  if (status === 'vigente' && since === undefined) return 'vigente hoy';
  const gone = status === 'derogado' || status === 'anulado';
  return gone && until === undefined ? `hoy ${validityWords(validity)}` : validityWords(validity);
}

function notYetWords({ since, until }: Validity, days: Days): string {
  const then = isAnotherDay(days) ? 'ese día todavía no existía' : 'todavía no está vigente';
  if (since === undefined) return then;
  const ended = until === undefined ? '' : `, hasta ${onDate(until).replace(/^en /, '')}`;
  return isAnotherDay(days)
    ? `${then}; ${until === undefined ? 'está' : 'estuvo'} vigente desde ${onDate(since).replace(/^en /, '')}${ended}`
    : `${then}; lo estará ${onDate(since)}`;
}

/** "el 8 de octubre de 2025", "en octubre de 2025", "en 2025". */
function onDate(date: string): string {
  return `${date.length === 10 ? 'el' : 'en'} ${dateWords(date)}`;
}

function firstDay(partialDate: string): string {
  return `${partialDate}-01-01`.slice(0, 10);
}
