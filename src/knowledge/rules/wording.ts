import { articleOf, normOf, type PlacedUnit, type Rule } from '../corpus.ts';

interface ReadText {
  readonly path: readonly PropertyKey[];
  readonly text: string;
}

/** Every text of a unit that a person may read; questions are what people write, so they are not among them. */
export function readTexts({ unit }: PlacedUnit): readonly ReadText[] {
  return [
    { path: ['title'], text: unit.title },
    ...unit.plain.map((text, index) => ({ path: ['plain', index], text })),
    ...unit.claims.map((claim, index) => ({ path: ['claims', index, 'text'], text: claim.text })),
    ...(unit.validity?.note === undefined ? [] : [{ path: ['validity', 'note'], text: unit.validity.note }]),
  ];
}

const EDITOR_REMARK =
  /número deducido|encabezado (?:oficial )?no leído|no se leyó|no citar el número|se dedujo|cotejar con el texto|matriz oficial de responsables|página privada|asistente público/iu;

/** Remarks for editors belong in `note`: a migrant reads titles, claims and plain texts. */
export const editorRemarks: Rule = ({ placedUnits }) =>
  placedUnits.flatMap((placed) =>
    readTexts(placed).flatMap(({ path, text }) => {
      const remark = EDITOR_REMARK.exec(text)?.[0];
      return remark === undefined
        ? []
        : [placed.at(path, `dice «${remark}», que es para editores; páselo a «note»`)];
    }),
  );

/** A number that no source gave is shown nowhere in its norm. */
export const unconfirmedNumbers: Rule = ({ placedUnits }) => {
  const hidden = new Map<string, RegExp[]>();
  for (const { unit } of placedUnits) {
    const article = articleOf(unit);
    if (unit.numberConfirmed || !/^\d/.test(article)) continue;
    const norm = normOf(unit.id);
    hidden.set(norm, [...(hidden.get(norm) ?? []), mentionOf(article)]);
  }
  return placedUnits.flatMap((placed) => {
    const patterns = hidden.get(normOf(placed.unit.id)) ?? [];
    return readTexts(placed).flatMap(({ path, text }) => {
      const shown = patterns.map((pattern) => pattern.exec(text)?.[0]).find((match) => match !== undefined);
      return shown === undefined
        ? []
        : [placed.at(path, `muestra «${shown}», un número de artículo sin confirmar; quite el número`)];
    });
  });
};

/** "artículo 84", "arts. 75 a 77 y 84", "(84)"; not the 84 of a price, a date or a span of time. */
function mentionOf(article: string): RegExp {
  const number = article
    .split('-')
    .map((part) => part.replace(/[.*+?^${}()|[\]\\/]/gu, '\\$&'))
    .join('\\s*(?:-|a|al)\\s*');
  const before = '(?:\\d[\\d-]*,?\\s+(?:(?:y|e|a|al)\\s+)?)*';
  return new RegExp(`\\bart(?:[íi]culo)?s?\\.?\\s+${before}${number}(?![\\d-])|\\(${number}\\)`, 'iu');
}
