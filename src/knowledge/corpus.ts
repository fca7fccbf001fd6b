import type { Defect } from './defect.ts';
import type { LineLocator } from './line-locator.ts';
import type { ParsedFile } from './parse-source.ts';
import type { Norm, UnitRecord } from './unit.ts';

/** A unit with the place it is written in. */
export interface PlacedUnit {
  readonly unit: UnitRecord;
  readonly file: string;
  /** Makes a defect at a field of this unit. */
  at(path: readonly PropertyKey[], message: string): Defect;
}

/** A norm with the place it is written in. */
interface PlacedNorm {
  readonly norm: Norm;
  readonly file: string;
  at(path: readonly PropertyKey[], message: string): Defect;
}

/** All files together, as the rules see them. Of two things with one id the first is kept here. */
export interface Corpus {
  readonly files: readonly ParsedFile[];
  readonly placedUnits: readonly PlacedUnit[];
  readonly placedNorms: readonly PlacedNorm[];
  readonly unitIds: ReadonlySet<string>;
  readonly normIds: ReadonlySet<string>;
}

/** One rule of the knowledge: what it finds wrong, nothing when all is well. */
export type Rule = (corpus: Corpus) => readonly Defect[];

/** Brings the files together for the rules. */
export function buildCorpus(files: readonly ParsedFile[]): Corpus {
  const placedUnits = files.flatMap((file) =>
    file.content.units.map((unit, index) => ({
      unit,
      file: file.path,
      at: defectMaker(file.path, file.lineOf, unit.id, ['units', index]),
    })),
  );
  const placedNorms = files.flatMap((file) =>
    file.content.norms.map((norm, index) => ({
      norm,
      file: file.path,
      at: defectMaker(file.path, file.lineOf, norm.id, ['norms', index]),
    })),
  );
  return {
    files,
    placedUnits,
    placedNorms,
    unitIds: new Set(placedUnits.map(({ unit }) => unit.id)),
    normIds: new Set(placedNorms.map(({ norm }) => norm.id)),
  };
}

function defectMaker(file: string, lineOf: LineLocator, unit: string, base: readonly PropertyKey[]) {
  return (path: readonly PropertyKey[], message: string): Defect => ({
    file,
    line: lineOf([...base, ...path]),
    unit,
    message,
  });
}

/** The norm that a unit's id names. */
export function normOf(unitId: string): string {
  return unitId.slice(0, unitId.indexOf('/'));
}

/** The article of a unit: as written, else the tail of its id. */
export function articleOf(unit: Pick<UnitRecord, 'id' | 'article'>): string {
  return unit.article ?? unit.id.slice(unit.id.indexOf('/') + 1);
}
