import type { Assistant } from '../assistant.ts';
import type { Understood } from '../conversation/understand.ts';
import type { Audience } from '../knowledge/unit.ts';
import type { Print } from './ask-command.ts';
import type { BatchLine } from './batch.ts';
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
  await show('1', [question], options, assistant, print);
}

/** Searches for the last turn of each talk; earlier turns give its context. */
export async function searchBatch(
  lines: readonly BatchLine[],
  options: SearchOptions,
  assistant: Assistant,
  print: Print,
): Promise<void> {
  for (const line of lines) {
    const lineOptions = { ...options, audience: line.audience ?? options.audience, json: true };
    await show(line.id, line.turns, lineOptions, assistant, print);
  }
}

async function show(
  id: string,
  turns: readonly string[],
  { limit, audience, asOf, json }: SearchOptions,
  assistant: Assistant,
  print: Print,
): Promise<void> {
  let understood: Understood | undefined;
  for (const text of turns) {
    understood = await assistant.understand(text, understood?.matter, { limit, audience, asOf });
  }
  const results = (understood?.retrieved ?? []).map(passageJson);
  if (json) print(JSON.stringify({ id, results }));
  else for (const { score, unit, title } of results) print(`${score.toFixed(3)}  ${unit}  ${title}`);
}
