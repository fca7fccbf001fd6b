import type { VNode } from 'preact';
import type { Norm, Unit } from '../../knowledge/unit.ts';
import { unitAnchor } from '../../knowledge/unit-path.ts';
import { hasNumber, normName, type PublicView } from '../public-view.ts';
import { Layout } from './layout.tsx';
import { NormHead } from './norm-head.tsx';
import type { Site } from './site.ts';
import { UnitSummary, UnitView } from './unit-view.tsx';

/** From so many articles on, the page starts with a list of them. */
const LIST_FROM = 6;

interface NormPageProps {
  readonly site: Site;
  readonly view: PublicView;
  readonly norm: Norm;
  /** False for a norm too long for one page: each article then opens with its first words and a link to the rest. */
  readonly whole: boolean;
}

/** A norm with every article that speaks, each under its own anchor. */
export function NormPage({ site, view, norm, whole }: NormPageProps): VNode {
  const units = view.unitsOf(norm.id);
  const anchors = new Set<string>();
  return (
    <Layout
      site={site}
      title={normName(norm)}
      description={`${norm.title} (${norm.number}) en palabras sencillas, artículo por artículo.`}
      section="/normas"
      crumbs={[{ name: 'Normas', path: '/normas' }]}
    >
      <NormHead norm={norm} view={view} />
      {units.length === 0 ? <p>Todavía no tenemos el texto de esta norma en palabras sencillas.</p> : null}
      {units.length < LIST_FROM ? null : <ArticleList units={units} />}
      {units.map((unit) => {
        const anchor = firstUse(unitAnchor(unit), anchors);
        return whole ? (
          <UnitView key={unit.id} unit={unit} norm={norm} anchor={anchor} level={2} />
        ) : (
          <UnitSummary key={unit.id} unit={unit} anchor={anchor} />
        );
      })}
    </Layout>
  );
}

/** Numbers as a row of short links, what has no number by its title: a list of 250 articles stays small. */
function ArticleList({ units }: { readonly units: readonly Unit[] }): VNode {
  const numbered = units.filter(hasNumber);
  const others = units.filter((unit) => !hasNumber(unit));
  return (
    <nav class="articles" aria-label="Artículos de esta norma">
      {numbered.length === 0 ? null : (
        <>
          <p>Artículos:</p>
          <ul class="numbers">
            {numbered.map((unit) => (
              <li key={unit.id}>
                <a href={`#${unitAnchor(unit)}`}>{unit.article}</a>
              </li>
            ))}
          </ul>
        </>
      )}
      {others.length === 0 ? null : (
        <details>
          <summary>Temas sin número de artículo ({others.length})</summary>
          <ul>
            {others.map((unit) => (
              <li key={unit.id}>
                <a href={`#${unitAnchor(unit)}`}>{unit.title}</a>
              </li>
            ))}
          </ul>
        </details>
      )}
    </nav>
  );
}

/** The anchor the first time it is used on the page: an id stands for one element only. */
export function firstUse(anchor: string | undefined, used: Set<string>): string | undefined {
  if (anchor === undefined || used.has(anchor)) return undefined;
  used.add(anchor);
  return anchor;
}
