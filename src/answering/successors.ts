import type { Knowledge } from '../knowledge/knowledge.ts';
import type { Norm, Validity } from '../knowledge/unit.ts';
import { isInForce } from '../retrieval/in-force.ts';
import { tellingNumber } from './cite.ts';
import { type Days, isAnotherDay, standingOn } from './validity-on.ts';

/** What took a norm's place, in sentences: what was in force on the day asked about, and what is today. */
export function successorSentences(
  { validity, issued }: { readonly validity: Validity; readonly issued?: string | undefined },
  knowledge: Knowledge,
  days: Days,
): readonly string[] {
  const direct = normsOf(validity.replacedBy, knowledge);
  if (direct.length === 0) return [];
  const today = inForceOn(direct, days.today ?? days.asOf, knowledge);
  const then =
    isAnotherDay(days) && standingOn(validity, days, issued) === 'as-now'
      ? inForceOn(direct, days.asOf, knowledge)
      : [];
  if (then.length > 0 && names(then) === names(today))
    return [`Ese día regía, y hoy también: ${names(today)}.`];
  const sentences = [
    ...(then.length === 0 ? [] : [`Ese día regía: ${names(then)}.`]),
    ...(today.length === 0 ? [] : [`Hoy rige: ${names(today)}.`]),
  ];
  return sentences.length === 0 ? [`Lo reemplazó: ${names(direct)}.`] : sentences;
}

/** Follows each norm to those that took its place until one was surely in force that day. */
function inForceOn(norms: readonly Norm[], day: string, knowledge: Knowledge): readonly Norm[] {
  const seen = new Set<Norm>();
  const follow = (norm: Norm): readonly Norm[] => {
    if (seen.has(norm)) return [];
    seen.add(norm);
    const { validity } = norm;
    // Issued later, it bound nobody that day, even where no source gives its first day.
    if (standingOn(validity, { asOf: day }, norm.date) === 'not-yet') return [];
    if (isInForce(validity, day)) return validity.status === 'por-confirmar' ? [] : [norm];
    return normsOf(validity.replacedBy, knowledge).flatMap(follow);
  };
  return norms.flatMap(follow);
}

function normsOf(ids: readonly string[] | undefined, knowledge: Knowledge): readonly Norm[] {
  return (ids ?? []).map((id) => knowledge.norm(id)).filter((norm) => norm !== undefined);
}

function names(norms: readonly Norm[]): string {
  return norms
    .map((norm) => {
      const number = tellingNumber(norm);
      const name = norm.shortTitle ?? norm.title;
      return number === undefined ? name : `${name} (${number})`;
    })
    .join(' y ');
}
