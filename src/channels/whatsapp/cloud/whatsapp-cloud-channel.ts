import type { Secret } from '../../../config.ts';
import { AppError } from '../../../errors.ts';
import type { Logger } from '../../../log.ts';
import type { Channel, ConversationId, Receive, Reply, SenderName } from '../../channel.ts';
import type { Speak, TakeMessage } from '../message.ts';
import { isWindowClosed } from './delivery-fault.ts';
import { createGraphClient, GRAPH_URL } from './graph-client.ts';
import { GraphRefusal } from './graph-refusal.ts';
import { createHealth, type Health } from './health.ts';
import { createIncoming } from './incoming.ts';
import { createOutgoing } from './outgoing.ts';
import { readWebhook } from './read-webhook.ts';
import { createReceipts, type LateFailure } from './receipts.ts';
import { createReopening, type ReopenTemplate } from './reopening.ts';
import { isSameWord, isSigned } from './trust.ts';
import { createTyping } from './typing.ts';

/** How long things may take, and how much they may hold. */
export interface CloudLimits {
  /** One call of the Graph API, in ms. */
  readonly callMs: number;
  /** Longest wait, in ms, for Meta's word that an accepted message went out. After that acceptance counts. */
  readonly statusMs: number;
  /** Keeping what a webhook brought, in ms; after that Meta is told to send it again. */
  readonly takeMs: number;
  /** Largest voice note, in bytes; WhatsApp takes 16 MB. */
  readonly mostAudioBytes: number;
  /** How long the start waits for Meta, in ms; after that the channel is `starting` until it answers. */
  readonly startMs: number;
  /** Waits between checks of the number while Meta refuses it, in ms. */
  readonly retry: { readonly firstMs: number; readonly longestMs: number };
}

const DEFAULT_LIMITS: CloudLimits = {
  callMs: 10_000,
  statusMs: 4_000,
  takeMs: 10_000,
  mostAudioBytes: 16 * 1024 * 1024,
  startMs: 2_000,
  retry: { firstMs: 15_000, longestMs: 10 * 60_000 },
};

const CHANNEL = 'whatsapp';
/** Longest text that the API takes. */
const MAX_TEXT_LENGTH = 4_096;
/** People write in fragments; this much quiet ends what they wanted to say. */
const GATHER_MS = 2_500;

/** WhatsApp through Meta's Cloud API. */
export interface WhatsAppCloudChannel extends Channel {
  /**
   * Answers Meta's question whether this address is Orienta's.
   * @param query of the GET, `hub.mode`, `hub.verify_token` and `hub.challenge`
   * @returns the challenge to send back; undefined when whoever asks does not know the verify token
   */
  verify(query: Readonly<Record<string, unknown>>): string | undefined;
  /**
   * Takes one POST of Meta. Once it resolves everything in it is kept.
   * @param body the bytes as they came: they are what is signed
   * @param signature the header `X-Hub-Signature-256`
   * @throws {AppError} `UNTRUSTED_REQUEST`, `MALFORMED_REQUEST`, or a retryable one: Meta is to send the same again
   */
  handle(body: Uint8Array, signature: string | undefined): Promise<void>;
}

/** What the channel is made from. */
export interface WhatsAppCloudParts {
  readonly token: Secret;
  /** Meta's id of the number, not the number. */
  readonly phoneId: string;
  readonly appSecret: Secret;
  readonly verifyToken: Secret;
  /** The Graph API with its version, without a slash at the end. */
  readonly graphUrl?: string;
  readonly take: TakeMessage;
  /** The messages a reply comes to, each at most 4,096 long. */
  readonly render: (reply: Reply) => readonly string[];
  readonly speak?: Speak | undefined;
  /** Forgets what a message said, by the platform's id, because its writer deleted it. */
  readonly forget: (id: string) => Promise<unknown>;
  /** Replaces the words of a message whose writer edited it. */
  readonly amend: (id: string, text: string) => Promise<unknown>;
  /** All these names are one person's: their number or business-scoped id has changed. */
  readonly alias: (names: readonly [SenderName, ...SenderName[]]) => Promise<unknown>;
  /** Told of a message that failed after it had counted as delivered. */
  readonly onFailed?: (failure: LateFailure) => void;
  /** Sent, once a day to each, to people whose answer comes more than 24 hours after they wrote. */
  readonly reopenTemplate?: ReopenTemplate | undefined;
  readonly now: () => Date;
  readonly log: Logger;
  readonly limits?: Partial<CloudLimits>;
}

