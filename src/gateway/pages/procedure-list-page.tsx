import type { VNode } from 'preact';
import { unitPath } from '../../knowledge/unit-path.ts';
import type { PublicView } from '../public-view.ts';
import { type Filter, matchesWords } from './filter.ts';
import { FilterForm, Found } from './filter-form.tsx';
import { Layout } from './layout.tsx';
import type { Site } from './site.ts';

interface ProcedureListPageProps {
  readonly site: Site;
  readonly view: PublicView;
  readonly filter: Filter;
}

/** The procedures by name. */
export function ProcedureListPage({ site, view, filter }: ProcedureListPageProps): VNode {
  const shown = view
    .unitsOf('tramite')
    .filter((unit) => matchesWords(filter.q, [unit.title, ...unit.aliases, ...unit.questions.es]));
  return (
    <Layout
      site={site}
      title="Trámites"
      description="Trámites de migración de Guatemala paso a paso: requisitos, costo, tiempo y dónde hacerlos."
      section="/tramites"
      crumbs={[]}
    >
      <h1>Trámites</h1>
      <p class="lead">Paso a paso: quién puede, qué llevar, cuánto cuesta, cuánto tarda y dónde.</p>
      <FilterForm action="/tramites" label="Buscar un trámite" q={filter.q} />
      <Found count={shown.length} one="trámite" many="trámites" />
      <ul class="cards">
        {shown.map((unit) => (
          <li key={unit.id}>
            <a href={unitPath(unit)}>{unit.title}</a>
          </li>
        ))}
      </ul>
    </Layout>
  );
}
