import type { VNode } from 'preact';
import type { Norm } from '../../knowledge/unit.ts';
import { dateWords } from '../../knowledge/validity-words.ts';
import { normName, normPath, type PublicView } from '../public-view.ts';
import { stateClass, validityLine } from './review-words.ts';
import { CiteLine } from './unit-view.tsx';

interface NormHeadProps {
  readonly norm: Norm;
  readonly view: PublicView;
}

/** A norm's name, number, issuer, state in time, and the norms before and after it. */
export function NormHead({ norm, view }: NormHeadProps): VNode {
  const { validity } = norm;
  return (
    <div class="norm-head">
      <h1>{norm.title}</h1>
      <dl>
        <Row name="Número">{norm.number}</Row>
        <Row name="La emitió">{norm.issuer}</Row>
        {norm.date === undefined ? null : <Row name="Fecha">{dateWords(norm.date)}</Row>}
        <Row name="Estado">
          <span class={stateClass(validity)}>
            <b>{validityLine(validity)}</b>
          </span>
          {validity.checkedOn === undefined ? null : ` (revisado: ${dateWords(validity.checkedOn)})`}
        </Row>
        {validity.partlyInForce === undefined ? null : (
          <Row name="Sigue en vigor">{validity.partlyInForce}</Row>
        )}
        <NormRow name="Sustituyó a" norms={view.predecessorsOf(norm)} />
        <NormRow name="La sustituyó" norms={view.successorsOf(norm)} />
      </dl>
      {validity.note === undefined ? null : <p class="notice">{validity.note}</p>}
      <CiteLine text={`${normName(norm)} (${norm.number}), ${norm.issuer}.`} />
    </div>
  );
}

function Row({
  name,
  children,
}: {
  readonly name: string;
  readonly children: preact.ComponentChildren;
}): VNode {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function NormRow({ name, norms }: { readonly name: string; readonly norms: readonly Norm[] }): VNode | null {
  if (norms.length === 0) return null;
  return (
    <Row name={name}>
      <ul class="chain">
        {norms.map((norm) => (
          <li key={norm.id}>
            <a href={normPath(norm)}>
              {norm.title}, {norm.number}
            </a>
          </li>
        ))}
      </ul>
    </Row>
  );
}
