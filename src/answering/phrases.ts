import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { FaultsError } from '../errors.ts';
import { type Language, languageSchema } from '../knowledge/unit.ts';

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
  publicNotice: z.string(),
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
  }),
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
