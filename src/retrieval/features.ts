import { isStopWord, stem, words } from './terms.ts';

/** How often each feature occurs in one text. */
export type FeatureCounts = ReadonlyMap<string, number>;

const shortest = 3;
const longest = 5;

/**
 * What a text is made of, for the embedding: stems of its words, and the runs of 3 to 5 characters inside each word
 * with its edges marked, which bring together misspelt, joined and foreign relatives of a word.
 */
export function countFeatures(text: string): { readonly stems: FeatureCounts; readonly runs: FeatureCounts } {
  const stems = new Map<string, number>();
  const runs = new Map<string, number>();
  for (const word of words(text)) {
    if (isStopWord(word)) continue;
    add(stems, stem(word));
    const marked = `_${word}_`;
    for (let length = shortest; length <= longest; length += 1) {
      for (let at = 0; at + length <= marked.length; at += 1) add(runs, marked.slice(at, at + length));
    }
  }
  return { stems, runs };
}

function add(counts: Map<string, number>, feature: string): void {
  counts.set(feature, (counts.get(feature) ?? 0) + 1);
}
