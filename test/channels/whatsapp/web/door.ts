import { type ChildProcess, fork } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import type { ConversationId, InboundMessage } from '#src/channels/channel.ts';
import { renderWhatsApp } from '#src/channels/render-whatsapp.ts';
import type { TakeMessage, WhatsAppMessage } from '#src/channels/whatsapp/message.ts';
import type { ChatMessage, FromChild } from '#src/channels/whatsapp/web/protocol.ts';
import {
  createWhatsAppWebChannel,
  type WhatsAppWebChannel,
} from '#src/channels/whatsapp/web/whatsapp-web-channel.ts';
import type {
  NumberLeases,
  WhatsAppWebLimits,
  WhatsAppWebParts,
} from '#src/channels/whatsapp/web/whatsapp-web-parts.ts';
import { createLogBook, type LogBook } from '../../teams/log-book.ts';

const FAKE_CHILD = fileURLToPath(new URL('./fake-child.mjs', import.meta.url));

/** How a fake child behaves from its start. */
export interface Script {
  readonly beatMs?: number;
  /** The phone is linked already. */
  readonly linkOnStart?: boolean;
  /** Ends neither when asked nor on SIGTERM. */
  readonly stay?: boolean;
  /** Answers no request. */
  readonly deaf?: boolean;
  /** Starts a browser in a group of its own, and a helper in the child's. */
  readonly browser?: boolean;
  /** Says no state by itself after `starting`. */
  readonly quietStart?: boolean;
}

const reportSchema = z.discriminatedUnion('test', [
  z.object({
    test: z.literal('sent'),
    chat: z.string(),
    text: z.string().optional(),
    voice: z.string().optional(),
  }),
  z.object({ test: z.literal('asked'), asked: z.looseObject({ type: z.string() }) }),
  z.object({ test: z.literal('browser'), pids: z.array(z.number()) }),
]);

/** A channel over fake children. */
export interface Door {
  readonly channel: WhatsAppWebChannel;
  readonly sessionDir: string;
  readonly log: LogBook;
  /** Every child that was started, in order. */
  readonly children: readonly ChildProcess[];
  /** What the children were asked, in order. */
  readonly asked: readonly { readonly type: string; readonly [key: string]: unknown }[];
  /** What went out. */
  readonly sent: readonly {
    readonly chat: string;
    readonly text?: string | undefined;
    readonly voice?: string | undefined;
  }[];
  readonly browserPids: readonly number[];
  /** What was taken, in order. */
  readonly taken: readonly WhatsAppMessage[];
  /** Tells the newest child what to do. */
  tell(order: { readonly test: string; readonly message?: FromChild; readonly value?: unknown }): void;
  close(): Promise<void>;
}

/** What of a door a test sets. */
export interface DoorSettings extends Partial<Omit<WhatsAppWebParts, 'limits'>> {
  readonly limits?: Partial<WhatsAppWebLimits>;
  /** Of each child by its number; the last one goes on. */
  readonly scripts?: readonly Script[];
  readonly sessionDir?: string;
}

const QUICK: Partial<WhatsAppWebLimits> = {
  silentMs: 2_000,
  restart: { firstMs: 20, longestMs: 100 },
  stopMs: 1_500,
  killMs: 300,
  lostMs: 200,
  chatGapMs: 1,
  typingMs: 1,
  burst: 1_000,
  takeRetry: { firstMs: 5, longestMs: 20 },
};

