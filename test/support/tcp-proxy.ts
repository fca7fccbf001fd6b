import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';

/** A wire to a server that a test can cut. */
export interface TcpProxy {
  readonly port: number;
  /** Drops every connection and refuses new ones, as a stopped server does. */
  cut(): Promise<void>;
  /** Keeps every connection and takes new ones, but carries nothing, as a broken network does. */
  swallow(): void;
  /** Carries again. What was swallowed is lost with its connections. */
  restore(): Promise<void>;
  close(): Promise<void>;
}

/** Starts a wire on a free port of this machine. */
export async function startTcpProxy(target: {
  readonly host: string;
  readonly port: number;
}): Promise<TcpProxy> {
  const sockets = new Set<Socket>();
  let swallows = false;
  const keep = (socket: Socket): void => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy()).on('close', () => sockets.delete(socket));
  };
  const carry = (from: Socket, to: Socket): void => {
    from.on('data', (chunk) => {
      if (!swallows) to.write(chunk);
    });
    from.on('close', () => to.destroy());
  };
  const server = createServer((near) => {
    const far = connect(target);
    for (const socket of [near, far]) keep(socket);
    carry(near, far);
    carry(far, near);
  });
  const drop = (): void => {
    for (const socket of sockets) socket.destroy();
  };
  await listen(server, 0);
  const { port } = portOf(server);
  return {
    port,
    async cut() {
      server.close();
      drop();
      await once(server, 'close');
    },
    swallow() {
      swallows = true;
    },
    async restore() {
      if (swallows) drop();
      swallows = false;
      if (!server.listening) await listen(server, port);
    },
    async close() {
      drop();
      if (!server.listening) return;
      server.close();
      await once(server, 'close');
    },
  };
}

async function listen(server: Server, port: number): Promise<void> {
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
}

function portOf(server: Server): { readonly port: number } {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the proxy does not listen');
  return address;
}
