import type { PhraseBook, Phrases } from '../answering/phrases.ts';
import { fold } from '../knowledge/fold.ts';
import { type Knowledge, speaks } from '../knowledge/knowledge.ts';
import { stopWordsOf } from '../retrieval/stop-words.ts';
import { namesOf, questionsOf, statementsOf } from '../retrieval/unit-texts.ts';
import { soundOf } from '../safety/messy-writing.ts';

/** A text with the words written by ear put right: "kuanto bale el pasaporte" is "cuanto vale el pasaporte". */
export type Respell = (text: string) => string;

/** What tells words from slips. */
export interface Vocabulary {
  /** Spanish as it is rightly written: what a word may be put right to. */
  readonly spanish: readonly string[];
  /** Texts of any language whose words stay as they are. */
  readonly known: readonly string[];
}

const WORD = /\p{L}+/gu;
/** Shorter words sound like too many others. */
const SHORTEST = 3;
/** What was written once may be a slip itself: people's own questions are among the texts. */
const OFTEN = 2;
/** A word that another of its sound outnumbers so many times is a slip, "refujio". */
const OUTNUMBERED = 10;

/**
 * A word that stands in no text, or in hardly any, becomes the one that sounds the same in Guatemalan Spanish, the most
 * used where there are several; any other stays, and so does an acronym.
 */
export function createRespell({ spanish, known }: Vocabulary): Respell {
  const counts = new Map<string, number>();
  for (const word of spanish.flatMap(wordsOf)) counts.set(word, (counts.get(word) ?? 0) + 1);
  const foreign = new Set(known.flatMap(wordsOf).filter((word) => !counts.has(word)));
  const countOf = (word: string): number => counts.get(word) ?? 0;
  const bySound = new Map<string, string>();
  for (const [word, count] of [...counts].sort(([, a], [, b]) => a - b)) {
    if (count >= OFTEN) bySound.set(soundOf(word), word);
  }
  return (text) => {
    const isShouted = text === text.toUpperCase();
    return text.replace(WORD, (word) => {
      const folded = fold(word);
      const isAcronym = !isShouted && word === word.toUpperCase();
      if (folded.length < SHORTEST || isAcronym || foreign.has(folded)) return word;
      const likely = bySound.get(soundOf(folded)) ?? folded;
      const isSlip = countOf(likely) >= OUTNUMBERED * countOf(folded);
      return likely !== folded && isSlip ? likely : word;
    });
  };
}

/** The words of what is known, and of what people are known to write. */
export function vocabularyOf(knowledge: Knowledge, { es, ...others }: PhraseBook): Vocabulary {
  const units = [...knowledge.units.values()].filter(speaks);
  return {
    spanish: [
      ...units.flatMap((unit) => [unit.title, ...namesOf(unit), ...statementsOf(unit), ...unit.questions.es]),
      ...writtenIn(es),
    ],
    known: [
      ...units.flatMap(questionsOf),
      ...Object.values(others).flatMap(writtenIn),
      ...Object.values(stopWordsOf).flatMap((words) => [...words]),
    ],
  };
}

/** What people write to command, to greet and to count. */
function writtenIn({ commands, courtesies, numbers, besideNumber }: Phrases): readonly string[] {
  return [...Object.values(commands), ...Object.values(courtesies), ...numbers, besideNumber].flat();
}

function wordsOf(text: string): readonly string[] {
  return fold(text).match(WORD) ?? [];
}
