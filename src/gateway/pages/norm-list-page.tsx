import type { VNode } from 'preact';
import type { Norm } from '../../knowledge/unit.ts';
import { normPath, type PublicView } from '../public-view.ts';
import { type Filter, matchesWords } from './filter.ts';
import { FilterForm, Found } from './filter-form.tsx';
import { Layout } from './layout.tsx';
import { stateClass, validityLine } from './review-words.ts';
import type { Site } from './site.ts';

const CHOICES = [
  { value: 'todas', name: 'Todas' },
  { value: 'vigentes', name: 'Vigentes' },
  { value: 'no-vigentes', name: 'Ya no vigentes' },
  { value: 'por-confirmar', name: 'Por confirmar' },
] as const satisfies readonly { readonly value: Filter['vigencia']; readonly name: string }[];

/** The sections that have pages of their own beside the compendium. */
const NOT_NORMS: ReadonlySet<string> = new Set(['/tramites', '/directorio']);

interface NormListPageProps {
  readonly site: Site;
  readonly view: PublicView;
  readonly filter: Filter;
}

/** The compendium: every public norm with its state. */
export function NormListPage({ site, view, filter }: NormListPageProps): VNode {
  const shown = view.norms.filter((norm) => !NOT_NORMS.has(normPath(norm)) && isAsked(norm, filter));
  return (
    <Layout
      site={site}
      title="Normas"
      description="Leyes, reglamentos, acuerdos y tratados de migración de Guatemala, con su vigencia."
      section="/normas"
      crumbs={[]}
    >
      <h1>Normas de migración</h1>
      <p class="lead">
        Leyes, reglamentos, acuerdos y tratados, con su estado. Abra una para leer sus artículos.
      </p>
      <FilterForm
        action="/normas"
        label="Nombre o número"
        q={filter.q}
        select={{ name: 'vigencia', label: 'Vigencia', value: filter.vigencia, choices: CHOICES }}
      />
      <Found count={shown.length} one="norma" many="normas" />
      <ul class="cards">
        {shown.map((norm) => (
          <li key={norm.id}>
            <a href={normPath(norm)}>{norm.title}</a>
            <p>{norm.number}</p>
            <p class={stateClass(norm.validity)}>
              <b>{validityLine(norm.validity)}.</b>
              {articleCount(view.unitsOf(norm.id).length)}
            </p>
          </li>
        ))}
      </ul>
    </Layout>
  );
}

function articleCount(count: number): string {
  if (count === 0) return '';
  return count === 1 ? ' 1 ficha para leer' : ` ${count} fichas para leer`;
}

function isAsked(norm: Norm, { q, vigencia }: Filter): boolean {
  return (
    (vigencia === 'todas' || vigencia === groupOf(norm)) &&
    matchesWords(q, [norm.title, norm.shortTitle ?? '', norm.number, norm.id, ...norm.aliases, ...norm.tags])
  );
}

function groupOf({ validity }: Norm): Filter['vigencia'] {
  if (validity.status === 'por-confirmar') return 'por-confirmar';
  return validity.status === 'vigente' || validity.status === 'reformado' ? 'vigentes' : 'no-vigentes';
}
