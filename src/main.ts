import { type App, startApp } from './app.ts';
import { openAssistant } from './assistant.ts';
import { createStoredConversationReferences } from './channels/teams/stored-conversation-references.ts';
import { type Config, loadConfig } from './config.ts';
import { AppError } from './errors.ts';
import { localUrl } from './local-url.ts';
import { createLog, type Logger } from './log.ts';
import { knowledgeDir } from './paths.ts';
import { prepareIndex } from './prepare-index.ts';
import { loadDataKeys } from './storage/data-keys.ts';
import { openDatabase } from './storage/database.ts';
import { openStore } from './storage/sql-store.ts';
import type { Store } from './storage/store.ts';

const STOP_DEADLINE_MS = 25_000;

async function main(): Promise<void> {
  const config = loadConfig(process.env);
  const log = createLog(config.LOG_LEVEL);
  let address = localUrl(config.HOST, config.PORT);
  const [store] = await Promise.all([openStoreOf(config, log), prepareIndex(knowledgeDir, config.DATA_DIR)]);
  const app = await (async () => {
    const assistant = await openAssistant({
      knowledgeDir,
      dataDir: config.DATA_DIR,
      baseUrl: () => config.PUBLIC_URL ?? address,
      now: () => new Date(),
      onProgress: ({ stage, done, total }) => log.info({ stage, done, total }, 'building the index'),
    });
    const references = createStoredConversationReferences(store.writeBack);
    return startApp({ config, log, assistant, store, references });
  })().catch(async (error: unknown) => {
    // Nothing is left locked behind a start that failed.
    await store.close();
    throw error;
  });
  address = app.address;
  stopOnSignals(app, store);
  process.stdout.write(welcome(config, app.address));
}

async function openStoreOf(config: Config, log: Logger): Promise<Store> {
  const keys = loadDataKeys({
    dataKeys: config.DATA_KEYS?.reveal(),
    dataDir: config.DATA_DIR,
    production: config.NODE_ENV === 'production',
  });
  const database = await openDatabase({
    databaseUrl: config.DATABASE_URL?.reveal(),
    dataDir: config.DATA_DIR,
    log,
  });
  return openStore({ database, keys }).catch(async (error: unknown) => {
    await database.close();
    throw error;
  });
}

function welcome(config: Config, address: string): string {
  const lines = [
    '',
    `Orienta está lista. Chat:  ${config.PUBLIC_URL ?? address}/`,
    `Normas y trámites:         ${config.PUBLIC_URL ?? address}/normas`,
  ];
  if (config.MicrosoftAppId === undefined) {
    lines.push(
      'Para probar Teams aquí mismo, en otra terminal:',
      `  npx agentsplayground -e ${address}/api/messages -c msteams`,
    );
  }
  return `${lines.join('\n')}\n\n`;
}

function stopOnSignals(app: App, store: Store): void {
  const stop = (): void => {
    setTimeout(() => process.exit(1), STOP_DEADLINE_MS).unref();
    app
      .stop()
      .then(() => store.close())
      .then(
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
