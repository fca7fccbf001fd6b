import { randomBytes } from 'node:crypto';
import { type App, startApp } from './app.ts';
import { openAssistant } from './assistant.ts';
import { createFileShelf } from './channels/file-shelf.ts';
import { isExposed } from './channels/teams/local-only.ts';
import { createStoredConversationReferences } from './channels/teams/stored-conversation-references.ts';
import { createSpeak } from './channels/whatsapp/speech.ts';
import { openRecordings } from './channels/whatsapp/speech-recordings.ts';
import { type Config, checkForServing, loadConfig } from './config.ts';
import { AppError } from './errors.ts';
import { loadEnv } from './load-env.ts';
import { isLoopbackHost, localUrl } from './local-url.ts';
import { createLog, type Logger } from './log.ts';
import { createMetrics } from './metrics.ts';
import { openControlServer } from './operations/control-server.ts';
import { type OpenData, openData } from './operations/open-data.ts';
import { createStoreOperations } from './operations/store-operations.ts';
import { createSuspendableStore, type SuspendableStore } from './operations/suspendable-store.ts';
import { knowledgeDir } from './paths.ts';
import { prepareIndex } from './prepare-index.ts';
import { openStore } from './storage/sql-store.ts';
import type { Store } from './storage/store.ts';

/** As many as nobody can guess. */
const FILE_TOKEN_BYTES = 32;
const STOP_DEADLINE_MS = 28_000;

async function main(): Promise<void> {
  loadEnv();
  const config = loadConfig(process.env);
  checkForServing(config);
  const log = createLog(config.LOG_LEVEL);
  let address = localUrl(config.HOST, config.PORT);
  const [{ database, keys, suspendable }, voice] = await Promise.all([
    openStoreOf(config, log),
    openVoice(config, log),
    prepareIndex(knowledgeDir, config.DATA_DIR),
  ]);
  const { store, whileSuspended } = suspendable;
  const metrics = createMetrics(store);
  const files = createFileShelf({
    baseUrl: () => config.PUBLIC_URL ?? address,
    now: () => new Date(),
    newToken: () => randomBytes(FILE_TOKEN_BYTES).toString('base64url'),
  });
  // Without a public address only this machine could open a link to itself.
  const canFetch = config.PUBLIC_URL !== undefined || isLoopbackHost(config.HOST);
  const app = await (async () => {
    const assistant = await openAssistant({
      knowledgeDir,
      dataDir: config.DATA_DIR,
      baseUrl: () => config.PUBLIC_URL ?? address,
      now: () => new Date(),
      onProgress: ({ stage, done, total }) => log.info({ stage, done, total }, 'building the index'),
      onStage: metrics.measures.stageTook,
      recordings: voice.recordings,
      speaks: config.SPEECH_URL !== undefined,
      ...(canFetch && { offerFile: files.offer }),
      notice: {
        retentionDays: config.RETENTION_DAYS,
        voiceLeaves: config.TRANSCRIPTION_URL !== undefined,
      },
    });
    metrics.showIndex(assistant.knowledge.version, assistant.index);
    const references = createStoredConversationReferences(store.writeBack);
    return startApp({
      ...{ config, log, assistant, database, store, references, metrics, files },
      speak: voice.speak,
      keys: keys.origin === 'file' ? 'development' : 'environment',
    });
  })().catch(async (error: unknown) => {
    // Nothing is left locked behind a start that failed.
    await store.close();
    throw error;
  });
  address = app.address;
  const data = async () => ({ database, keys, setAside: undefined });
  const operations = createStoreOperations({
    data,
    dataToRestore: data,
    store: async () => store,
    whileSuspended,
    linkWhatsApp: app.linkWhatsApp,
  });
  const control = await openControlServer(config.DATA_DIR, operations, log);
  stopOnSignals([control.close, app.stop, store.close]);
  process.stdout.write(welcome(config, app));
}

async function openStoreOf(
  config: Config,
  log: Logger,
): Promise<OpenData & { readonly suspendable: SuspendableStore }> {
  const { database, keys } = await openData(config, log);
  const open = (): Promise<Store> => openStore({ database, keys });
  try {
    return { database, keys, suspendable: createSuspendableStore(await open(), open) };
  } catch (error) {
    await database.close();
    throw error;
  }
}

/** What is wrong with a recording is for the editors: here it only means that the words are sent. */
async function openVoice(config: Config, log: Logger) {
  const { recordings, audio, defects } = await openRecordings(knowledgeDir);
  if (defects.length > 0)
    log.warn({ recordings: defects.length }, 'recordings left out: orienta knowledge check');
  const { SPEECH_URL: url, SPEECH_MODEL: model, SPEECH_KEY: key, SPEECH_VOICE: voice } = config;
  const speech = url === undefined ? undefined : { url, model, key, voice };
  return { recordings, speak: createSpeak({ recordings: audio, speech, log }) };
}

function welcome(config: Config, { address, adminAddress }: App): string {
  const lines = [
    '',
    `Orienta está lista. Chat:  ${config.PUBLIC_URL ?? address}/`,
    `Normas y trámites:         ${config.PUBLIC_URL ?? address}/normas`,
    `Consola de operadores:     ${adminAddress}/consola/canales`,
  ];
  if (config.MicrosoftAppId === undefined && !isExposed(config)) {
    lines.push(
      'Para probar Teams aquí mismo, en otra terminal:',
      `  npx agentsplayground -e ${address}/api/messages -c msteams`,
    );
  }
  return `${lines.join('\n')}\n\n`;
}

/** Ends in this order, each part after the one before. */
function stopOnSignals(parts: readonly (() => Promise<void>)[]): void {
  const stop = (): void => {
    setTimeout(() => process.exit(1), STOP_DEADLINE_MS).unref();
    const stopAll = async (): Promise<void> => {
      for (const stopPart of parts) await stopPart();
    };
    stopAll().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
}

main().catch((error: unknown) => {
  // A person reads this at start: the sentence for faults they can mend, the whole for those they cannot.
  process.stderr.write(
    `${error instanceof AppError ? error.message : String(error instanceof Error ? error.stack : error)}\n`,
  );
  process.exitCode = 1;
});
