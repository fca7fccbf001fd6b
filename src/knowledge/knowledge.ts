import type { Claim, Line, Norm, Unit } from './unit.ts';

/** The whole of what Orienta knows, read once and never changed while it runs. */
export interface Knowledge {
  /** Changes whenever any byte of the knowledge files changes; names the index that belongs to it. */
  readonly version: string;
  readonly norms: ReadonlyMap<string, Norm>;
  readonly units: ReadonlyMap<string, Unit>;
  readonly lines: readonly Line[];
  /** Finds a norm by id or alias. */
  norm(idOrAlias: string): Norm | undefined;
}

/** The claims that may answer somebody: `low` ones never do. */
export function speakingClaims(unit: Unit): readonly Claim[] {
  return unit.claims.filter((claim) => claim.confidence !== 'low');
}

/** A unit with nothing confirmed to say is kept for the editors and is never retrieved. */
export function speaks(unit: Unit): boolean {
  return speakingClaims(unit).length > 0;
}
