import { join } from 'node:path';
import type { Channel, ChannelStatus } from './channels/channel.ts';
import type { SearchCompendium } from './channels/compendium-search.ts';
import { renderWhatsApp } from './channels/render-whatsapp.ts';
import { type ConversationReferences, conversationOf } from './channels/teams/conversation-references.ts';
import { createSearchExtension } from './channels/teams/search-extension.ts';
import { createTeamsChannel, type TeamsChannel } from './channels/teams/teams-channel.ts';
import { createWebChannel, type WebChannel } from './channels/web/web-channel.ts';
import {
  createWhatsAppCloudChannel,
  type WhatsAppCloudChannel,
  type WhatsAppCloudParts,
} from './channels/whatsapp/cloud/whatsapp-cloud-channel.ts';
import { createTakeMessage } from './channels/whatsapp/incoming.ts';
import type { Speak } from './channels/whatsapp/message.ts';
import { createTranscribe } from './channels/whatsapp/transcription.ts';
import {
  createWhatsAppWebChannel,
  type WhatsAppWebChannel,
} from './channels/whatsapp/web/whatsapp-web-channel.ts';
import { systemClock } from './clock.ts';
import type { Config } from './config.ts';
import type { Amend } from './conversation/accept-message.ts';
import { createOnPress } from './conversation/press-button.ts';
import { decodeReply } from './conversation/reply-codec.ts';
import type { Desk } from './conversation/staff/open-desk.ts';
import type { Logger } from './log.ts';
import type { Places } from './places/places.ts';
import type { Store } from './storage/store.ts';

/** What the channels are made from. */
export interface ChannelParts {
  readonly config: Config;
  readonly log: Logger;
  readonly store: Store;
  readonly references: ConversationReferences;
  /** The search from Teams' compose box. */
  readonly search: SearchCompendium;
  /** What makes files and texts of answers. */
  readonly desk: Pick<Desk, 'exportTables' | 'copyForWhatsApp'>;
  /** Called when something waits to be delivered that is no turn's reply. */
  readonly onReply: () => void;
  readonly places: Places;
  /** Takes an edit of a WhatsApp message in. */
  readonly amend: Amend;
  readonly speak: Speak;
}

/** The channels of one process. */
export interface OpenChannels {
  readonly all: readonly Channel[];
  readonly web: WebChannel;
  readonly teams: TeamsChannel;
  /** WhatsApp through Meta's API, where its number has moved there. */
  readonly whatsappCloud: WhatsAppCloudChannel | undefined;
  /** WhatsApp through whatsapp-web.js. */
  readonly whatsappWeb: WhatsAppWebChannel | undefined;
  /** By name, those that are switched off included. */
  statuses(): Readonly<Record<string, ChannelStatus>>;
}

/** A phone's browser gives up on a request after about half a minute. */
const WEB_DEADLINE_MS = 25_000;
const WHATSAPP_OFF: ChannelStatus = {
  state: 'off',
  reason: 'para abrirlo ponga WHATSAPP_ENABLED=true, o las variables WHATSAPP_CLOUD_… de la API oficial',
};

/** Makes every channel that the configuration asks for; none is started yet. */
export function openChannels(parts: ChannelParts): OpenChannels {
  const { config, log, store, references } = parts;
  const now = () => systemClock.now();
  const findReply = async (id: string) => {
    const payload = (await store.outbox.replyTo(id))?.payload;
    return payload === undefined ? undefined : decodeReply(payload);
  };
  const web = createWebChannel({ now, deadlineMs: WEB_DEADLINE_MS, findReply });
  const forget = (id: string) => store.inbox.deleteMessage('teams', id);
  const legalRoom = config.TEAMS_LEGAL_CONVERSATION;
  const onPress = createOnPress({
    store,
    legalRoom: legalRoom === undefined ? undefined : conversationOf(legalRoom),
    desk: parts.desk,
    now,
    onReply: parts.onReply,
  });
  const teams = createTeamsChannel({
    ...{ config, log, references, now, forget, onPress },
    invokes: [createSearchExtension({ search: parts.search, log })],
  });
  const whatsappCloud = openCloud(parts);
  const whatsappWeb = config.WHATSAPP_ENABLED ? openPilot(parts) : undefined;
  const whatsapp = whatsappCloud ?? whatsappWeb;
  const all = [web, teams, ...(whatsapp === undefined ? [] : [whatsapp])];
  return {
    all,
    web,
    teams,
    whatsappCloud,
    whatsappWeb,
    statuses: () => ({
      whatsapp: WHATSAPP_OFF,
      ...Object.fromEntries(all.map((channel) => [channel.name, channel.status()])),
    }),
  };
}

function openPilot(parts: ChannelParts): WhatsAppWebChannel {
  const { config, store, log } = parts;
  const sessionDir = config.WHATSAPP_SESSION_DIR ?? join(config.DATA_DIR, 'whatsapp');
  return createWhatsAppWebChannel({
    ...sharedParts(parts),
    config: {
      sessionDir,
      webVersion: config.WHATSAPP_WEB_VERSION,
      webCacheDir: config.WHATSAPP_WEB_CACHE_DIR ?? join(sessionDir, 'web-cache'),
      chromeArgs: config.WHATSAPP_CHROME_ARGS,
      chromePath: config.CHROME_PATH,
    },
    leases: store.leases,
    random: Math.random,
    log,
  });
}

function openCloud(parts: ChannelParts): WhatsAppCloudChannel | undefined {
  const {
    WHATSAPP_CLOUD_TOKEN: token,
    WHATSAPP_CLOUD_PHONE_ID: phoneId,
    WHATSAPP_CLOUD_APP_SECRET: appSecret,
    WHATSAPP_CLOUD_VERIFY_TOKEN: verifyToken,
    WHATSAPP_CLOUD_URL: graphUrl,
  } = parts.config;
  if (token === undefined || phoneId === undefined || appSecret === undefined || verifyToken === undefined)
    return undefined;
  const alias: WhatsAppCloudParts['alias'] = async (names) => {
    const { people } = parts.store;
    const known = await Promise.all(names.map((name) => people.find(name)));
    // Whoever never wrote, or was erased, is not made known by a change of their number.
    if (known.some((person) => person !== undefined)) await people.resolve(names);
  };
  return createWhatsAppCloudChannel({
    ...sharedParts(parts),
    alias,
    token,
    phoneId,
    appSecret,
    verifyToken,
    ...(graphUrl === undefined ? {} : { graphUrl }),
    reopenTemplate: templateOf(parts.config.WHATSAPP_CLOUD_TEMPLATE),
  });
}

/** "respuesta_lista" or "respuesta_lista:es_MX". */
function templateOf(words: string | undefined): WhatsAppCloudParts['reopenTemplate'] {
  const [name, language] = words?.split(':') ?? [];
  if (name === undefined) return undefined;
  return language === undefined ? { name } : { name, language };
}

/** What both doors of WhatsApp are made from. */
function sharedParts({ config, log, store, places, amend, speak }: ChannelParts) {
  const now = () => systemClock.now();
  const { TRANSCRIPTION_URL: url, TRANSCRIPTION_MODEL: model, TRANSCRIPTION_KEY: key } = config;
  const transcribe = url === undefined ? undefined : createTranscribe({ url, model, key, log });
  return {
    take: createTakeMessage({ places, transcribe, now, log }),
    render: renderWhatsApp,
    speak,
    forget: (id: string) => store.inbox.deleteMessage('whatsapp', id),
    amend,
    now,
    log,
  };
}
