import { z } from 'zod';

/*
 * The shape of one unit of knowledge. Staff edit units as YAML under knowledge/; keys are English field names,
 * values that people read are Spanish. Everything here is data: no unit carries behaviour.
 */

/** How sure the source makes us. `low` claims are kept for the editors and answer nobody. */
export const confidenceSchema = z.enum(['high', 'medium', 'low']);
export type Confidence = z.infer<typeof confidenceSchema>;

/** Who may read a unit: everybody, or only IGM's staff. */
export const audienceSchema = z.enum(['public', 'staff']);
export type Audience = z.infer<typeof audienceSchema>;

/** Languages in which people ask. */
export const languageSchema = z.enum(['es', 'en', 'pt', 'fr', 'ht']);
export type Language = z.infer<typeof languageSchema>;

/** State of a norm or unit in time, as read in its sources. */
export const validityStatusSchema = z.enum(['vigente', 'reformado', 'derogado', 'anulado', 'por-confirmar']);
export type ValidityStatus = z.infer<typeof validityStatusSchema>;

/** A full date, a month or a year: as much of it as the source gave. */
export const partialDateSchema = z
  .string()
  .regex(/^\d{4}(-\d{2}(-\d{2})?)?$/, 'escriba una fecha AAAA-MM-DD, AAAA-MM o AAAA');

export const validitySchema = z.strictObject({
  status: validityStatusSchema,
  /** First day in force, as far as a source says. */
  since: partialDateSchema.optional(),
  /** First day no longer in force. */
  until: partialDateSchema.optional(),
  /** What still applies of a repealed norm. */
  partlyInForce: z.string().optional(),
  /** Ids of the norms that took its place. */
  replacedBy: z.array(z.string()).optional(),
  /** Day on which somebody last looked it up. */
  checkedOn: partialDateSchema.optional(),
  /** One sentence on the change, for the reader. */
  note: z.string().optional(),
});
export type Validity = z.infer<typeof validitySchema>;

/** How far the content has been reviewed; `validado` needs the role and the day. */
export const reviewSchema = z.discriminatedUnion('state', [
  z.strictObject({ state: z.literal('fuente-publica') }),
  z.strictObject({ state: z.literal('texto-oficial') }),
  z.strictObject({ state: z.literal('validado'), by: z.string().min(1), on: partialDateSchema }),
]);
export type Review = z.infer<typeof reviewSchema>;

/** What a claim talks about; it lets an answer pick the cost when the cost is asked. */
export const claimPartSchema = z.enum([
  'rule',
  'who',
  'kind',
  'step',
  'requirement',
  'cost',
  'time',
  'where',
  'contact',
  'right',
  'warning',
  'basis',
  'responsible',
]);
export type ClaimPart = z.infer<typeof claimPartSchema>;

/** One atomic statement: a sentence in plain Spanish that its sources carry. */
export const claimSchema = z
  .strictObject({
    /** Unique within the unit and stable across edits. */
    id: z.string().regex(/^[a-z0-9-]+$/),
    part: claimPartSchema.default('rule'),
    text: z.string().min(2),
    confidence: confidenceSchema,
    sources: z.array(z.string().min(1)),
    /** True when another source says otherwise; the text must then say so openly. */
    conflict: z.boolean().optional(),
    /** For editors and staff only. */
    note: z.string().optional(),
  })
  .refine((claim) => claim.confidence !== 'high' || claim.sources.length > 0, {
    message: 'un dato de confianza alta necesita al menos una fuente',
    path: ['sources'],
  });
export type Claim = z.infer<typeof claimSchema>;

/** An amount as data, so that two prices of the same thing can be compared by machine. */
export const amountSchema = z.strictObject({
  /** What is paid, e.g. "pasaporte de 5 años". */
  what: z.string().min(2),
  value: z.number().nonnegative(),
  currency: z.enum(['USD', 'GTQ']),
  /** Year of the tariff or of the page that gave it. */
  year: z.int().min(1990).max(2100),
  /** Id of the claim that states it. */
  claim: z.string(),
});

/** For whom the unit is true; an absent key means that it makes no difference. */
export const appliesToSchema = z.strictObject({
  nationality: z.array(z.enum(['guatemalan', 'central-american', 'foreign', 'stateless'])).optional(),
  age: z.array(z.enum(['child', 'adult'])).optional(),
  direction: z.array(z.enum(['entering', 'staying', 'transit', 'leaving', 'returning'])).optional(),
  route: z.array(z.enum(['land', 'air', 'sea'])).optional(),
});

export const unitKindSchema = z.enum([
  'norm',
  'article',
  'procedure',
  'institution',
  'contact',
  'policy',
  'action',
  'indicator',
  'internal',
]);
export type UnitKind = z.infer<typeof unitKindSchema>;

/** Questions as people write them, by language. */
export const questionsSchema = z.strictObject({
  es: z.array(z.string().min(2)).default([]),
  en: z.array(z.string().min(2)).default([]),
  pt: z.array(z.string().min(2)).default([]),
  fr: z.array(z.string().min(2)).default([]),
  ht: z.array(z.string().min(2)).default([]),
});
export type Questions = z.infer<typeof questionsSchema>;

