import type { Unit } from './unit.ts';

/** What of a unit decides where it is read. */
type Place = Pick<Unit, 'norm' | 'article' | 'kind' | 'title' | 'numberConfirmed'>;

/**
 * Path of the public page, fragment included, on which a unit is read: `/normas/codigo-migracion#art-46`,
 * `/tramites/pasaporte-adulto`, `/directorio#igm`, `/politica#e1-b`. A number no source gave never shows in it.
 */
export function unitPath(unit: Place): string {
  const page = pageOf(unit);
  const anchor = unitAnchor(unit);
  return anchor === undefined ? page : `${page}#${anchor}`;
}

/** The fragment of {@link unitPath}, and the `id` of the unit's element; undefined where the page itself is the unit. */
export function unitAnchor(unit: Place): string | undefined {
  if (unit.article === '*' || unit.norm === 'tramite') return undefined;
  if (!unit.numberConfirmed) return `tema-${slug(unit.title)}`;
  if (unit.norm === 'directorio' || unit.norm === 'politica-migratoria') return slug(unit.article);
  return `art-${slug(unit.article)}`;
}

function pageOf(unit: Place): string {
  switch (unit.norm) {
    case 'tramite':
      return unit.article === '*' ? '/tramites' : `/tramites/${encodeURIComponent(unit.article)}`;
    case 'directorio':
      return '/directorio';
    case 'politica-migratoria':
      return '/politica';
    default:
      return `/normas/${encodeURIComponent(unit.norm)}`;
  }
}

/** Lower-case letters, digits and single hyphens: safe in an `id`, a selector and an address. */
function slug(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{Mark}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
}
