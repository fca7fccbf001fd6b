import type { Assistant } from '../assistant.ts';
import { completeQuestion } from '../conversation/understand.ts';
import type { Audience } from '../knowledge/unit.ts';
import type { Print } from './ask-command.ts';
import { readBatch } from './batch.ts';
import { passageJson } from './passage-json.ts';

/** Options of `orienta search`. */
export interface SearchOptions {
  readonly limit: number;
  readonly audience: Audience;
  readonly asOf: string;
  readonly json: boolean;
}

/** Shows the units found for one question. */
export async function search(
  question: string,
  options: SearchOptions,
  assistant: Assistant,
  print: Print,
): Promise<void> {
  await show('1', question, options, assistant, print);
}

/** Searches a file of talks, a JSON line each; earlier turns give the context of the last. */
export async function searchBatch(
  file: string,
  options: SearchOptions,
  assistant: Assistant,
  print: Print,
): Promise<void> {
  for (const line of await readBatch(file)) {
    const query = line.turns.reduce((topic, text) => completeQuestion(text, topic));
    await show(
      line.id,
      query,
      { ...options, audience: line.audience ?? options.audience, json: true },
      assistant,
      print,
    );
  }
}

async function show(
  id: string,
  query: string,
  options: SearchOptions,
  assistant: Assistant,
  print: Print,
): Promise<void> {
  const { limit, audience, asOf } = options;
  const results = (await assistant.retriever.retrieve(query, { limit, audience, asOf })).map(passageJson);
  if (options.json) print(JSON.stringify({ id, results }));
  else for (const { score, unit, title } of results) print(`${score.toFixed(3)}  ${unit}  ${title}`);
}
