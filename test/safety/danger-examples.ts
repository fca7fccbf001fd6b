import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { loadKnowledge } from '#src/knowledge/load-knowledge.ts';
import { languageSchema } from '#src/knowledge/unit.ts';
import { knowledgeDir, packageRoot } from '#src/paths.ts';
import { dangerIdSchema } from '#src/safety/danger-book.ts';
import { loadDangerBook } from '#src/safety/load-danger-book.ts';

const nearMissSchema = z.object({ id: z.string(), lang: languageSchema, text: z.string() });
const dangerExampleSchema = nearMissSchema.extend({ danger: dangerIdSchema });

/** The sets of test/fixtures/triage, by the start of their names. */
export type ExampleSet = '' | 'check-' | 'later-' | 'last-' | 'street-';

/** What people write in danger. */
export function dangerExamples(set: ExampleSet): readonly z.infer<typeof dangerExampleSchema>[] {
  return readLines(`triage/${set}dangers.jsonl`).map((line) => dangerExampleSchema.parse(line));
}

/** What only looks like danger. */
export function nearMisses(set: ExampleSet): readonly z.infer<typeof nearMissSchema>[] {
  return readLines(`triage/${set}near-misses.jsonl`).map((line) => nearMissSchema.parse(line));
}

/** The questions that Orienta is tuned on. */
export function ordinaryQuestions(): readonly string[] {
  const schema = z.object({ question: z.string() });
  return ['eval/dev-lay.jsonl', 'eval/dev-unanswerable.jsonl']
    .flatMap(readLines)
    .map((line) => schema.parse(line).question);
}

function readLines(file: string): readonly unknown[] {
  const text = readFileSync(join(packageRoot, 'test/fixtures', file), 'utf8');
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
}

export const knowledge = await loadKnowledge(knowledgeDir);
/** The danger texts as they are written. */
export const book = await loadDangerBook(knowledgeDir, knowledge);
