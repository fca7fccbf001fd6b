import type { ContinueReference } from '../retrieval/continue-reference.ts';
import { NEAR_ENOUGH, type Passage } from '../retrieval/passage.ts';
import type { RetrieveOptions, Retriever } from '../retrieval/retriever.ts';
import { terms } from '../retrieval/terms.ts';
import { wholeText } from '../retrieval/unit-texts.ts';
import { addsDetail, ownTopic } from './leaning-words.ts';

/** What a talk is about: the last question that stood on its own, and at most one detail added since. */
export interface Matter {
  readonly topic: string;
  readonly detail?: string | undefined;
}

/** One message understood in the light of the talk. */
export interface Understood {
  /** The question in full, as it was searched for. */
  readonly question: string;
  /** True when the message leans on what was being talked about. */
  readonly leans: boolean;
  readonly retrieved: readonly Passage[];
  /** What the next message may lean on. */
  readonly matter: Matter;
}

/** Reads a message, courtesies taken off, and finds what bears on it. */
export type Understand = (
  text: string,
  before: Matter | undefined,
  options: RetrieveOptions,
) => Promise<Understood>;

/** What understanding needs. */
export interface UnderstandParts {
  readonly retriever: Retriever;
  readonly continueReference: ContinueReference;
  readonly stripCourtesies: (text: string) => string;
}

/** UTF-16 units of a question that are remembered. */
export const LONGEST_TOPIC = 500;
/** With more words than this a message says what it is about, even when nothing is found for it. */
const MOST_LEANING_WORDS = 3;
/** So many of the first passages tell what a message is about. */
const TELLING = 5;
/** "en Tapachula": a place for what was being talked about. */
const PLACE = /^[¿¡\s]*(?:(?:y|e|and|et|epi)\s+)?(?:en|desde|in|from|nan)\s/i;
/** "¿y refugio?" turns to something else. */
const TURNS = /^[¿¡\s]*(?:y|e|and|et|epi)\s/i;

/**
 * A message that names a matter of its own stands alone. It leans on the talk when all it says is a side of the
 * matter, a person or a country ("¿y cuánto cuesta?", "para mi hijo"), or when a word or two find nothing near
 * enough, or only what they would find together with the talk ("temporal" after "quiero residencia").
 */
export function createUnderstand(parts: UnderstandParts): Understand {
  const { retriever, continueReference, stripCourtesies } = parts;
  return async (message, before, options) => {
    const text = stripCourtesies(message);
    const search = (question: string) => retriever.retrieve(question, options);
    const alone = async (question: string): Promise<Understood> => ({
      question,
      leans: false,
      retrieved: await search(question),
      matter: { topic: shorten(question) },
    });
    if (before === undefined || before.topic === '') return alone(text === '' ? message : text);
    const continued = continueReference(text, before.topic);
    if (continued !== undefined) return alone(continued);
    const question = [before.topic, before.detail, text].filter(Boolean).join(' ');
    const leaning = async (): Promise<Understood> => ({
      question,
      leans: true,
      retrieved: await search(question),
      matter: { topic: before.topic, detail: addsDetail(text) ? shorten(text) : before.detail },
    });
    const topic = ownTopic(text);
    if (topic.length === 0) return leaning();
    const standing = await alone(text);
    if (topic.length > MOST_LEANING_WORDS) return standing;
    const leaned = await leaning();
    if (!belongs(text, topic, standing.retrieved, leaned.retrieved[0])) return standing;
    // "¿Y el DPI?" is read in the light of what was said, and is what is talked about from now on.
    return TURNS.test(text) ? { ...leaned, leans: false, matter: standing.matter } : leaned;
  };
}

/** Whether a short message with a word of its own is about the matter of the talk. */
function belongs(
  text: string,
  topic: readonly string[],
  alone: readonly Passage[],
  leaned: Passage | undefined,
): boolean {
  if (leaned === undefined || leaned.score < NEAR_ENOUGH) return false;
  if (topic.length === 1 && PLACE.test(text)) return true;
  const first = alone[0]?.score ?? 0;
  // What both find together is what the message wants of the matter: "temporal" after "quiero residencia".
  if (first >= NEAR_ENOUGH) return alone.slice(0, TELLING).some(({ unit }) => unit.id === leaned.unit.id);
  const said = new Set(terms(wholeText(leaned.unit)));
  return topic.every((term) => said.has(term));
}

function shorten(text: string): string {
  return text.slice(0, LONGEST_TOPIC);
}
