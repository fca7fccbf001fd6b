import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { FaultsError } from '../errors.ts';
import { type Language, languageSchema } from '../knowledge/unit.ts';

/** One thing to choose by number: what it is called, and the question that it stands for. */
const choiceSchema = z.strictObject({ label: z.string(), ask: z.string() });

const phrasesSchema = z.strictObject({
  greeting: z.string(),
  thanks: z.string(),
  farewell: z.string(),
  declined: z.string(),
  declinedArticle: z.string(),
  declinedNorm: z.string(),
  /** One article and several, as the object of {@link declinedArticle}. */
  article: z.string(),
  articles: z.string(),
  missingPart: z.string(),
  next: z.string(),
  /** The same in fewer words, for a small screen. */
  nextBrief: z.string(),
  publicNotice: z.string(),
  /** The same in fewer words, for a small screen. */
  publicNoticeBrief: z.string(),
  /** The same of a norm whose validity is not confirmed. */
  unconfirmedBrief: z.string(),
  officialNotice: z.string(),
  validatedNotice: z.string(),
  unconfirmedValidity: z.string(),
  /** The numbers to ring in danger, after an honest no. */
  emergency: z.string(),
  /** Said when the question is about another day than the one it is asked on. */
  otherDay: z.string(),
  failed: z.string(),
  tooMany: z.string(),
  eraseAsk: z.string(),
  erased: z.string(),
  eraseKept: z.string(),
  answerInSpanish: z.string(),
  /** What is said of messages that are no text: alone, or (…Beside) at the end of an answer to what was written. */
  pictureUnread: z.string(),
  pictureBeside: z.string(),
  voiceUnread: z.string(),
  voiceBeside: z.string(),
  callUnanswered: z.string(),
  unreadable: z.string(),
  unreadableBeside: z.string(),
  placeUnread: z.string(),
  /** What is said around the places nearest to a location, and of one that is no place of Guatemala. */
  location: z.strictObject({
    near: z.string(),
    border: z.string(),
    nearest: z.string(),
    shelter: z.string(),
    attention: z.string(),
    migration: z.string(),
    /** How far: in the municipality itself, or so many kilometres. */
    same: z.string(),
    away: z.string(),
    unknown: z.string(),
  }),
  /** Shows what was understood of a voice note. */
  heard: z.string(),
  /** Which message a late reply answers: one of the same day, of the day before, of an earlier day. */
  waitedToday: z.string(),
  waitedYesterday: z.string(),
  waitedDay: z.string(),
  months: z.array(z.string()).length(12),
  /** Asks for one of the numbers again. */
  pickAgain: z.string(),
  /** What people need most; a matter of several questions offers them in turn. */
  menu: z
    .array(
      z.union([choiceSchema, z.strictObject({ label: z.string(), choices: z.array(choiceSchema).min(2) })]),
    )
    .length(6),
  /** Nothing is left to tell; nothing was said that could be heard. */
  moreNone: z.string(),
  audioNone: z.string(),
  /** How to reach a person; how to go on for whoever did not understand. */
  toPerson: z.string(),
  unclear: z.string(),
  /** Above the menu, for whoever was told before that nothing was found. */
  declinedAgain: z.string(),
  stopped: z.string(),
  resumed: z.string(),
  /** The notice of the first contact, in sentences; at most 300 characters together. */
  notice: z.strictObject({ what: z.string(), kept: z.string(), voice: z.string(), person: z.string() }),
  /** Courtesies, folded: a message made only of them asks nothing. */
  courtesies: z.strictObject({
    greeting: z.array(z.string()),
    thanks: z.array(z.string()),
    farewell: z.array(z.string()),
  }),
  /** What people write to command or to answer, folded. */
  commands: z.strictObject({
    erase: z.array(z.string()),
    yes: z.array(z.string()),
    no: z.array(z.string()),
    more: z.array(z.string()),
    audio: z.array(z.string()),
    stop: z.array(z.string()),
    resume: z.array(z.string()),
    /** A call for help, or for something to choose from. */
    menu: z.array(z.string()),
    /** Who or what is this, and what does it cost? */
    about: z.array(z.string()),
    /** To speak with a person. */
    person: z.array(z.string()),
    /** It was not understood. */
    unclear: z.array(z.string()),
  }),
  /** How the numbers from 1 on are said ("uno", "la primera"), and what is said beside them ("opción"). */
  numbers: z.array(z.array(z.string())).length(9),
  besideNumber: z.array(z.string()),
});

/** The fixed sentences around an answer, in one language; `{name}` marks what is filled in. */
export type Phrases = Readonly<z.infer<typeof phrasesSchema>>;

/** The fixed sentences of every language. */
export type PhraseBook = Readonly<Record<Language, Phrases>>;

/**
 * Reads languages/<code>.yaml under the knowledge folder.
 * @throws {FaultsError} `KNOWLEDGE_INVALID` naming each file and phrase at fault
 */
export async function loadPhrases(knowledgeDir: string): Promise<PhraseBook> {
  const faults: string[] = [];
  const read = async (language: Language): Promise<Phrases | undefined> => {
    const file = `languages/${language}.yaml`;
    const parsed = phrasesSchema.safeParse(parse(await readFile(join(knowledgeDir, file), 'utf8')));
    if (parsed.success) return parsed.data;
    faults.push(...parsed.error.issues.map((issue) => `${file}: ${issue.path.join('.')}: ${issue.message}`));
    return undefined;
  };
  const [es, en, pt, fr, ht] = await Promise.all(languageSchema.options.map(read));
  if (es === undefined || en === undefined || pt === undefined || fr === undefined || ht === undefined) {
    throw new FaultsError('KNOWLEDGE_INVALID', 'Las frases fijas tienen fallas:', faults);
  }
  return { es, en, pt, fr, ht };
}

/** Puts values in the place of `{name}`; an unknown name stays as it is. */
export function fill(phrase: string, values: Readonly<Record<string, string>>): string {
  return phrase.replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
}
