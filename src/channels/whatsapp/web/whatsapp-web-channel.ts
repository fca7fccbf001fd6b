import { errorCode } from '../../../errors.ts';
import type { Logger } from '../../../log.ts';
import type { Channel, ConversationId } from '../../channel.ts';
import { type Door, joinDoor } from './door.ts';
import { DoorError } from './door-error.ts';
import type { Linking, LinkingListener } from './linking/linking.ts';
import { requestPairingCode } from './linking/pairing.ts';
import { chatOf } from './sending/outgoing.ts';
import type { WhatsAppWebFacts, WhatsAppWebParts } from './whatsapp-web-parts.ts';

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
  const door = joinDoor(parts);
  const { limits, board, arrivals, outgoing, supervisor } = door;
  let saving: NodeJS.Timeout | undefined;
  let stopping: Promise<void> | undefined;
  const stop = async (): Promise<void> => {
    outgoing.stop();
    await Promise.all([arrivals.close(limits.stopMs), supervisor.stop()]);
    clearInterval(saving);
    saveWatermark(door, parts.log);
  };
  return {
    name: 'whatsapp',
    maxTextLength: limits.maxTextLength,
    mayWriteFirst: false,
    gatherMs: limits.gatherMs,
    start: async (receive) => {
      arrivals.open(receive);
      saving = setInterval(() => saveWatermark(door, parts.log), SAVE_EVERY_MS);
      supervisor.start();
    },
    send: (to, reply, options) => outgoing.send(to, reply, options),
    clear: (conversation) => clear(door, conversation),
    status: door.status,
    stop: () => {
      stopping ??= stop();
      return stopping;
    },
    linking: board.current,
    onLinking: board.onChange,
    beginLinking: () => supervisor.link(),
    requestPairingCode: (phone) => requestPairingCode({ ...limits, board, supervisor }, phone),
    facts: () => factsOf(door),
  };
}

/** What was said goes with the chat, and with every copy of the profile. */
async function clear({ supervisor, keeper, limits }: Door, conversation: ConversationId): Promise<void> {
  try {
    await supervisor.ask({ type: 'clear', chat: chatOf(conversation) }, { timeoutMs: limits.requestMs });
  } catch (error) {
    // A chat that WhatsApp does not know holds nothing.
    if (!(error instanceof DoorError && error.refusal === 'no-chat')) throw error;
  }
  await keeper.dropSnapshot();
}

function saveWatermark({ watermark }: Door, log: Logger): void {
  try {
    watermark.save();
  } catch (error) {
    log.warn({ error: errorCode(error) }, 'the WhatsApp watermark was not written');
  }
}

function factsOf({ supervisor, outgoing, arrivals }: Door): WhatsAppWebFacts {
  const { phase } = supervisor.state;
  return {
    state: phase.kind === 'running' ? phase.client : phase.kind,
    restarts: supervisor.failures.restarts,
    bytes: supervisor.bytes,
    sending: outgoing.size,
    taking: arrivals.size,
  };
}