export function openDoor(settings: DoorSettings = {}): Door {
  const { limits, scripts = [{ linkOnStart: true }], ...parts } = settings;
  const sessionDir = settings.sessionDir ?? mkdtempSync(join(tmpdir(), 'orienta-door-'));
  const log = createLogBook();
  const children: ChildProcess[] = [];
  const asked: Door['asked'][number][] = [];
  const sent: Door['sent'][number][] = [];
  const browserPids: number[] = [];
  const taken: WhatsAppMessage[] = [];
  const report = (raw: unknown): void => {
    const read = reportSchema.safeParse(raw).data;
    if (read?.test === 'sent') sent.push({ ...read });
    if (read?.test === 'asked') asked.push(read.asked);
    if (read?.test === 'browser') browserPids.push(...read.pids);
  };
  const channel = createWhatsAppWebChannel({
    config: { sessionDir, webCacheDir: join(sessionDir, 'web-cache') },
    take: takeInto(taken),
    render: renderWhatsApp,
    forget: async () => undefined,
    amend: async () => 'unknown',
    leases: createMemoryLeases(),
    now: () => new Date(),
    random: () => 0.5,
    log: log.log,
    findChromium: () => '/usr/bin/chromium',
    startChild: (options) => {
      const script = scripts[Math.min(children.length, scripts.length - 1)];
      const args = [JSON.stringify(options), JSON.stringify(script)];
      const child = fork(FAKE_CHILD, args, { detached: true, stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
      child.on('message', report);
      children.push(child);
      return child;
    },
    ...parts,
    limits: { ...QUICK, ...limits },
  });
  return {
    ...{ channel, sessionDir, log, children, asked, sent, browserPids, taken },
    tell: (order) => void children.at(-1)?.send(order),
    close: async () => {
      await channel.stop();
      for (const child of children) child.kill('SIGKILL');
      // Doors that share the folder close together: the last one leaves nothing.
      rmSync(sessionDir, { recursive: true, force: true });
    },
  };
}

/** Takes everything, and hands it on as a store's front would. */
function takeInto(taken: WhatsAppMessage[]): TakeMessage {
  return async (message, receive) => {
    taken.push(message);
    await receive(toInbound(message));
  };
}

function toInbound({ id, chat, names, sentAt, body, quoted }: WhatsAppMessage): InboundMessage {
  return {
    channel: 'whatsapp',
    conversation: `whatsapp:${chat}` as ConversationId,
    ...{ id, names, audience: 'public', receivedAt: sentAt },
    text: body.kind === 'text' ? body.text : '',
    ...(body.kind === 'text' ? {} : { form: body.kind }),
    ...(quoted === undefined ? {} : { quoted }),
  };
}

/** Leases of several doors in one process. */
export function createMemoryLeases(): NumberLeases & { isAway: boolean } {
  let holder: { readonly owner: string; readonly token: number; until: number } | undefined;
  let token = 0;
  const leases = {
    isAway: false,
    hold: async (name: string, owner: string, forMs: number) => {
      if (leases.isAway) throw new Error('the store is away');
      const now = performance.now();
      if (holder !== undefined && holder.owner !== owner && holder.until > now) return undefined;
      if (holder?.owner !== owner) token += 1;
      holder = { owner, token, until: now + forMs };
      return { name, owner, token };
    },
    release: async (lease: { readonly owner: string }) => {
      if (holder?.owner === lease.owner) holder = undefined;
    },
  };
  return leases;
}

/** A text message as the child tells it. */
export function chatMessage(change: Partial<ChatMessage> = {}): ChatMessage {
  const chat = change.chat ?? '50255550101@c.us';
  return {
    id: `false_${chat}_${Math.random().toString(16).slice(2)}`,
    ...{ chat, names: [chat], sentAt: Date.now(), kind: 'text', text: '¿Qué es una visa?' },
    ...change,
  };
}

/** Waits until something holds. */
export async function until(holds: () => boolean, what = 'it', withinMs = 10_000): Promise<void> {
  const deadline = performance.now() + withinMs;
  while (!holds()) {
    if (performance.now() > deadline) throw new Error(`waited for ${what} in vain`);
    await sleep(5);
  }
}

/** Whether a process runs; one that ended and was not looked after yet does not. */
export function isAlive(pid: number | undefined): boolean {
  try {
    return !/\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}
