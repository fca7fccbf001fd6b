import whatsapp, { type Client } from 'whatsapp-web.js';
import type { ChildOptions, FromChild } from '../protocol.ts';
import { createAcks } from './acks.ts';
import { hasLoggedOut, watchAttaching } from './attach.ts';
import { closeBrowser } from './end.ts';
import { hearMessages } from './events.ts';
import { type Fault, faultOf } from './fault.ts';
import { createHeard } from './heard.ts';
import { createInbound } from './inbound.ts';
import { createNames } from './names.ts';
import { clientOptions } from './options.ts';
import { callPage, type Page } from './page-call.ts';
import { ackOf, ackSchema, doneSchema } from './page-chats.ts';
import { nameDevice } from './page-probe.ts';
import { answerRequest, type Request } from './requests.ts';
import { createSend, type Outcome, type Send } from './send.ts';
import { createSessionState, type SessionState } from './state.ts';
import { sweep } from './sweep.ts';
import { repeatSweeps, type Sweeps } from './sweeps.ts';
import { type Log, watchPage } from './watch.ts';

/** One run of whatsapp-web.js with its browser. */
export interface ClientSession {
  answer(request: Request): Promise<Outcome>;
  /** Closes the browser, by force if need be. Safe to call twice. */
  close(): Promise<void>;
}

export interface SessionParts {
  readonly emit: (message: FromChild) => void;
  /** It cannot go on; the browser is still open. */
  readonly onEnd: (why: 'logged-out' | 'disconnected' | 'fault', fault?: Fault) => void;
  readonly now: () => number;
}

/** Starts whatsapp-web.js; what becomes of it is told. */
export function startSession(options: ChildOptions, parts: SessionParts): ClientSession {
  const { emit, now, onEnd } = parts;
  const client = new whatsapp.Client(clientOptions(options));
  const state = createSessionState(emit);
  const log: Log = (level, text, facts = {}) => emit({ type: 'log', level, text, facts: { ...facts } });
  const logOut = (): void => {
    state.reach('logged-out');
    onEnd('logged-out');
  };
  const { send, sweeps } = joinTalk(client, state, parts);
  watchAttaching(client, (thrown) => {
    sweeps.deaf = thrown !== undefined;
    state.part('listening', thrown === undefined);
    if (thrown !== undefined) log('error', 'the library does not listen', { ...faultOf(thrown) });
  });
  followState({ client, state, emit, onEnd, logOut, onReady: sweeps.settle });
  const stopWatching = watchPage({
    client,
    state,
    emit,
    log,
    now,
    onPage: (page) => watchBrowser(client, page, onEnd),
    onBack: sweeps.settle,
    hasLoggedOut: () => hasLoggedOut(client),
    onLogout: logOut,
  });
  client.initialize().catch((thrown: unknown) => onEnd('fault', faultOf(thrown)));

  let closing: Promise<void> | undefined;
  const close = (): Promise<void> => {
    stopWatching();
    sweeps.stop();
    closing ??= closeBrowser(client);
    return closing;
  };
  const requests = { client, state, send, sweep: sweeps.since };
  return { close, answer: (request) => answerRequest(requests, request) };
}

/** What comes in and goes out. */
function joinTalk(
  client: Client,
  state: SessionState,
  { emit, now }: SessionParts,
): { readonly send: Send; readonly sweeps: Sweeps } {
  const namesOf = createNames((chat) => client.getContactLidAndPhone([chat]), now);
  const inbound = createInbound({ emit, namesOf, heard: createHeard(), now });
  const acks = createAcks((id) => callPage(client.pupPage, ackOf, id, ackSchema));
  hearMessages(client, inbound, acks);
  const swept = { page: () => client.pupPage, inbound, now };
  return {
    send: createSend(client, acks),
    sweeps: repeatSweeps(state, now, (since) => sweep(swept, since)),
  };
}

interface StateParts extends Pick<SessionParts, 'emit' | 'onEnd'> {
  readonly client: Client;
  readonly state: SessionState;
  readonly logOut: () => void;
  readonly onReady: () => void;
}

/** The library's events about the session; each may come late, twice or never. */
function followState({ client, state, emit, onEnd, logOut, onReady }: StateParts): void {
  client.on('qr', (qr) => {
    // Codes go on changing while one is typed on the phone.
    if (state.stage !== 'pairing-code') state.reach('qr');
    emit({ type: 'qr', qr });
    callPage(client.pupPage, nameDevice, 'Orienta', doneSchema).catch(() => undefined);
  });
  client.on('code', (code) => {
    state.reach('pairing-code');
    emit({ type: 'pairing-code', code });
  });
  client.on('authenticated', () => {
    if (!state.isOnline && state.stage !== 'disconnected') state.reach('authenticated');
  });
  client.on('ready', () => {
    state.reach('ready');
    onReady();
  });
  client.on('change_state', (connection) => {
    if (`${connection}` === 'CONNECTED' && state.isOnline) onReady();
  });
  client.on('disconnected', (reason) => {
    if (`${reason}` === 'LOGOUT' || hasLoggedOut(client)) return logOut();
    state.reach('disconnected', /^[A-Z_]+$/.test(`${reason}`) ? `${reason}` : 'QR_UNUSED');
    onEnd('disconnected');
  });
}

/** What the library does not tell: a page that crashed, a browser that was killed. */
function watchBrowser(client: Client, page: Page, onEnd: SessionParts['onEnd']): void {
  page.on('error', () => onEnd('fault', { error: 'PageCrashed', what: '' }));
  page.on('close', () => onEnd('fault', { error: 'PageClosed', what: '' }));
  client.pupBrowser?.on('disconnected', () => onEnd('fault', { error: 'BrowserGone', what: '' }));
}
