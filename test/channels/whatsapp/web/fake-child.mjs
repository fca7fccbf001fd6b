// Stands for the process that runs whatsapp-web.js: speaks its protocol, and fails in every way it is told to.
// node fake-child.mjs <ChildOptions> <Script>; Script: { beatMs, linkOnStart, stay, deaf, browser, quietStart }
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const options = JSON.parse(process.argv[2]);
const script = JSON.parse(process.argv[3] ?? '{}');
const profile = join(options.sessionDir, 'session-orienta');
const session = join(profile, 'Default', 'IndexedDB', 'session');
const sent = new Map();
let bytes = 100;
let count = 0;
let state = 'starting';
let sendFault;
let sendsLeft = Number.POSITIVE_INFINITY;
let waiting = [];

const emit = (message) => process.send?.(message);
const reach = (next) => {
  state = next;
  emit({ type: 'state', state });
};
const link = () => {
  mkdirSync(dirname(session), { recursive: true });
  writeFileSync(session, 'linked');
  reach('authenticated');
  reach('ready');
};

function send({ request, chat, text, data, since }) {
  const fault = sendFault ?? (chat === 'nobody' ? 'no-chat' : sendsLeft-- > 0 ? undefined : 'not-sent');
  if (fault !== undefined) return emit({ type: 'failed', request, code: fault });
  const before = (sent.get(chat) ?? []).find((one) => one.at >= since && one.text === text && !one.told);
  if (before !== undefined) {
    before.told = true;
    return emit({ type: 'done', request, value: before.id });
  }
  const id = `true_${chat}_${process.pid}_${++count}`;
  sent.set(chat, [...(sent.get(chat) ?? []), { id, text, at: Date.now(), told: true }]);
  emit({ test: 'sent', chat, text, voice: data });
  emit({ type: 'done', request, value: id });
}

function answer(asked) {
  if (script.deaf) return;
  const done = (value = null) => emit({ type: 'done', request: asked.request, value });
  emit({ test: 'asked', asked });
  if (asked.type === 'stop') {
    if (script.stay) return;
    done();
    process.disconnect();
    return setTimeout(() => process.exit(0), 5);
  }
  if (asked.type === 'pair') {
    reach('pairing-code');
    emit({ type: 'pairing-code', code: 'ABCD1234' });
    return done('ABCD1234');
  }
  if (state !== 'ready') return emit({ type: 'failed', request: asked.request, code: 'not-ready' });
  if (asked.type === 'send-text' || asked.type === 'send-voice') return send(asked);
  if (asked.type === 'download') return done({ data: 'T2dnUw==', type: 'audio/ogg; codecs=opus' });
  if (asked.type === 'sweep') {
    for (const message of waiting) emit(message);
    waiting = [];
    return done({ chats: 0, missed: 0, messages: 0 });
  }
  done();
}

function obey({ test, message, value }) {
  if (test === 'emit') emit(message);
  if (test === 'wait') waiting.push(message);
  if (test === 'scan') link();
  if (test === 'exit') process.exit(value);
  if (test === 'throw') {
    // whatsapp-web.js throws bare words where nobody catches them.
    setTimeout(() => {
      throw 'auth timeout';
    });
  }
  if (test === 'hang') for (;;);
  if (test === 'bytes') bytes = value;
  if (test === 'fault') sendFault = value;
  if (test === 'sends-left') sendsLeft = value;
  if (test === 'logout') {
    rmSync(session, { force: true });
    reach('logged-out');
  }
}

process.on('message', (message) => ('test' in message ? obey(message) : answer(message)));
process.on('SIGTERM', () => script.stay || process.exit(0));
process.on('disconnect', () => script.stay || process.exit(0));
if (script.browser) {
  const idle = ['-e', 'setInterval(() => {}, 1000)', '--', `--user-data-dir=${profile}`];
  const browser = spawn(process.execPath, idle, { detached: true, stdio: 'ignore' });
  const helper = spawn(process.execPath, idle.slice(0, 2), { stdio: 'ignore' });
  emit({ test: 'browser', pids: [browser.pid, helper.pid] });
}
setInterval(() => emit({ type: 'beat', bytes }), script.beatMs ?? 20);
emit({ type: 'state', state: 'starting' });
if (script.quietStart !== true) {
  if (script.linkOnStart || existsSync(session)) link();
  else {
    reach('qr');
    emit({ type: 'qr', qr: `qr-${process.pid}` });
  }
}
