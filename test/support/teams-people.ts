import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { z } from 'zod';
import { packageRoot } from '#src/paths.ts';

const fixture = readFileSync(join(packageRoot, 'test/fixtures/teams/personal-message.json'), 'utf8');
const recordedSchema = z.looseObject({
  conversation: z.looseObject({ id: z.string() }),
  from: z.looseObject({ id: z.string() }),
});
const writtenSchema = z.looseObject({ type: z.string(), text: z.string().optional() });
const PATH = /^\/v3\/conversations\/([^/]+)\/activities/;

/** People in Teams, and the platform that keeps what reaches them, outside the processes under test. */
export interface TeamsPeople {
  /** Posts a question as the platform would. @returns the status; undefined when nobody answered */
  ask(address: string, conversation: string, id: string, text: string): Promise<number | undefined>;
  /** Texts that reached a conversation, in order. */
  textsTo(conversation: string): readonly string[];
  /** How many deliveries were tried, refused ones included. */
  tries(): number;
  /** From now on deliveries are refused as by a platform that is down; or taken again. */
  refuse(refuses: boolean): void;
  close(): Promise<void>;
}

/** Starts the platform. */
export async function startTeamsPeople(): Promise<TeamsPeople> {
  const texts = new Map<string, string[]>();
  let refuses = false;
  let tries = 0;
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const written = writtenSchema.parse(JSON.parse(Buffer.concat(chunks).toString('utf8')));
      const conversation = decodeURIComponent(PATH.exec(request.url ?? '')?.[1] ?? '');
      if (written.type === 'message') tries += 1;
      if (refuses) return response.writeHead(503).end('{}');
      if (written.type === 'message') {
        texts.set(conversation, [...(texts.get(conversation) ?? []), written.text ?? '']);
      }
      return response
        .writeHead(201, { 'Content-Type': 'application/json' })
        .end(JSON.stringify({ id: randomUUID() }));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const serviceUrl = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/`;
  return {
    async ask(to, conversation, id, text) {
      const recorded = recordedSchema.parse(JSON.parse(fixture));
      const activity = {
        ...recorded,
        id,
        text,
        serviceUrl,
        conversation: { ...recorded.conversation, id: conversation },
        from: { ...recorded.from, id: `user ${conversation}`, aadObjectId: randomUUID() },
      };
      try {
        const answer = await fetch(`${to}/api/messages`, {
          method: 'POST',
          headers: { 'Content-Type': 'application/json' },
          body: JSON.stringify(activity),
        });
        await answer.arrayBuffer();
        return answer.status;
      } catch {
        return undefined;
      }
    },
    textsTo: (conversation) => texts.get(conversation) ?? [],
    tries: () => tries,
    refuse: (value) => {
      refuses = value;
    },
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}
