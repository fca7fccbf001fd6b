import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { AppError } from '../../../errors.ts';
import type { ChannelStatus } from '../../channel.ts';
import { Arrivals } from './arriving/arrivals.ts';
import { createCatchUp } from './arriving/catch-up.ts';
import { downloadAudio } from './arriving/download-audio.ts';
import { createLinkingBoard, type LinkingBoard } from './linking/linking.ts';
import { chromiumArgs } from './process/chromium-args.ts';
import { findChromium } from './process/find-chromium.ts';
import { startChild } from './process/start-child.ts';
import type { ChildOptions } from './protocol.ts';
import { Outgoing } from './sending/outgoing.ts';
import { NumberHold } from './session/number-lease.ts';
import { createProfileKeeper, type ProfileKeeper } from './session/profile-keeper.ts';
import { openWatermark, type Watermark } from './session/watermark.ts';
import { statusOf } from './status-words.ts';
import { Supervisor } from './supervisor.ts';
import { DEFAULT_LIMITS, type WhatsAppWebLimits, type WhatsAppWebParts } from './whatsapp-web-parts.ts';

/** The parts of the channel, joined. */
export interface Door {
  readonly limits: WhatsAppWebLimits;
  readonly board: LinkingBoard;
  readonly keeper: ProfileKeeper;
  readonly watermark: Watermark;
  readonly arrivals: Arrivals;
  readonly outgoing: Outgoing;
  readonly supervisor: Supervisor;
  status(): ChannelStatus;
}

/** Joins the parts; nothing is started. */
export function joinDoor(parts: WhatsAppWebParts): Door {
  const limits: WhatsAppWebLimits = { ...DEFAULT_LIMITS, ...parts.limits };
  const { config, log, now, random } = parts;
  const watermark = openWatermark(join(config.sessionDir, 'watermark.json'), now);
  const keeper = createProfileKeeper({ ...limits, sessionDir: config.sessionDir, now, log });
  const board = createLinkingBoard();
  const ask: Supervisor['ask'] = (what, options) => supervisor.ask(what, options);
  const status = (): ChannelStatus => statusOf(supervisor.state, supervisor.failures);
  const arrivals = new Arrivals({
    ...parts,
    watermark,
    retry: limits.takeRetry,
    download: (id) => downloadAudio(ask, id, limits.downloadMs),
  });
  const outgoing = new Outgoing({
    ...{ ...parts, ask, limits },
    isOnline: () => status().state === 'ready',
    onSendsFail: () => supervisor.fault('sends'),
  });
  const catchUp = createCatchUp({ ask, watermark, arrivals, now, random, log, ...limits });
  const supervisor: Supervisor = new Supervisor({
    ...{ limits, log, now, random, keeper, board },
    makeHold: (onChange) =>
      new NumberHold({ ...parts, leaseMs: limits.leaseMs, onChange, owner: randomUUID() }),
    startChild: () => (parts.startChild ?? startChild)(childOptions(parts)),
    onHeard: (heard) => arrivals.hear(heard),
    onClient: catchUp.client,
    isIdle: () => outgoing.size === 0 && arrivals.size === 0,
  });
  return { limits, board, keeper, watermark, arrivals, outgoing, supervisor, status };
}

/** @throws {AppError} with a Spanish sentence when there is no Chromium, or not the page that is to be served */
function childOptions({ config, findChromium: find = findChromium }: WhatsAppWebParts): ChildOptions {
  checkPage(config);
  return {
    sessionDir: resolve(config.sessionDir),
    chromePath: find(config.chromePath),
    chromeArgs: chromiumArgs(config.chromeArgs, process.getuid?.() === 0),
    ...(config.webVersion === undefined ? {} : { webVersion: config.webVersion }),
    webCacheDir: resolve(config.webCacheDir),
  };
}

function checkPage({ webVersion, webCacheDir }: WhatsAppWebParts['config']): void {
  const page = webVersion === undefined ? undefined : join(resolve(webCacheDir), `${webVersion}.html`);
  if (page === undefined || existsSync(page)) return;
  throw new AppError(
    'CHANNEL_UNAVAILABLE',
    `Falta la página ${page}. Póngala ahí, corrija WHATSAPP_WEB_CACHE_DIR, o quite WHATSAPP_WEB_VERSION.`,
    { retryable: true },
  );
}
