import type { VNode } from 'preact';
import type { Norm, Unit } from '../../knowledge/unit.ts';
import { normName, normPath } from '../public-view.ts';
import { Layout } from './layout.tsx';
import type { Site } from './site.ts';
import { UnitView } from './unit-view.tsx';

interface ArticlePageProps {
  readonly site: Site;
  readonly norm: Norm;
  /** The units under one anchor of the norm's page. */
  readonly units: readonly Unit[];
}

/** One article by itself, for norms too long for one page. */
export function ArticlePage({ site, norm, units }: ArticlePageProps): VNode {
  const name = normName(norm);
  const title = units[0]?.title ?? name;
  return (
    <Layout
      site={site}
      title={title}
      description={`${name}: ${title}`}
      section="/normas"
      crumbs={[
        { name: 'Normas', path: '/normas' },
        { name, path: normPath(norm) },
      ]}
    >
      <h1>{name}</h1>
      {units.map((unit) => (
        <UnitView key={unit.id} unit={unit} norm={norm} level={2} />
      ))}
    </Layout>
  );
}
