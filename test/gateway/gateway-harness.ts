import { pino } from 'pino';
import { onTestFinished } from 'vitest';
import type { Block } from '#src/answering/answer.ts';
import { createCite } from '#src/answering/cite.ts';
import type { InboundMessage, Reply } from '#src/channels/channel.ts';
import { createWebChannel, type WebChannel } from '#src/channels/web/web-channel.ts';
import { createGateway, type GatewayParts } from '#src/gateway/gateway.ts';
import type { Readiness } from '#src/gateway/health-route.ts';
import type { Knowledge } from '#src/knowledge/knowledge.ts';
import { Passage } from '#src/retrieval/passage.ts';
import { SAMPLE } from './knowledge-fixture.ts';

/** What a test's conversation does with a message: a reply, or nothing at all. */
export type Respond = (message: InboundMessage, knowledge: Knowledge) => Promise<Reply | undefined>;

/** A running gateway. */
export interface Running {
  readonly address: string;
  readonly web: WebChannel;
  readonly received: readonly InboundMessage[];
  /** Every line logged so far. */
  readonly logged: () => string;
  readonly get: (path: string, init?: RequestInit) => Promise<Response>;
  readonly ask: (body: unknown, headers?: Readonly<Record<string, string>>) => Promise<Response>;
}

/** A process with all its parts there. */
export const READY: Readiness = {
  database: true,
  keys: 'environment',
  knowledge: true,
  index: 'hnsw',
  channels: { web: { state: 'ready' }, teams: { state: 'off', reason: 'x' } },
};

interface Options extends Partial<Omit<GatewayParts, 'web' | 'log'>> {
  readonly respond?: Respond;
  readonly deadlineMs?: number;
}

/** Starts a gateway on a free port and stops it when the test is over. */
export async function startGateway(options: Options = {}): Promise<Running> {
  const { respond = answerWork, deadlineMs = 5_000, knowledge = SAMPLE, ...parts } = options;
  const received: InboundMessage[] = [];
  const lines: string[] = [];
  const web = createWebChannel({
    now: () => new Date('2026-11-22T12:00:00Z'),
    deadlineMs,
    findReply: async () => undefined,
  });
  await web.start(async (message) => {
    received.push(message);
    const reply = await respond(message, knowledge);
    if (reply !== undefined) await web.send(message.conversation, { ...reply, inReplyTo: message.id });
    return { id: `turn-${received.length}` };
  });
  const log = pino({ level: 'debug' }, { write: (text: string) => void lines.push(text) });
  const readiness = async () => ({ ...READY, channels: { web: web.status() } });
  const gateway = createGateway({ readiness, ...parts, knowledge, web, log });
  const { address, close } = await gateway.listen({ port: 0, host: '127.0.0.1' });
  onTestFinished(async () => {
    await web.stop();
    await close();
  });
  return {
    address,
    web,
    received,
    logged: () => lines.join(''),
    get: (path, init) => fetch(`${address}${path}`, { redirect: 'manual', ...init }),
    ask: (body, headers) =>
      fetch(`${address}/api/chat`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', ...headers },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      }),
  };
}

/** Answers every question with article 6 and says the question again. */
export const answerWork: Respond = async (message, knowledge) =>
  reply(knowledge, 'codigo-migracion/6', [
    { kind: 'paragraph', text: `Sí. Usted preguntó: ${message.text}` },
    { kind: 'list', ordered: true, title: 'Pasos', items: ['Busque trabajo.', 'Pida el permiso.'] },
    { kind: 'notice', text: 'Según fuentes públicas de 2026; confirme en ventanilla.' },
  ]);

/** A reply that rests on one unit. */
export function reply(knowledge: Knowledge, unitId: string, blocks: readonly Block[]): Reply {
  const unit = knowledge.units.get(unitId);
  if (unit === undefined) throw new Error(`No unit ${unitId} in the test's knowledge`);
  const passage = new Passage(unit, 1, ['reference']);
  const citations = [createCite(knowledge, () => 'https://orienta.example.gt')(passage).shown()];
  return { kind: 'answer', language: 'es', blocks, citations };
}
