import { countFeatures, type FeatureCounts } from './features.ts';
import type { SparseRow } from './sparse-matrix.ts';
import { truncatedSvd } from './truncated-svd.ts';

/** What decides a fitted model; two equal settings on equal texts give equal models. */
export interface FitSettings {
  readonly dimension: number;
  /** Features in fewer texts than this are left out. */
  readonly leastTexts: number;
  /** Weight of the words against the character runs, 0..1. */
  readonly wordShare: number;
  /** Each axis is divided by its singular value to this power; 0 keeps plain latent semantic analysis. */
  readonly flattening: number;
  readonly seed: number;
}

/** Chosen by measurement, see docs/retrieval.md. */
export const defaultFitSettings: FitSettings = {
  dimension: 128,
  leastTexts: 2,
  wordShare: 0.5,
  flattening: 0,
  seed: 20_231_113,
};

/** With so few texts hardly any feature stands in two of them, and each is kept. */
const fewTexts = 50;

/** A fitted latent semantic analysis: features with their weights, and one row of axes for each. */
export interface LatentSemanticModel {
  readonly dimension: number;
  readonly wordShare: number;
  /** `w:` and a stem, or `r:` and a run of characters, in column order. */
  readonly features: readonly string[];
  /** Inverse document frequency, one a feature. */
  readonly idf: Float32Array;
  /** `features.length` rows of `dimension` numbers. */
  readonly projection: Float32Array;
}

/** A text as a weighted, normalised row over the columns of a vocabulary. */
export type Vectoriser = (text: string) => SparseRow;

/** Fits the model on texts: sublinear tf-idf over words and runs, then a truncated singular value decomposition. */
export function fitLatentSemanticModel(
  texts: readonly string[],
  settings: FitSettings = defaultFitSettings,
): LatentSemanticModel {
  const { features, idf } = weighFeatures(texts, texts.length < fewTexts ? 1 : settings.leastTexts);
  if (features.length === 0) {
    return { dimension: 1, wordShare: settings.wordShare, features, idf, projection: new Float32Array() };
  }
  const vectorise = createVectoriser(features, idf, settings.wordShare);
  const matrix = { rows: texts.map(vectorise), columnCount: features.length };
  const { singularValues, rightVectors } = truncatedSvd(matrix, {
    rank: settings.dimension,
    seed: settings.seed,
  });
  const dimension = singularValues.length;
  const projection = Float32Array.from(
    rightVectors.data,
    (value, at) => value / (singularValues[at % dimension] ?? 1) ** settings.flattening,
  );
  return { dimension, wordShare: settings.wordShare, features, idf, projection };
}

function weighFeatures(texts: readonly string[], leastTexts: number) {
  const occurrences = new Map<string, number>();
  for (const text of texts) {
    const { stems, runs } = countFeatures(text);
    for (const stem of stems.keys()) count(occurrences, `w:${stem}`);
    for (const run of runs.keys()) count(occurrences, `r:${run}`);
  }
  const kept = [...occurrences].filter(([, texts]) => texts >= leastTexts);
  return {
    features: kept.map(([feature]) => feature),
    idf: Float32Array.from(kept, ([, found]) => Math.log((1 + texts.length) / (1 + found)) + 1),
  };
}

function count(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

/** Makes the function that turns any text into a row; what the vocabulary lacks is left out. */
export function createVectoriser(
  features: readonly string[],
  idf: Float32Array,
  wordShare: number,
): Vectoriser {
  const columns = new Map(features.map((feature, column) => [feature, column]));
  const block = (counts: FeatureCounts, prefix: string, share: number) => {
    const cells: [number, number][] = [];
    let squares = 0;
    for (const [feature, times] of counts) {
      const column = columns.get(prefix + feature);
      if (column === undefined) continue;
      const weight = (1 + Math.log(times)) * (idf[column] ?? 0);
      squares += weight * weight;
      cells.push([column, weight]);
    }
    const scale = squares === 0 ? 0 : Math.sqrt(share / squares);
    return cells.map(([column, weight]): [number, number] => [column, weight * scale]);
  };
  return (text) => {
    const { stems, runs } = countFeatures(text);
    const cells = [...block(stems, 'w:', wordShare), ...block(runs, 'r:', 1 - wordShare)];
    return {
      columns: Int32Array.from(cells, ([column]) => column),
      values: Float32Array.from(cells, ([, value]) => value),
    };
  };
}

/** Where a row lies in the model's space, with length 1; all zeros when it shares nothing with the vocabulary. */
export function project(model: LatentSemanticModel, row: SparseRow): Float32Array {
  const { dimension, projection } = model;
  const vector = new Float32Array(dimension);
  row.columns.forEach((column, k) => {
    const value = row.values[k] ?? 0;
    const from = column * dimension;
    for (let j = 0; j < dimension; j += 1) {
      vector[j] = (vector[j] ?? 0) + value * (projection[from + j] ?? 0);
    }
  });
  let squares = 0;
  for (const cell of vector) squares += cell * cell;
  if (squares > 0) {
    const scale = 1 / Math.sqrt(squares);
    vector.forEach((cell, j) => {
      vector[j] = cell * scale;
    });
  }
  return vector;
}
