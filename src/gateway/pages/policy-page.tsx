import type { VNode } from 'preact';
import type { Unit } from '../../knowledge/unit.ts';
import { unitAnchor } from '../../knowledge/unit-path.ts';
import type { PublicView } from '../public-view.ts';
import { Layout } from './layout.tsx';
import { NormHead } from './norm-head.tsx';
import { firstUse } from './norm-page.tsx';
import type { Site } from './site.ts';
import { UnitView } from './unit-view.tsx';

const POLICY = 'politica-migratoria';

/** The policy's parts with the actions under each line, by eje. */
export function PolicyPage({ site, view }: { readonly site: Site; readonly view: PublicView }): VNode {
  const norm = view.norm(POLICY);
  const units = view.unitsOf(POLICY);
  const groups = groupByAxis(units);
  const anchors = new Set<string>();
  return (
    <Layout
      site={site}
      title="Política migratoria"
      description="La Política Migratoria de Guatemala en palabras sencillas, por ejes y líneas."
      section="/politica"
      crumbs={[]}
    >
      {norm === undefined ? <h1>Política migratoria</h1> : <NormHead norm={norm} view={view} />}
      {units.length === 0 ? <p>Todavía no tenemos la política en palabras sencillas.</p> : null}
      <AxisList groups={groups} />
      {groups.flatMap(({ units: members }) =>
        members.map((unit) => (
          <UnitView
            key={unit.id}
            unit={unit}
            norm={norm}
            above={lineOf(unit, units)}
            anchor={firstUse(unitAnchor(unit), anchors)}
            level={levelOf(unit)}
          />
        )),
      )}
    </Layout>
  );
}

interface AxisGroup {
  readonly axis: string;
  readonly units: readonly Unit[];
}

/** What belongs to no eje first, then eje after eje: the eje, its lines, each line's actions. */
function groupByAxis(units: readonly Unit[]): readonly AxisGroup[] {
  const axes = [...new Set(units.map(axisOf))].sort();
  return axes.map((axis) => ({
    axis,
    units: units
      .filter((unit) => axisOf(unit) === axis)
      .sort((a, b) => rank(a).localeCompare(rank(b), 'en', { numeric: true })),
  }));
}

/** The digit of `eje-1`, `e1-b` and `e1-b-1`; empty for the frame, principles and the like. */
function axisOf(unit: Unit): string {
  return /^(?:eje-|e)(\d+)/.exec(unit.article)?.[1] ?? '';
}

/** The eje before its lines, a line before its actions. */
function rank(unit: Unit): string {
  if (axisOf(unit) === '') return '';
  return unit.article.startsWith('eje-') ? '0' : `1 ${unit.article} ${unit.kind === 'action' ? unit.id : ''}`;
}

/** The line under which an action stands. */
function lineOf(unit: Unit, units: readonly Unit[]): Unit | undefined {
  return unit.kind === 'action'
    ? units.find((line) => line.kind !== 'action' && line.article === unit.article)
    : undefined;
}

function levelOf(unit: Unit): 2 | 3 | 4 {
  if (unit.kind === 'action') return 4;
  return axisOf(unit) === '' || unit.article.startsWith('eje-') ? 2 : 3;
}

function AxisList({ groups }: { readonly groups: readonly AxisGroup[] }): VNode | null {
  const axes = groups.flatMap(({ units }) => units.filter((unit) => unit.article.startsWith('eje-')));
  if (axes.length === 0) return null;
  return (
    <nav class="articles" aria-label="Ejes de la política">
      <p>Ejes:</p>
      <ol>
        {axes.map((unit) => (
          <li key={unit.id}>
            <a href={`#${unitAnchor(unit)}`}>{unit.title}</a>
          </li>
        ))}
      </ol>
    </nav>
  );
}
