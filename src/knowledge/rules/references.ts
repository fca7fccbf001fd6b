import type { Rule } from '../corpus.ts';

/** `see` and `parent` name units that exist. */
export const danglingUnits: Rule = ({ placedUnits, unitIds }) =>
  placedUnits.flatMap((placed) => [
    ...placed.unit.see.flatMap((id, index) =>
      unitIds.has(id)
        ? []
        : [placed.at(['see', index], `«see» nombra la ficha ${id}, que no existe; corríjala o bórrela`)],
    ),
    ...(placed.unit.parent === undefined || unitIds.has(placed.unit.parent)
      ? []
      : [placed.at(['parent'], `«parent» nombra la ficha ${placed.unit.parent}, que no existe; corríjala`)]),
  ]);

/** `replacedBy` and `replaces` name norms that exist. */
export const danglingNorms: Rule = ({ placedUnits, placedNorms, normIds }) => {
  const message = (field: string, id: string) =>
    `«${field}» nombra la norma ${id}, que no existe; corríjala o agréguela al catálogo`;
  return [
    ...placedUnits.flatMap((placed) =>
      (placed.unit.validity?.replacedBy ?? []).flatMap((id, index) =>
        normIds.has(id) ? [] : [placed.at(['validity', 'replacedBy', index], message('replacedBy', id))],
      ),
    ),
    ...placedNorms.flatMap((placed) => [
      ...(placed.norm.validity.replacedBy ?? []).flatMap((id, index) =>
        normIds.has(id) ? [] : [placed.at(['validity', 'replacedBy', index], message('replacedBy', id))],
      ),
      ...placed.norm.replaces.flatMap((id, index) =>
        normIds.has(id) ? [] : [placed.at(['replaces', index], message('replaces', id))],
      ),
    ]),
  ];
};

/** A line's institution is a unit of the directory that exists. */
export const danglingInstitutions: Rule = ({ files, unitIds }) =>
  files.flatMap((file) =>
    file.content.lines.flatMap((line, index) =>
      line.institution === undefined || unitIds.has(line.institution)
        ? []
        : [
            {
              file: file.path,
              line: file.lineOf(['lines', index, 'institution']),
              message: `la línea ${line.number} nombra la institución ${line.institution}, que no existe; corríjala`,
            },
          ],
    ),
  );

/** An amount says which claim of its unit states it. */
export const amountsWithoutClaim: Rule = ({ placedUnits }) =>
  placedUnits.flatMap((placed) => {
    const claims = new Set(placed.unit.claims.map((claim) => claim.id));
    return placed.unit.amounts.flatMap((amount, index) =>
      claims.has(amount.claim)
        ? []
        : [
            placed.at(
              ['amounts', index, 'claim'],
              `el monto «${amount.what}» nombra el dato «${amount.claim}», que la ficha no tiene; corríjalo`,
            ),
          ],
    );
  });
