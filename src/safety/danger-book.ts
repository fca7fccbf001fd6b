import { z } from 'zod';
import { type Language, languageSchema } from '../knowledge/unit.ts';

/** The dangers that are answered before anything else. */
export const dangerIdSchema = z.enum([
  'medical-emergency',
  'suicide-risk',
  'abuse-by-authority',
  'sexual-violence',
  'trafficking',
  'missing-child',
  'fear-of-return',
  'threat-to-life',
  'violence',
  'detention',
]);
export type DangerId = z.infer<typeof dangerIdSchema>;

const pattern = z.string().min(2);

/** What people write of a danger in one language, by how it is told; patterns as `parsePattern` reads them. */
const signsSchema = z.strictObject({
  /** It is so as they write: "me está pegando". */
  now: z.array(pattern).default([]),
  /** It was done to them: "me golpearon". Long ago it is a question, not a cry. */
  happened: z.array(pattern).default([]),
  /** Of others, or of what may be a question: counts only beside a word of haste or another sign. */
  urgent: z.array(pattern).default([]),
  /** What looks like a sign and is none. A sign that touches it does not count. */
  unless: z.array(pattern).default([]),
});
export type Signs = z.infer<typeof signsSchema>;

const inEachLanguage = <T extends z.ZodType>(schema: T) =>
  z.strictObject({ es: schema, en: schema, pt: schema, fr: schema, ht: schema });

/** One file under knowledge/safety/dangers. */
export const dangerSchema = z.strictObject({
  id: dangerIdSchema,
  /** For editors. */
  title: z.string().min(2),
  /** It goes on until somebody says that it is over: a child lost two months ago is lost. */
  lasting: z.boolean().default(false),
  signs: inEachLanguage(signsSchema),
  /** Fixed, vetted text, one paragraph an entry; `{name}` is a number of `around.yaml`. */
  reply: inEachLanguage(z.array(z.string().min(2)).min(2)),
  /** Ids of the units that the reply rests on. */
  cites: z.array(z.string()).min(1),
  /** The institution of `around.yaml` whose full number is given to a phone of another country. */
  abroad: z.string(),
});
export type DangerEntry = z.infer<typeof dangerSchema>;

/** How a language tells what is not, what might be and what was. Words are spelled as people should spell them. */
const readingSchema = z.strictObject({
  /** Lists that patterns refer to with `@name`; a list may name one above it. */
  lists: z.record(z.string().regex(/^[a-z-]+$/), z.array(z.string().min(1)).min(1)).default({}),
  /**
   * Of verbs that change their stem: the third person now, and once. Where it is given, patterns may name verbs alone
   * (`pegar~`, `pegar^`), as Spanish says them.
   */
  irregular: z.record(z.string(), z.tuple([z.string(), z.string()])).optional(),
  /** "no", "nunca", "nadie". */
  negators: z.array(z.string()).min(1),
  /** "si": what it governs is supposed. */
  supposers: z.array(z.string()).min(1),
  /** Opens a question about what might be: "qué pasa si". */
  supposing: z.array(pattern).min(1),
  /** Small words that may stand between these and what they govern. */
  small: z.array(z.string()).min(1),
  /** Who does or suffers it, as far as it may stand between a supposer and what it governs. */
  persons: z.array(z.string()).min(1),
  /** "hace un año", "en 2019". */
  longAgo: z.array(pattern).min(1),
  /** "desde hace": what has not ended. */
  ongoing: z.array(pattern).default([]),
  /** "ahorita", "auxilio". */
  haste: z.array(pattern).min(1),
  /** Sayings: "me matan de risa". A sign that touches one does not count. */
  sayings: z.array(pattern).default([]),
});
export type ReadingRules = z.infer<typeof readingSchema>;

/** knowledge/safety/reading.yaml. */
export const readingFileSchema = z.strictObject({
  /** Of several dangers in one message the first of these is answered. */
  precedence: z.array(dangerIdSchema),
  /** What people write for a word, whatever the language. */
  shorthand: z.record(z.string(), z.string()),
  languages: inEachLanguage(readingSchema),
});
export type ReadingFile = z.infer<typeof readingFileSchema>;

/** Where a number comes from. */
const numberSchema = z.strictObject({
  institution: z.string(),
  /** Its line for emergencies, or its line for the rest. */
  emergency: z.boolean(),
});

/** knowledge/safety/around.yaml: the numbers of all replies, and the lines that follow some of them. */
export const aroundSchema = z.strictObject({
  /** By the name that replies use, `{policia}`. */
  numbers: z.record(z.string().regex(/^[a-z]+$/), numberSchema),
  /** By the name that replies use, `{atencion}`: the institutions whose towns are told. */
  towns: z.record(z.string().regex(/^[a-z]+$/), z.array(z.string()).min(1)),
  /** By the name that dangers use in `abroad`: the institution, and how it is called in each language. */
  abroad: z.record(
    z.string().regex(/^[a-z]+$/),
    z.strictObject({ institution: z.string(), name: inEachLanguage(z.string()) }),
  ),
  /** For a phone of another country; `{numero}` with +502, `{nombre}` whose it is. */
  elsewhere: inEachLanguage(z.string()),
  /** The last line where the message asks something too. */
  alsoAsked: inEachLanguage(z.string()),
});
export type AroundFile = z.infer<typeof aroundSchema>;

/** All that is known of dangers, checked against the knowledge. */
export interface DangerBook {
  readonly dangers: ReadonlyMap<DangerId, DangerEntry>;
  readonly reading: ReadingFile;
  readonly around: AroundFile;
}

/** Every language that signs are told and replies given in. */
export const LANGUAGES: readonly Language[] = languageSchema.options;
