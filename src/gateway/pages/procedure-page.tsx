import type { VNode } from 'preact';
import { articleWords } from '../../knowledge/article-words.ts';
import { speakingClaims } from '../../knowledge/knowledge.ts';
import type { ClaimPart, Unit } from '../../knowledge/unit.ts';
import { unitPath } from '../../knowledge/unit-path.ts';
import { hasNumber, normName, type PublicView } from '../public-view.ts';
import { Layout } from './layout.tsx';
import { LinkedText } from './linked-text.tsx';
import type { Site } from './site.ts';
import { CiteLine, UnitState } from './unit-view.tsx';

/** The sections of a procedure, in the order in which a person needs them. */
const SECTIONS: readonly { readonly part: ClaimPart; readonly id: string; readonly name: string }[] = [
  { part: 'who', id: 'quien', name: 'Quién' },
  { part: 'kind', id: 'clases', name: 'Clases' },
  { part: 'step', id: 'pasos', name: 'Pasos' },
  { part: 'requirement', id: 'requisitos', name: 'Requisitos' },
  { part: 'cost', id: 'costo', name: 'Cuánto cuesta' },
  { part: 'time', id: 'tiempo', name: 'Cuánto tarda' },
  { part: 'where', id: 'donde', name: 'Dónde' },
  { part: 'contact', id: 'contacto', name: 'Contacto' },
  { part: 'right', id: 'derechos', name: 'Sus derechos' },
  { part: 'responsible', id: 'responsable', name: 'Quién responde' },
];

interface ProcedurePageProps {
  readonly site: Site;
  readonly view: PublicView;
  readonly unit: Unit;
}

/** What a person does at an office: who, steps, requirements, cost, time, where, contact, legal basis. */
export function ProcedurePage({ site, view, unit }: ProcedurePageProps): VNode {
  return (
    <Layout
      site={site}
      title={unit.title}
      description={`${unit.title}: pasos, requisitos, costo, tiempo y dónde hacerlo.`}
      section="/tramites"
      crumbs={[{ name: 'Trámites', path: '/tramites' }]}
    >
      <article class="procedure">
        <h1>{unit.title}</h1>
        <UnitState unit={unit} />
        {textsOf(unit, 'rule').map((text) => (
          <p key={text} class="lead">
            <LinkedText text={text} />
          </p>
        ))}
        <Warnings texts={textsOf(unit, 'warning')} />
        {SECTIONS.map(({ part, id, name }) => (
          <Section key={id} id={id} name={name} texts={textsOf(unit, part)} ordered={part === 'step'} />
        ))}
        <LegalBasis unit={unit} view={view} />
        <CiteLine text={`Guía de trámites: ${unit.title}.`} />
      </article>
    </Layout>
  );
}

function textsOf(unit: Unit, part: ClaimPart): readonly string[] {
  return speakingClaims(unit)
    .filter((claim) => claim.part === part)
    .map((claim) => claim.text);
}

function Warnings({ texts }: { readonly texts: readonly string[] }): VNode | null {
  if (texts.length === 0) return null;
  return (
    <section class="warning" aria-labelledby="aviso">
      <h2 id="aviso">Tenga en cuenta</h2>
      <Texts texts={texts} ordered={false} />
    </section>
  );
}

interface SectionProps {
  readonly id: string;
  readonly name: string;
  readonly texts: readonly string[];
  readonly ordered: boolean;
}

function Section({ id, name, texts, ordered }: SectionProps): VNode | null {
  if (texts.length === 0) return null;
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>{name}</h2>
      <Texts texts={texts} ordered={ordered} />
    </section>
  );
}

function Texts({ texts, ordered }: { readonly texts: readonly string[]; readonly ordered: boolean }): VNode {
  const items = texts.map((text) => (
    <li key={text}>
      <LinkedText text={text} />
    </li>
  ));
  if (ordered) return <ol class="steps">{items}</ol>;
  return <ul class={texts.length === 1 ? 'single' : undefined}>{items}</ul>;
}

function LegalBasis({ unit, view }: { readonly unit: Unit; readonly view: PublicView }): VNode | null {
  const texts = textsOf(unit, 'basis');
  const related = unit.see.map((id) => view.unit(id)).filter((other) => other !== undefined);
  if (texts.length === 0 && related.length === 0) return null;
  return (
    <section aria-labelledby="base">
      <h2 id="base">Base legal</h2>
      {texts.length === 0 ? null : <Texts texts={texts} ordered={false} />}
      <ul class="links">
        {related.map((other) => (
          <li key={other.id}>
            <a href={unitPath(other)}>{nameOf(other, view)}</a>
          </li>
        ))}
      </ul>
    </section>
  );
}

function nameOf(unit: Unit, view: PublicView): string {
  const norm = view.norm(unit.norm);
  if (norm === undefined || unit.norm === 'tramite') return unit.title;
  return hasNumber(unit)
    ? `${normName(norm)}, ${articleWords(unit.article)}: ${unit.title}`
    : `${normName(norm)}: ${unit.title}`;
}