/** An institution's ways of being reached, as data; the claims say the same in words. */
export const contactSchema = z.strictObject({
  address: z.string().optional(),
  phone: z.string().optional(),
  whatsapp: z.string().optional(),
  email: z.string().optional(),
  hours: z.string().optional(),
  site: z.string().optional(),
  note: z.string().optional(),
});
export type Contact = z.infer<typeof contactSchema>;

/** A place where people can go to an institution: what they find there, and the town by which it is found on the map. */
export const whereaboutsSchema = z.strictObject({
  /** A bed for whoever migrates, a centre that attends whoever migrates, an office of IGM for its services, or else. */
  offers: z.enum(['shelter', 'attention', 'migration', 'other']),
  /** As the gazetteer writes it: "Ciudad de Guatemala". */
  town: z.string().min(2),
  department: z.string().min(2),
  /** Id of the claim that states it. */
  claim: z.string(),
  /** What holds here alone, where the institution is in several places. */
  address: z.string().optional(),
  hours: z.string().optional(),
});
export type Whereabouts = z.infer<typeof whereaboutsSchema>;

/** What is written in YAML for one unit. Norm, audience, validity and review fall back to the file's norm. */
export const unitSchema = z.strictObject({
  /** `<norm>/<article>`: `codigo-migracion/46`, `tramite/pasaporte-adulto`, `politica-migratoria/e1-b-1`. */
  id: z.string().regex(/^[a-z0-9-]+\/[^\s/][^/]*$/, 'escriba <norma>/<artículo o id>'),
  kind: unitKindSchema,
  /** The article's number, the unit's id where it has none, `*` for a whole norm. Defaults to the id's tail. */
  article: z.string().optional(),
  /** False when the number was deduced and no source gave it: then no text, label or link shows it. */
  numberConfirmed: z.boolean().default(true),
  title: z.string().min(2),
  /** Sigla of an institution or short name of a norm. */
  acronym: z.string().optional(),
  /** Other names under which people look for it. */
  aliases: z.array(z.string()).default([]),
  /** The unit above: a policy action names its line. */
  parent: z.string().optional(),
  audience: audienceSchema.default('public'),
  /** True where asking about it tells of refuge or danger: what the person wrote is then kept for hours, not weeks. */
  sensitive: z.boolean().default(false),
  appliesTo: appliesToSchema.default({}),
  /** The mediated text, one paragraph an entry. Absent until it has been written: the claims speak instead. */
  plain: z.array(z.string().min(2)).default([]),
  claims: z.array(claimSchema).default([]),
  amounts: z.array(amountSchema).default([]),
  contact: contactSchema.optional(),
  places: z.array(whereaboutsSchema).default([]),
  /** Policy action: the institution that answers for it, and those linked to it, by name or sigla. */
  responsible: z.string().optional(),
  linked: z.array(z.string()).default([]),
  questions: questionsSchema.default({ es: [], en: [], pt: [], fr: [], ht: [] }),
  /** Articles of another norm that this unit states: it is found by their numbers too, and cited as itself. */
  alsoArticleOf: z
    .array(z.strictObject({ norm: z.string(), articles: z.array(z.string().min(1)).min(1) }))
    .default([]),
  /** Related units by id: legal basis, "see also". */
  see: z.array(z.string()).default([]),
  validity: validitySchema.optional(),
  review: reviewSchema.default({ state: 'fuente-publica' }),
  /** Year and month in which the sources were read. */
  asOf: partialDateSchema.optional(),
  /** For editors and staff only. */
  note: z.string().optional(),
});
export type UnitRecord = z.infer<typeof unitSchema>;

/** A norm of the compendium: what the catalogue knows about it. */
export const normSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]+$/),
  /** Other ids under which it is known, e.g. the number of its last version. */
  aliases: z.array(z.string()).default([]),
  title: z.string().min(2),
  /** What citations say: "Código de Migración". Defaults to the title. */
  shortTitle: z.string().optional(),
  /** "Decreto 44-2016". */
  number: z.string(),
  issuer: z.string(),
  date: partialDateSchema.optional(),
  validity: validitySchema,
  replaces: z.array(z.string()).default([]),
  tags: z.array(z.string()).default([]),
  officialUrl: z.string().optional(),
  audience: audienceSchema.default('public'),
  confidence: confidenceSchema,
  sources: z.array(z.string()).default([]),
  note: z.string().optional(),
});
export type Norm = z.infer<typeof normSchema>;

/** A line that people can ring, as data for fixed texts; `institution` is the unit that holds it. */
export const lineSchema = z.strictObject({
  number: z.string(),
  name: z.string(),
  use: z.string(),
  institution: z.string().optional(),
  emergency: z.boolean().default(false),
  confidence: confidenceSchema,
  sources: z.array(z.string()),
  /** Day on which an office rang it; absent until then. */
  testedOn: partialDateSchema.optional(),
  note: z.string().optional(),
});
export type Line = z.infer<typeof lineSchema>;

/** One file under knowledge/: any of the three lists. */
export const knowledgeFileSchema = z.strictObject({
  norms: z.array(normSchema).default([]),
  units: z.array(unitSchema).default([]),
  lines: z.array(lineSchema).default([]),
});
export type KnowledgeFile = z.infer<typeof knowledgeFileSchema>;

/** A unit as the program uses it: everything that falls back to the norm has been filled in. */
export type Unit = Readonly<Omit<UnitRecord, 'validity' | 'article'>> & {
  readonly norm: string;
  readonly article: string;
  readonly validity: Validity;
};