/** @returns a channel that takes nothing until it is started */
export function createWhatsAppCloudChannel(parts: WhatsAppCloudParts): WhatsAppCloudChannel {
  const { appSecret, now } = parts;
  const limits = { ...DEFAULT_LIMITS, ...parts.limits };
  const { health, outgoing, incoming, typing, download } = join(parts, limits);
  let receive: Receive | undefined;

  return {
    name: CHANNEL,
    maxTextLength: MAX_TEXT_LENGTH,
    mayWriteFirst: false,
    gatherMs: GATHER_MS,
    start: async (receiver) => {
      receive = receiver;
      await health.start();
    },
    send: outgoing.send,
    status: health.status,
    stop: async () => {
      receive = undefined;
      health.stop();
      await Promise.all([incoming.settled(), typing.settled()]);
    },
    verify: (query) => {
      const { 'hub.mode': mode, 'hub.verify_token': word, 'hub.challenge': challenge } = query;
      if (typeof word !== 'string' || !isSameWord(word, parts.verifyToken)) return undefined;
      return mode === 'subscribe' && typeof challenge === 'string' ? challenge : undefined;
    },
    handle: async (body, signature) => {
      if (!isSigned(body, signature, appSecret)) throw untrusted();
      const receiver = receive;
      if (receiver === undefined) throw notRunning();
      await incoming.take(readWebhook(body, { phoneId: parts.phoneId, download, now }), receiver);
    },
  };
}

function join(parts: WhatsAppCloudParts, limits: CloudLimits) {
  const { token, phoneId, graphUrl = GRAPH_URL, now, log } = parts;
  const graph = createGraphClient({ token, phoneId, graphUrl, callMs: limits.callMs, now });
  const health = createHealth({ check: graph.check, log, startMs: limits.startMs, retry: limits.retry });
  const reopen = createReopening({ graph, template: parts.reopenTemplate, now, log });
  const receipts = createReceipts({
    now,
    callMs: limits.callMs,
    onLate: (failure) => reportLate(parts, health, reopen, failure),
  });
  const typing = createTyping(graph.showTyping, log);
  const outgoing = createOutgoing({
    graph,
    receipts,
    health,
    render: parts.render,
    speak: parts.speak,
    reopen,
    typingShown: (to) => typing.shown(to.slice(`${CHANNEL}:`.length)),
    tagKey: parts.appSecret,
    statusMs: limits.statusMs,
    log,
  });
  const incoming = createIncoming({
    take: parts.take,
    forget: parts.forget,
    amend: parts.amend,
    alias: parts.alias,
    noteStatus: receipts.note,
    onTaken: (id, chat) => {
      if (health.status().state === 'ready') typing.show(id, chat);
    },
    now,
    takeMs: limits.takeMs,
    log,
  });
  const download = (mediaId: string) => graph.download(mediaId, limits.mostAudioBytes);
  return { health, outgoing, incoming, typing, download };
}

function reportLate(
  { log, onFailed }: WhatsAppCloudParts,
  health: Health,
  reopen: (to: ConversationId) => Promise<void>,
  failure: LateFailure,
): void {
  log.warn({ code: failure.code }, 'whatsapp: a message failed after it was sent');
  const refusal = new GraphRefusal({ graphCode: failure.code });
  health.failed(refusal);
  if (failure.conversation !== undefined && isWindowClosed(refusal)) void reopen(failure.conversation);
  onFailed?.(failure);
}

function untrusted(): AppError {
  return new AppError(
    'UNTRUSTED_REQUEST',
    'The request is not signed with the secret of the Meta app (WHATSAPP_CLOUD_APP_SECRET).',
  );
}

function notRunning(): AppError {
  return new AppError('CHANNEL_UNAVAILABLE', 'The WhatsApp channel is not running.', { retryable: true });
}
