import { randomUUID } from 'node:crypto';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { errorCode } from '../../../errors.ts';
import type { Channel, ConversationId } from '../../channel.ts';
import type { Audio } from '../message.ts';
import { type Arrivals, createArrivals } from './arrivals.ts';
import { createCatchUp } from './catch-up.ts';
import { chromiumArgs } from './chromium-args.ts';
import { DoorError } from './door-error.ts';
import { findChromium } from './find-chromium.ts';
import { createLinkingBoard, type Linking, type LinkingListener } from './linking.ts';
import { createNumberHold } from './number-lease.ts';
import { chatOf, createOutgoing, type Outgoing } from './outgoing.ts';
import { requestPairingCode } from './pairing.ts';
import type { AskOptions } from './process-link.ts';
import { createProfileKeeper, type ProfileKeeper } from './profile-keeper.ts';
import type { ChildOptions } from './protocol.ts';
import { startChild } from './start-child.ts';
import { statusOf } from './status-words.ts';
import { Supervisor } from './supervisor.ts';
import { openWatermark } from './watermark.ts';
import {
  DEFAULT_LIMITS,
  type WhatsAppWebFacts,
  type WhatsAppWebLimits,
  type WhatsAppWebParts,
} from './whatsapp-web-parts.ts';

/** WhatsApp through whatsapp-web.js: the pilot's door. */
export interface WhatsAppWebChannel extends Channel {
  /** What is to be linked now; undefined while nothing is. For operators only. */
  linking(): Linking | undefined;
  /** Hears each new QR and code. @returns takes the listener off */
  onLinking(listener: LinkingListener): () => void;
  /** An operator wants to link the phone: starts what rests after a logout or because nobody looked. */
  beginLinking(): void;
  /**
   * Asks for a code to be typed on the phone instead of a QR. Begins linking where it rests.
   * @param phone digits with the country code
   * @throws {AppError} `USAGE` when the phone is none; `CHANNEL_UNAVAILABLE` when no code could be had now
   */
  requestPairingCode(phone: string): Promise<string>;
  facts(): WhatsAppWebFacts;
}

const SAVE_EVERY_MS = 2_000;

/** @returns a channel that does nothing until it is started, and then never waits for WhatsApp */
export function createWhatsAppWebChannel(parts: WhatsAppWebParts): WhatsAppWebChannel {
  const limits: WhatsAppWebLimits = { ...DEFAULT_LIMITS, ...parts.limits };
  const { config, log, now, random } = parts;
  const { sessionDir } = config;
  const watermark = openWatermark(join(sessionDir, 'watermark.json'), now);
  const keeper = createProfileKeeper({ sessionDir, snapshotAgeMs: limits.snapshotAgeMs, now, log });
  const board = createLinkingBoard();
  const ask: Supervisor['ask'] = (what, options) => supervisor.ask(what, options);
  const isOnline = (): boolean => statusOf(statusFacts()).state === 'ready';
  const arrivals: Arrivals = createArrivals({
    ...parts,
    watermark,
    retry: limits.takeRetry,
    download: (id) => download(ask, id, limits.downloadMs),
  });
  const outgoing: Outgoing = createOutgoing({
    ...{ ask, isOnline, limits, random, log },
    render: parts.render,
    speak: parts.speak,
    onSendsFail: () => supervisor.fault('sends'),
  });
  const catchUp = createCatchUp({
    ...{ ask, watermark, arrivals, now, random, log },
    requestMs: limits.requestMs,
    oldestMs: limits.sweepAgeMs,
  });
  const supervisor: Supervisor = new Supervisor({
    ...{ limits, log, now, random, keeper, board },
    makeHold: (onChange) =>
      createNumberHold({
        ...{ leases: parts.leases, leaseMs: limits.leaseMs, log, onChange },
        owner: randomUUID(),
      }),
    startChild: () => (parts.startChild ?? startChild)(childOptions(parts)),
    onHeard: arrivals.hear,
    onClient: catchUp.client,
    isIdle: () => outgoing.size === 0 && arrivals.size === 0,
  });
  const statusFacts = () => ({
    phase: supervisor.state.phase,
    failures: supervisor.state.failures,
    failingSince: supervisor.failures.since,
  });
  const save = (): void => {
    try {
      watermark.save();
    } catch (error) {
      log.warn({ error: errorCode(error) }, 'the WhatsApp watermark was not written');
    }
  };
  let saving: NodeJS.Timeout | undefined;
  let stopping: Promise<void> | undefined;
  const stop = async (): Promise<void> => {
    await Promise.all([arrivals.close(limits.stopMs), supervisor.stop()]);
    clearInterval(saving);
    save();
  };

  return {
    name: 'whatsapp',
    maxTextLength: limits.maxTextLength,
    mayWriteFirst: false,
    gatherMs: limits.gatherMs,
    start: async (receive) => {
      arrivals.open(receive);
      saving = setInterval(save, SAVE_EVERY_MS);
      supervisor.start();
    },
    send: outgoing.send,
    clear: (conversation) => clear(conversation, ask, keeper, limits.requestMs),
    status: () => statusOf(statusFacts()),
    stop: () => {
      stopping ??= stop();
      return stopping;
    },
    linking: board.current,
    onLinking: board.onChange,
    beginLinking: () => supervisor.link(),
    requestPairingCode: (phone) =>
      requestPairingCode({ board, ask, begin: () => supervisor.link(), ...limits }, phone),
    facts: () => ({
      state: factState(supervisor),
      restarts: supervisor.failures.restarts,
      bytes: supervisor.bytes,
      sending: outgoing.size,
      taking: arrivals.size,
    }),
  };
}

function childOptions({ config, findChromium: find = findChromium }: WhatsAppWebParts): ChildOptions {
  return {
    sessionDir: resolve(config.sessionDir),
    chromePath: find(config.chromePath),
    chromeArgs: chromiumArgs(config.chromeArgs, process.getuid?.() === 0),
    ...(config.webVersion === undefined ? {} : { webVersion: config.webVersion }),
    webCacheDir: resolve(config.webCacheDir),
  };
}

function factState({ state: { phase } }: Supervisor): string {
  return phase.kind === 'running' ? phase.client : phase.kind;
}

/** What was said goes with the chat, and with every copy of the profile. */
async function clear(
  conversation: ConversationId,
  ask: Supervisor['ask'],
  keeper: ProfileKeeper,
  timeoutMs: number,
): Promise<void> {
  try {
    await ask({ type: 'clear', chat: chatOf(conversation) }, { timeoutMs });
  } catch (error) {
    // A chat that WhatsApp does not know holds nothing.
    if (!(error instanceof DoorError && error.refusal === 'no-chat')) throw error;
  }
  await keeper.dropSnapshot();
}

const audioSchema = z.object({ data: z.string().min(1), type: z.string() });

async function download(ask: Supervisor['ask'], id: string, timeoutMs: number): Promise<Audio | undefined> {
  const options: AskOptions = { timeoutMs };
  const value = await ask({ type: 'download', id }, options).catch(() => undefined);
  const audio = audioSchema.safeParse(value).data;
  return audio === undefined ? undefined : { bytes: Buffer.from(audio.data, 'base64'), type: audio.type };
}
