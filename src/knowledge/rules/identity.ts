import { normOf, type Rule } from '../corpus.ts';
import type { Defect } from '../defect.ts';

/** Two units with one id: one of them would silently be lost. */
export const duplicateUnits: Rule = ({ placedUnits }) => {
  const first = new Map<string, string>();
  return placedUnits.flatMap((placed) => {
    const other = first.get(placed.unit.id);
    first.set(placed.unit.id, other ?? placed.file);
    return other === undefined
      ? []
      : [placed.at(['id'], `el id ya está en ${other}; cambie uno o junte las dos fichas`)];
  });
};

/** Two norms under one id or alias. */
export const duplicateNorms: Rule = ({ placedNorms }) => {
  const first = new Map<string, string>();
  return placedNorms.flatMap((placed) =>
    [placed.norm.id, ...placed.norm.aliases].flatMap((name) => {
      const other = first.get(name);
      first.set(name, other ?? placed.norm.id);
      return other === undefined
        ? []
        : [placed.at(['id'], `el id o alias «${name}» ya es de la norma ${other}; deje uno solo`)];
    }),
  );
};

/** A unit whose id starts with no known norm cannot be cited. */
export const unknownNorm: Rule = ({ placedUnits, normIds }) =>
  placedUnits
    .filter(({ unit }) => !normIds.has(normOf(unit.id)))
    .map((placed) =>
      placed.at(
        ['id'],
        `no existe la norma «${normOf(placed.unit.id)}»; agréguela al catálogo (norms) o corrija el id`,
      ),
    );

/** Claims are told apart by their id within a unit. */
export const duplicateClaims: Rule = ({ placedUnits }) =>
  placedUnits.flatMap((placed) => {
    const seen = new Set<string>();
    const defects: Defect[] = [];
    placed.unit.claims.forEach((claim, index) => {
      if (seen.has(claim.id)) {
        defects.push(
          placed.at(['claims', index, 'id'], `el dato «${claim.id}» está dos veces; ponga otro id`),
        );
      }
      seen.add(claim.id);
    });
    return defects;
  });
