import type { Unit } from '../knowledge/unit.ts';

/** How a passage was found. */
export type Match = 'reference' | 'lexical' | 'dense';

/** A unit as found for one question. Only retrieval makes passages, and only passages can be cited. */
export class Passage {
  readonly unit: Unit;
  /** 0..1: how near the unit is to the question; {@link NEAR_ENOUGH} and above may answer it. */
  readonly score: number;
  readonly matches: readonly Match[];

  constructor(unit: Unit, score: number, matches: readonly Match[]) {
    this.unit = unit;
    this.score = score;
    this.matches = matches;
  }
}

/** Below this score nothing is answered. Set by measurement, see docs/retrieval.md. */
export const NEAR_ENOUGH = 0.5;
