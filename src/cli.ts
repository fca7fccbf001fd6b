#!/usr/bin/env node
import { CommanderError } from 'commander';
import { openAssistant } from './assistant.ts';
import { progressWords } from './cli/index-command.ts';
import { createProgram } from './cli/program.ts';
import { loadConfig } from './config.ts';
import { AppError } from './errors.ts';
import { loadEnv } from './load-env.ts';
import { localUrl } from './local-url.ts';
import { knowledgeDir, packageVersion } from './paths.ts';

const EXIT_FAULT = 1;
const EXIT_USAGE = 2;

async function run(): Promise<void> {
  const printProgress = (line: string): void => void process.stderr.write(`${line}\n`);
  const config = () => {
    loadEnv();
    return loadConfig(process.env);
  };
  const program = createProgram({
    version: packageVersion(),
    config,
    openAssistant: ({ DATA_DIR, PUBLIC_URL, HOST, PORT }) =>
      openAssistant({
        knowledgeDir,
        dataDir: DATA_DIR,
        baseUrl: () => PUBLIC_URL ?? localUrl(HOST, PORT),
        now: () => new Date(),
        onProgress: (progress) => printProgress(progressWords(progress)),
      }),
    knowledgeDir,
    print: (line) => void process.stdout.write(`${line}\n`),
    printProgress,
    now: () => new Date(),
    fail: (code) => {
      process.exitCode = code;
    },
  });
  await program.parseAsync(process.argv);
}

// Whoever reads only the first lines, as `head` does, has what they wanted.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

run().catch((error: unknown) => {
  // Commander stops by throwing also where help or the version was asked for, which is no mistake.
  if (error instanceof CommanderError && error.exitCode === 0) return;
  if (!(error instanceof AppError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = error.code === 'USAGE' ? EXIT_USAGE : EXIT_FAULT;
});
