import type { VNode } from 'preact';
import type { Line } from '../../knowledge/unit.ts';
import { unitAnchor } from '../../knowledge/unit-path.ts';
import type { PublicView } from '../public-view.ts';
import { type Filter, matchesWords } from './filter.ts';
import { FilterForm, Found } from './filter-form.tsx';
import { Layout } from './layout.tsx';
import { firstUse } from './norm-page.tsx';
import type { Site } from './site.ts';
import { UnitView } from './unit-view.tsx';

interface DirectoryPageProps {
  readonly site: Site;
  readonly view: PublicView;
  readonly filter: Filter;
}

/** The lines people can ring and every institution, each under its own anchor. */
export function DirectoryPage({ site, view, filter }: DirectoryPageProps): VNode {
  const shown = view
    .unitsOf('directorio')
    .filter((unit) => matchesWords(filter.q, [unit.title, unit.acronym ?? '', ...unit.aliases]));
  const anchors = new Set<string>();
  return (
    <Layout
      site={site}
      title="Directorio"
      description="Teléfonos de emergencia e instituciones que atienden a personas migrantes en Guatemala."
      section="/directorio"
      crumbs={[]}
    >
      <h1>Directorio</h1>
      {filter.q === '' ? <Lines lines={view.lines} /> : null}
      <h2>Instituciones</h2>
      <FilterForm action="/directorio" label="Buscar una institución" q={filter.q} />
      <Found count={shown.length} one="institución" many="instituciones" />
      {shown.map((unit) => (
        <UnitView
          key={unit.id}
          unit={unit}
          norm={undefined}
          anchor={firstUse(unitAnchor(unit), anchors)}
          level={3}
        />
      ))}
    </Layout>
  );
}

function Lines({ lines }: { readonly lines: readonly Line[] }): VNode | null {
  if (lines.length === 0) return null;
  const emergencyFirst = [...lines].sort((a, b) => Number(b.emergency) - Number(a.emergency));
  return (
    <section aria-labelledby="telefonos">
      <h2 id="telefonos">Teléfonos a los que puede llamar</h2>
      <ul class="lines">
        {emergencyFirst.map((line) => (
          <li key={`${line.number} ${line.name}`}>
            <a href={`tel:${line.number.replaceAll('-', '')}`}>{line.number}</a>
            <div>
              <b>{line.name}</b>
              <p>{line.use}</p>
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}
