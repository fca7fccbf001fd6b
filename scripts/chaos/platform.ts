import { createServer } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';

/** One reply that reached the platform. */
export interface Delivered {
  readonly to: string;
  readonly replyTo: string;
}

const deliveredSchema = z.object({ to: z.string(), replyTo: z.string() });

/** A platform that only notes what reaches it. It lives outside the processes that are killed. */
export async function startPlatform(): Promise<{
  readonly url: string;
  readonly delivered: Delivered[];
  stop(): void;
}> {
  const delivered: Delivered[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      delivered.push(deliveredSchema.parse(JSON.parse(Buffer.concat(chunks).toString('utf8'))));
      response.end(`p${delivered.length}`);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return { url: `http://127.0.0.1:${port}`, delivered, stop: () => server.close() };
}

/** People who write one message after another and send each again until it is acknowledged. */
export function startLoad(
  talks: number,
  gatewayUrl: () => string | undefined,
): {
  readonly acknowledged: Map<string, string[]>;
  stop(): Promise<void>;
} {
  const acknowledged = new Map<string, string[]>();
  let running = true;
  const talk = async (conversation: string): Promise<void> => {
    const own: string[] = [];
    acknowledged.set(conversation, own);
    for (let number = 0; running; number += 1) {
      const id = `${conversation}#${number}`;
      while (running && !(await send(gatewayUrl(), { id, conversation }))) await sleep(50);
      if (running) own.push(id);
      await sleep(Math.random() * 100);
    }
  };
  const all = Array.from({ length: talks }, (_, index) => talk(`whatsapp:${50_200_000_000 + index}@c.us`));
  return {
    acknowledged,
    async stop() {
      running = false;
      await Promise.all(all);
    },
  };
}

async function send(
  url: string | undefined,
  message: { readonly id: string; readonly conversation: string },
): Promise<boolean> {
  if (url === undefined) return false;
  try {
    const body = JSON.stringify(message);
    const answer = await fetch(url, { method: 'POST', body, signal: AbortSignal.timeout(5_000) });
    return answer.ok;
  } catch {
    return false;
  }
}
