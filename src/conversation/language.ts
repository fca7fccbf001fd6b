import { type Language, languageSchema } from '../knowledge/unit.ts';
import { words } from '../retrieval/terms.ts';

/** Tells in which language a text is written; `fallback` when the text says too little to tell. */
export type DetectLanguage = (text: string, fallback: Language) => Language;

/** Below this many letters a text is too short to tell ("ok", "y?"). */
const SHORTEST_TELLING = 8;
/** Natural-log odds that another language needs over the fallback before it is believed. */
const MARGIN = 4;

/**
 * A naive Bayes classifier over character trigrams (Cavnar and Trenkle 1994 use the same features), fitted on the
 * questions that the knowledge holds in each language.
 */
export function createDetectLanguage(samples: Readonly<Record<Language, readonly string[]>>): DetectLanguage {
  const models = languageSchema.options.map((language) => ({
    language,
    ...countTrigrams(samples[language]),
  }));
  const vocabulary = new Set(models.flatMap((model) => [...model.counts.keys()])).size;
  const score = (model: (typeof models)[number], grams: readonly string[]): number =>
    grams.reduce(
      (sum, gram) => sum + Math.log(((model.counts.get(gram) ?? 0) + 0.5) / (model.total + 0.5 * vocabulary)),
      0,
    );
  return (text, fallback) => {
    const folded = words(text).join(' ');
    if (folded.length < SHORTEST_TELLING) return fallback;
    const grams = trigrams(folded);
    const scores = new Map(models.map((model) => [model.language, score(model, grams)]));
    const [best, bestScore] = [...scores].reduce((a, b) => (b[1] > a[1] ? b : a));
    return bestScore - (scores.get(fallback) ?? Number.NEGATIVE_INFINITY) > MARGIN ? best : fallback;
  };
}

function countTrigrams(texts: readonly string[]): { counts: ReadonlyMap<string, number>; total: number } {
  const counts = new Map<string, number>();
  let total = 0;
  for (const text of texts) {
    for (const gram of trigrams(words(text).join(' '))) {
      counts.set(gram, (counts.get(gram) ?? 0) + 1);
      total++;
    }
  }
  return { counts, total };
}

function trigrams(folded: string): readonly string[] {
  const padded = ` ${folded} `;
  return Array.from({ length: Math.max(0, padded.length - 2) }, (_, at) => padded.slice(at, at + 3));
}
