import { type App, startApp } from './app.ts';
import { openAssistant } from './assistant.ts';
import { type Config, loadConfig } from './config.ts';
import { AppError } from './errors.ts';
import { localUrl } from './local-url.ts';
import { createLog } from './log.ts';
import { knowledgeDir } from './paths.ts';

const STOP_DEADLINE_MS = 20_000;

async function main(): Promise<void> {
  const config = loadConfig(process.env);
  const log = createLog(config.LOG_LEVEL);
  const now = () => new Date();
  let address = localUrl(config.HOST, config.PORT);
  const assistant = await openAssistant({
    knowledgeDir,
    dataDir: config.DATA_DIR,
    baseUrl: () => config.PUBLIC_URL ?? address,
    now,
    onProgress: ({ stage, done, total }) => log.info({ stage, done, total }, 'building the index'),
  });
  const app = await startApp({ config, log, assistant, now });
  address = app.address;
  stopOnSignals(app);
  process.stdout.write(welcome(config, app.address));
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

function stopOnSignals(app: App): void {
  const stop = (): void => {
    setTimeout(() => process.exit(1), STOP_DEADLINE_MS).unref();
    app.stop().then(
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
