import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Knowledge } from '../src/knowledge/knowledge.ts';
import type { Language, Questions, Unit } from '../src/knowledge/unit.ts';
import { packageRoot } from '../src/paths.ts';
import { uniformSource } from '../src/retrieval/random.ts';

/** A question with the units that would be right first answers, as `norm/article`; none when nothing answers it. */
export interface JudgedQuestion {
  readonly question: string;
  readonly lang: Language;
  readonly gold: readonly string[];
}

const lineSchema = z.object({
  lang: z.enum(['es', 'en', 'pt', 'fr', 'ht']),
  question: z.string(),
  gold: z.array(z.object({ norm: z.string(), article: z.string() })),
});

/** Reads one of the evaluation files, JSON lines. */
export async function readJudgedQuestions(name: string): Promise<readonly JudgedQuestion[]> {
  const text = await readFile(join(packageRoot, 'test/fixtures/eval', name), 'utf8');
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => lineSchema.parse(JSON.parse(line)))
    .map(({ gold, ...rest }) => ({ ...rest, gold: gold.map(({ norm, article }) => `${norm}/${article}`) }));
}

/** Questions that have nothing to do with migration. */
export async function readOffTopic(): Promise<readonly JudgedQuestion[]> {
  const text = await readFile(join(packageRoot, 'test/retrieval/off-topic.json'), 'utf8');
  const questions = z.array(z.string()).parse(JSON.parse(text));
  return questions.map((question) => ({ question, lang: 'es', gold: [] }));
}

/** Questions for other countries' authorities and for other offices, in five languages: alternate ones to fit on and to judge by. */
export async function readElsewhere(half: 'fit' | 'judge'): Promise<readonly JudgedQuestion[]> {
  const text = await readFile(join(packageRoot, 'test/retrieval/elsewhere.json'), 'utf8');
  const questions = z.array(lineSchema.omit({ gold: true })).parse(JSON.parse(text));
  return questions
    .filter((_, at) => (at % 2 === 0) === (half === 'fit'))
    .map(({ lang, question }) => ({ lang, question, gold: [] }));
}

const heldOutShare = 1 / 3;

/** Takes a third of every unit's questions out of the knowledge, the same ones for the same seed. */
export function holdOutQuestions(
  knowledge: Knowledge,
  seed: number,
): { readonly knowledge: Knowledge; readonly heldOut: readonly JudgedQuestion[] } {
  const next = uniformSource(seed);
  const heldOut: JudgedQuestion[] = [];
  const units = new Map<string, Unit>();
  for (const [id, unit] of knowledge.units) {
    const gold = [`${unit.norm}/${unit.article}`];
    const keep = (lang: Language) =>
      unit.questions[lang].filter((question) => {
        const held = next() < heldOutShare;
        if (held) heldOut.push({ question, lang, gold });
        return !held;
      });
    const questions: Questions = {
      es: keep('es'),
      en: keep('en'),
      pt: keep('pt'),
      fr: keep('fr'),
      ht: keep('ht'),
    };
    units.set(id, { ...unit, questions });
  }
  return { knowledge: { ...knowledge, version: `${knowledge.version}-third-${seed}`, units }, heldOut };
}
