import { applyRules, CONTENT_RULES, inFileOrder, STRUCTURE_RULES } from './check-rules.ts';
import { buildCorpus, type Corpus } from './corpus.ts';
import type { Defect } from './defect.ts';
import { readKnowledgeSources } from './knowledge-source.ts';
import { parseSources } from './parse-sources.ts';
import type { Confidence, Language, Review } from './unit.ts';

/** What there is in the knowledge folder, by number. */
interface KnowledgeCounts {
  readonly files: number;
  readonly norms: number;
  readonly units: number;
  readonly lines: number;
  readonly claims: Readonly<Record<Confidence, number>>;
  readonly questions: Readonly<Record<Language, number>>;
  /** Units by how far they have been reviewed. */
  readonly review: Readonly<Record<Review['state'], number>>;
}

/** What a check found. The knowledge may be released when `defects` is empty. */
export interface CheckReport {
  readonly defects: readonly Defect[];
  readonly counts: KnowledgeCounts;
}

/**
 * Looks every file over against the schema and every rule. While a file breaks the schema, only the schema's
 * faults are told: the rules would find holes where that file's units are missing.
 * @throws {Error} the file system's own error when the folder cannot be read
 */
export async function checkKnowledge(dir: string): Promise<CheckReport> {
  const { files, defects } = parseSources(await readKnowledgeSources(dir));
  const corpus = buildCorpus(files);
  return {
    defects:
      defects.length > 0 ? inFileOrder(defects) : applyRules([...STRUCTURE_RULES, ...CONTENT_RULES], corpus),
    counts: count(corpus),
  };
}

function count(corpus: Corpus): KnowledgeCounts {
  const claims = { high: 0, medium: 0, low: 0 };
  const questions = { es: 0, en: 0, pt: 0, fr: 0, ht: 0 };
  const review = { 'fuente-publica': 0, 'texto-oficial': 0, validado: 0 };
  for (const { unit } of corpus.placedUnits) {
    for (const claim of unit.claims) claims[claim.confidence] += 1;
    questions.es += unit.questions.es.length;
    questions.en += unit.questions.en.length;
    questions.pt += unit.questions.pt.length;
    questions.fr += unit.questions.fr.length;
    questions.ht += unit.questions.ht.length;
    review[unit.review.state] += 1;
  }
  return {
    files: corpus.files.length,
    norms: corpus.placedNorms.length,
    units: corpus.placedUnits.length,
    lines: corpus.files.reduce((sum, file) => sum + file.content.lines.length, 0),
    claims,
    questions,
    review,
  };
}
