import { type Language, languageSchema } from '../knowledge/unit.ts';
import { stopWordsOf } from '../retrieval/stop-words.ts';
import { words } from '../retrieval/terms.ts';

/** Tells in which language a text is written; `fallback` when the text says too little to tell. */
export type DetectLanguage = (text: string, fallback: Language) => Language;

/** What each language is learnt from. */
export interface LanguageSamples {
  readonly questions: Readonly<Record<Language, readonly string[]>>;
  /** More Spanish: what the knowledge says. Its words tell no other language. */
  readonly spanish: readonly string[];
}

/** Below this many letters a text is too short to tell ("ok", "y?"). */
const SHORTEST_TELLING = 8;
/** Natural-log odds that another language needs over the fallback before it is believed. */
const MARGIN = 4;

/**
 * A naive Bayes classifier over character trigrams (Cavnar and Trenkle 1994 use the same features), fitted on the
 * questions that the knowledge holds in each language. Trigrams alone take short Spanish for its neighbours, so
 * another language must also show words of its own, and as many of them as there are words against it.
 */
export function createDetectLanguage({ questions, spanish }: LanguageSamples): DetectLanguage {
  const models = languageSchema.options.map((language) => ({
    language,
    ...countTrigrams(questions[language]),
  }));
  const vocabulary = new Set(models.flatMap((model) => [...model.counts.keys()])).size;
  const score = (model: (typeof models)[number], grams: readonly string[]): number =>
    grams.reduce(
      (sum, gram) => sum + Math.log(((model.counts.get(gram) ?? 0) + 0.5) / (model.total + 0.5 * vocabulary)),
      0,
    );
  const known = knownWords(questions, spanish);
  return (text, fallback) => {
    // Numbers, and words with numbers in them, are written alike everywhere.
    const said = words(text).filter((word) => !/\d/.test(word));
    const folded = said.join(' ');
    if (folded.length < SHORTEST_TELLING) return fallback;
    const grams = trigrams(folded);
    const scores = models
      .filter(({ language }) => language === fallback || speaksFor(language, fallback, said, known))
      .map((model) => ({ language: model.language, score: score(model, grams) }));
    const best = scores.reduce((a, b) => (b.score > a.score ? b : a));
    const least = (scores.find(({ language }) => language === fallback)?.score ?? 0) + MARGIN;
    return best.score > least ? best.language : fallback;
  };
}

type KnownWords = Readonly<Record<Language, ReadonlySet<string>>>;

function knownWords(questions: LanguageSamples['questions'], spanish: readonly string[]): KnownWords {
  const of = (language: Language, more: readonly string[] = []) =>
    new Set([...stopWordsOf[language], ...[...questions[language], ...more].flatMap(words)]);
  return { es: of('es', spanish), en: of('en'), pt: of('pt'), fr: of('fr'), ht: of('ht') };
}

/** True when a text has a word that is this language's and neither the fallback's nor Spanish, and no more against it. */
function speaksFor(
  language: Language,
  fallback: Language,
  said: readonly string[],
  known: KnownWords,
): boolean {
  const against = language === 'es' ? [fallback] : [fallback, 'es' as const];
  const own = said.filter(
    (word) => known[language].has(word) && !against.some((other) => known[other].has(word)),
  );
  const others = said.filter(
    (word) => !known[language].has(word) && known[against.at(-1) ?? fallback].has(word),
  );
  return own.length > 0 && own.length >= others.length;
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
