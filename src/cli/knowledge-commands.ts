import { type CheckReport, checkKnowledge } from '../knowledge/check-knowledge.ts';
import { type Defect, describeDefect } from '../knowledge/defect.ts';
import { listUnits } from '../knowledge/list-units.ts';
import { loadKnowledge } from '../knowledge/load-knowledge.ts';
import type { Print } from './ask-command.ts';

/**
 * Prints what is wrong in the knowledge folder, and what is in it.
 * @param more what else to look over once the files are sound
 * @returns the exit code: 1 when anything is wrong
 */
export async function checkCommand(
  dir: string,
  json: boolean,
  print: Print,
  more: () => Promise<readonly Defect[]>,
): Promise<0 | 1> {
  const checked = await checkKnowledge(dir);
  const report = checked.defects.length > 0 ? checked : { ...checked, defects: await more() };
  if (json) print(JSON.stringify(report));
  else for (const line of reportLines(report)) print(line);
  return report.defects.length === 0 ? 0 : 1;
}

function reportLines({ defects, counts }: CheckReport): readonly string[] {
  const { files, norms, units, lines, claims, questions } = counts;
  return [
    ...defects.map(describeDefect),
    `${files} archivos: ${norms} normas, ${units} fichas, ${lines} líneas de ayuda`,
    `datos por confianza: alta ${claims.high}, media ${claims.medium}, baja ${claims.low} (la baja no responde a nadie)`,
    `preguntas: ${Object.entries(questions)
      .map(([language, count]) => `${language} ${count}`)
      .join(', ')}`,
    defects.length === 0 ? 'Sin fallas.' : `${defects.length} fallas.`,
  ];
}

/** Options of `orienta knowledge list`. */
export interface ListOptions {
  readonly unvalidated: boolean;
  readonly json: boolean;
}

/** Prints the units, one a line. */
export async function listCommand(
  dir: string,
  { unvalidated, json }: ListOptions,
  print: Print,
): Promise<void> {
  for (const row of listUnits(await loadKnowledge(dir), { unvalidated })) {
    print(json ? JSON.stringify(row) : [row.id, row.review, row.validity, row.title].join('\t'));
  }
}
