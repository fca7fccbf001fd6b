import { once } from 'node:events';
import { createServer } from 'node:http';

/** The place Teams replies are sent to, as far as a whole process needs one. */
export interface TeamsConnector {
  /** Address that activities name as their serviceUrl. */
  readonly serviceUrl: string;
  /** Bodies of the messages it took. */
  readonly taken: readonly string[];
  /** From now on messages are refused with this status and these words; undefined takes them again. */
  refuseWith(refusal: { readonly status: number; readonly body: string } | undefined): void;
  close(): Promise<void>;
}

/** Listens on a free port of this machine. */
export async function startTeamsConnector(): Promise<TeamsConnector> {
  const taken: string[] = [];
  let refusal: { readonly status: number; readonly body: string } | undefined;
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => {
      body += chunk.toString('utf8');
    });
    request.on('end', () => {
      const isTyping = body.includes('"type":"typing"');
      if (!isTyping && refusal !== undefined) {
        response.writeHead(refusal.status, { 'Content-Type': 'application/json' }).end(refusal.body);
        return;
      }
      if (!isTyping) taken.push(body);
      response.writeHead(201, { 'Content-Type': 'application/json' }).end('{"id":"1"}');
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    serviceUrl: `http://127.0.0.1:${port}/`,
    taken,
    refuseWith: (next) => {
      refusal = next;
    },
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
