import type { Client } from 'whatsapp-web.js';
import type { FromChild } from '../protocol.ts';
import { faultOf } from './fault.ts';
import { residentBytes } from './memory.ts';
import { callPage, type Page } from './page-call.ts';
import { doneSchema } from './page-chats.ts';
import { beginSynced, type Probe, probePage, probeSchema, refreshQr } from './page-probe.ts';
import type { SessionState } from './state.ts';

/** Between two looks at the page: often while something is awaited. */
const ONLINE_MS = 3_000;
const WAITING_MS = 1_500;
/** What must be seen twice in a row before it is believed. */
const TWICE = 2;
const REFRESH_QR_MS = 20_000;
const BEGIN_MS = 60_000;
/** The page should have gone to WhatsApp's farewell within this. */
const LOGOUT_MS = 6_000;

/** Connection states in which nothing comes or goes. */
const DOWN: ReadonlySet<string> = new Set([
  'OPENING',
  'PAIRING',
  'TIMEOUT',
  'CONFLICT',
  'UNLAUNCHED',
  'PROXYBLOCK',
]);

/** A fact for the log; never words, numbers or codes of people. */
export type Log = (
  level: 'info' | 'warn' | 'error',
  text: string,
  facts?: Readonly<Record<string, string>>,
) => void;

export interface WatchParts {
  readonly client: Client;
  readonly state: SessionState;
  readonly emit: (message: FromChild) => void;
  readonly log: Log;
  /** The page has been seen for the first time. */
  readonly onPage: (page: Page) => void;
  /** The connection is there again, on the same page. */
  readonly onBack: () => void;
  readonly hasLoggedOut: () => boolean;
  readonly onLogout: () => void;
  readonly now: () => number;
}

/**
 * Looks at the page itself every few seconds, as the library's events come late, twice or never. Each time the page
 * answers is a beat.
 * @returns stops it
 */
export function watchPage(parts: WatchParts): () => void {
  const { client, state, emit } = parts;
  const judge = createJudge(parts);
  let seen: Page | undefined;
  let timer: NodeJS.Timeout | undefined;
  let isStopped = false;
  const look = async (): Promise<void> => {
    const page = client.pupPage ?? undefined;
    if (page !== undefined && page !== seen) {
      seen = page;
      parts.onPage(page);
    }
    const probe = page === undefined ? undefined : await callPage(page, probePage, null, probeSchema);
    const bytes = await residentBytes();
    if (isStopped) return;
    emit({ type: 'beat', bytes });
    if (probe !== undefined && page !== undefined) judge(probe, page);
  };
  const loop = async (): Promise<void> => {
    // A page that navigates or hangs gives no beat; how long that may last is for the gateway to say.
    await look().catch(() => undefined);
    if (!isStopped) timer = setTimeout(loop, state.isOnline ? ONLINE_MS : WAITING_MS);
  };
  void loop();
  return () => {
    isStopped = true;
    clearTimeout(timer);
  };
}

/** What each look at the page means for the session. */
function createJudge(parts: WatchParts): (probe: Probe, page: Page) => void {
  const { state, now, log } = parts;
  const begin = createBegin(parts);
  let downs = 0;
  let refreshedAt = 0;
  let loggedOutAt: number | undefined;
  return (probe, page) => {
    if (parts.hasLoggedOut()) {
      loggedOutAt ??= now();
      if (now() - loggedOutAt > LOGOUT_MS) return parts.onLogout();
    }
    if (probe.state === 'UNPAIRED_IDLE' && now() - refreshedAt > REFRESH_QR_MS) {
      refreshedAt = now();
      callPage(page, refreshQr, null, doneSchema).catch((error: unknown) =>
        log('warn', 'the QR is not renewed', { ...faultOf(error) }),
      );
    }
    begin(probe, page);
    const isWaiting = state.stage === 'starting' || state.stage === 'qr' || state.stage === 'pairing-code';
    if (isWaiting && probe.state === 'CONNECTED') state.reach('authenticated');
    const isDown = !probe.isInjected || DOWN.has(probe.state ?? '');
    downs = isDown ? downs + 1 : 0;
    if (state.isOnline && downs >= TWICE)
      state.reach('disconnected', probe.isInjected ? probe.state : 'reloaded');
    const isBack = state.stage === 'disconnected' && probe.state === 'CONNECTED' && probe.isInjected;
    if (!isBack || !probe.hasSynced) return;
    state.reach('ready');
    parts.onBack();
  };
}

/** A sync that came before the library listened is told to it, once it is clear that it does not know. */
function createBegin({ log }: WatchParts): (probe: Probe, page: Page) => void {
  let misses = 0;
  let isBeginning = false;
  return (probe, page) => {
    misses = probe.hasSynced && probe.isListening && !probe.isInjected ? misses + 1 : 0;
    if (misses < TWICE || isBeginning) return;
    isBeginning = true;
    log('info', 'the chats were there before the library listened');
    callPage(page, beginSynced, null, doneSchema, BEGIN_MS)
      .catch((error: unknown) => log('error', 'the library does not begin', { ...faultOf(error) }))
      .finally(() => {
        isBeginning = false;
      });
  };
}
