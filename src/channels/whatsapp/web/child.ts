import { type Fault, faultOf } from './client/fault.ts';
import { type ClientSession, startSession } from './client/session.ts';
import { childOptionsSchema, type FromChild, toChildSchema } from './protocol.ts';

/*
 * The process that runs whatsapp-web.js and its browser: `node child.js <ChildOptions as JSON>`, started by the gateway
 * with an IPC channel. It ends by itself, browser included, when it is asked to, on SIGTERM and SIGINT, when the gateway
 * is gone, when the session is over, and when anything fails: what comes next is for the gateway to say.
 */

const EXIT = { clean: 0, fault: 1, usage: 2 } as const;
/** Facts on their way to the gateway are waited for this long. */
const FLUSH_MS = 500;
/** Longer than a browser is given to close. */
const END_MS = 7_000;

let session: ClientSession | undefined;
let isEnding = false;
let unsent = 0;

function emit(message: FromChild): void {
  if (process.send === undefined || !process.connected) return;
  unsent += 1;
  process.send(message, undefined, undefined, () => {
    unsent -= 1;
  });
}

/** @param request the one that asked for it, answered when the browser is closed */
async function end(code: number, request?: number): Promise<void> {
  const isFirst = !isEnding;
  isEnding = true;
  if (isFirst) setTimeout(() => process.exit(code || EXIT.fault), END_MS);
  await session?.close();
  if (request !== undefined) emit({ type: 'done', request, value: null });
  if (!isFirst) return;
  const deadline = Date.now() + FLUSH_MS;
  while (unsent > 0 && Date.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 10));
  process.exit(code);
}

function fail(fault: Fault): void {
  // What still ran when the browser was closed fails now; nothing is wrong with that.
  if (isEnding) return;
  emit({ type: 'log', level: 'error', text: 'the WhatsApp process ends', facts: { ...fault } });
  void end(EXIT.fault);
}

async function take(raw: unknown): Promise<void> {
  const request = toChildSchema.safeParse(raw).data;
  if (request === undefined || session === undefined) return;
  const number = request.request;
  if (request.type === 'stop') return end(EXIT.clean, number);
  const outcome = await session.answer(request).catch((thrown: unknown) => {
    const facts = { request: request.type, ...faultOf(thrown) };
    if (!isEnding) emit({ type: 'log', level: 'warn', text: 'a request failed', facts });
    return { code: 'failed' as const };
  });
  if ('code' in outcome) emit({ type: 'failed', request: number, code: outcome.code });
  else emit({ type: 'done', request: number, value: outcome.value });
}

function readOptions(): unknown {
  try {
    return JSON.parse(process.argv[2] ?? '');
  } catch {
    return undefined;
  }
}

const options = childOptionsSchema.safeParse(readOptions());
if (!options.success || process.send === undefined) {
  process.stderr.write('This is started by Orienta itself: see WHATSAPP_ENABLED.\n');
  process.exit(EXIT.usage);
}
process.on('uncaughtException', (thrown: unknown) => fail(faultOf(thrown)));
process.on('unhandledRejection', (thrown: unknown) => fail(faultOf(thrown)));
process.on('SIGTERM', () => void end(EXIT.clean));
process.on('SIGINT', () => void end(EXIT.clean));
process.on('disconnect', () => void end(EXIT.clean));
process.on('message', (raw: unknown) => void take(raw));
session = startSession(options.data, {
  emit,
  now: Date.now,
  onEnd: (why, fault) => {
    if (fault !== undefined) fail(fault);
    else void end(why === 'logged-out' ? EXIT.clean : EXIT.fault);
  },
});
