import type { VNode } from 'preact';
import { articleWords } from '../../knowledge/article-words.ts';
import { speakingClaims } from '../../knowledge/knowledge.ts';
import type { Norm, Unit, UnitKind } from '../../knowledge/unit.ts';
import { unitAnchor } from '../../knowledge/unit-path.ts';
import { hasNumber, normName } from '../public-view.ts';
import { LinkedText } from './linked-text.tsx';
import { reviewWords, stateClass, validityLine } from './review-words.ts';

/** The kinds that are parts of a norm, and so in force or not. */
const OF_A_NORM: ReadonlySet<UnitKind> = new Set(['norm', 'article', 'policy', 'action']);

interface UnitViewProps {
  readonly unit: Unit;
  readonly norm: Norm | undefined;
  /** The element's id; absent on the second unit of one article. */
  readonly anchor?: string | undefined;
  /** The unit under which this one stands and by which it is cited; what the two have in common is not said twice. */
  readonly above?: Unit | undefined;
  /** Level of the heading. */
  readonly level: 2 | 3 | 4;
}

/** A unit as everybody may read it: title, what it says, state, review, and its citation to copy. */
export function UnitView({ unit, norm, anchor, above, level }: UnitViewProps): VNode {
  const Heading = `h${level}` as const;
  return (
    <article id={anchor}>
      <Heading>
        {hasNumber(unit) ? <span class="number">{articleName(unit)} </span> : null}
        {unit.title}
      </Heading>
      {spokenText(unit).map((text) => (
        <p key={text}>
          <LinkedText text={text} />
        </p>
      ))}
      {above !== undefined && stateWords(above) === stateWords(unit) ? null : <UnitState unit={unit} />}
      {norm === undefined || above !== undefined ? null : <CiteLine text={citationText(unit, norm)} />}
    </article>
  );
}

/** The start of a unit on a page too long to hold all of it, with a link to the rest. */
export function UnitSummary({ unit, anchor }: Pick<UnitViewProps, 'unit' | 'anchor'>): VNode {
  return (
    <article id={anchor}>
      <h2>
        <a href={`?ficha=${unitAnchor(unit)}`}>
          {hasNumber(unit) ? `${articleName(unit)} ` : ''}
          {unit.title}
        </a>
      </h2>
      <p>{spokenText(unit)[0]}</p>
    </article>
  );
}

/** Validity and review of a unit in one line. A guide is never in force: only a state that warns is said of it. */
export function UnitState({ unit }: { readonly unit: Unit }): VNode {
  const isSaid = OF_A_NORM.has(unit.kind) || unit.validity.status !== 'vigente';
  return (
    <p class={stateClass(unit.validity)}>
      {isSaid ? <b>{validityLine(unit.validity)}. </b> : null}
      {reviewWords(unit)}
    </p>
  );
}

function stateWords(unit: Unit): string {
  return `${validityLine(unit.validity)}. ${reviewWords(unit)}`;
}

/** A citation that one tap selects whole. */
export function CiteLine({ text }: { readonly text: string }): VNode {
  return <p class="cite">{text}</p>;
}

/** The mediated text where it has been written, the confirmed claims otherwise. */
function spokenText(unit: Unit): readonly string[] {
  return unit.plain.length > 0 ? unit.plain : speakingClaims(unit).map((claim) => claim.text);
}

function articleName(unit: Unit): string {
  const words = articleWords(unit.article);
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;
}

function citationText(unit: Unit, norm: Norm): string {
  const where = hasNumber(unit) ? articleWords(unit.article) : `«${unit.title}»`;
  return `${normName(norm)} (${norm.number}), ${where}.`;
}
