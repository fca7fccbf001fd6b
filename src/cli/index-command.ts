import { loadKnowledge } from '../knowledge/load-knowledge.ts';
import { type IndexProgress, openIndex } from '../retrieval/open-index.ts';
import type { Print } from './ask-command.ts';

/** What `orienta index` works on. */
export interface IndexCommandOptions {
  readonly rebuild: boolean;
  readonly knowledgeDir: string;
  readonly dataDir: string;
  readonly print: Print;
  readonly printProgress: Print;
}

const STAGE_WORDS: Readonly<Record<IndexProgress['stage'], string>> = {
  fit: 'aprendiendo de las fichas',
  embed: 'calculando vectores',
  link: 'enlazando vecinos',
  done: 'índice listo',
};

/** Builds the index when it is missing, or anew when asked, and says what it holds. */
export async function indexCommand({
  rebuild,
  knowledgeDir,
  dataDir,
  print,
  printProgress,
}: IndexCommandOptions): Promise<void> {
  const knowledge = await loadKnowledge(knowledgeDir);
  const { status } = await openIndex({
    knowledge,
    dataDir,
    rebuild,
    onProgress: (progress) => printProgress(progressWords(progress)),
  });
  const made = status.built ? 'Índice construido' : 'El índice ya estaba al día';
  print(
    `${made}: ${status.units} fichas, ${status.vectors} vectores de ${status.dimension} (${status.model}), ${status.key}`,
  );
}

/** One line on how far the building has come. */
export function progressWords({ stage, done, total }: IndexProgress): string {
  return `${STAGE_WORDS[stage]} ${done}/${total}`;
}
