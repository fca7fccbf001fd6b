import { performance } from 'node:perf_hooks';
import type { Assistant } from '../assistant.ts';
import type { ChannelName, Reply } from '../channels/channel.ts';
import { citationJson } from '../channels/reply-json.ts';
import type { Turn } from '../conversation/turn.ts';
import type { Passage } from '../retrieval/passage.ts';
import type { BatchLine } from './batch.ts';
import { passageJson } from './passage-json.ts';
import { renderFor } from './render-for.ts';

/** Options of `orienta ask`. */
export interface AskOptions {
  readonly channel: ChannelName;
  readonly asOf?: string | undefined;
  readonly json: boolean;
}

/** Writes one line to the command's output. */
export type Print = (line: string) => void;

/** Answers one question as the given channel would. */
export async function ask(
  question: string,
  options: AskOptions,
  assistant: Assistant,
  print: Print,
): Promise<void> {
  print(await talk({ id: '1', turns: [question] }, options, assistant));
}

/** Answers a file of talks, one JSON line each, in the file's order. */
export async function askBatch(
  lines: readonly BatchLine[],
  options: AskOptions,
  assistant: Assistant,
  print: Print,
): Promise<void> {
  for (const line of lines) {
    print(await talk(line, { ...options, channel: line.channel ?? options.channel, json: true }, assistant));
  }
}

interface Talk {
  readonly id: string;
  readonly turns: readonly string[];
}

async function talk({ id, turns }: Talk, options: AskOptions, assistant: Assistant): Promise<string> {
  let turn: Turn | undefined;
  let ms = 0;
  for (const text of turns) {
    const started = performance.now();
    turn = await assistant.handle(
      {
        channel: options.channel,
        audience: options.channel === 'teams' ? 'staff' : 'public',
        text,
        receivedAt: new Date(),
        ...(options.asOf === undefined ? {} : { asOf: options.asOf }),
      },
      turn?.context,
    );
    ms = performance.now() - started;
  }
  // Words always get a reply.
  if (turn?.reply === undefined) return '';
  const { reply, retrieved } = turn;
  const text = renderFor(options.channel, reply);
  return options.json ? JSON.stringify(toJson(id, reply, retrieved, text, ms)) : text;
}

function toJson(id: string, reply: Reply, retrieved: readonly Passage[], text: string, ms: number): object {
  return {
    id,
    kind: reply.kind,
    lang: reply.language,
    text,
    citations: reply.citations.map(citationJson),
    retrieved: retrieved.map(passageJson),
    ms: Math.round(ms * 100) / 100,
  };
}
