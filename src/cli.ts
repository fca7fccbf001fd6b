#!/usr/bin/env node
import { CommanderError } from 'commander';
import { openAssistant } from './assistant.ts';
import { progressWords } from './cli/index-command.ts';
import { createProgram } from './cli/program.ts';
import { isHelp, usageLine } from './cli/usage-words.ts';
import { loadConfig } from './config.ts';
import { AppError } from './errors.ts';
import { localUrl } from './local-url.ts';
import { knowledgeDir } from './paths.ts';

const EXIT_FAULT = 1;
const EXIT_USAGE = 2;

async function run(): Promise<void> {
  const config = loadConfig(process.env);
  const printProgress = (line: string): void => void process.stderr.write(`${line}\n`);
  const program = createProgram({
    openAssistant: () =>
      openAssistant({
        knowledgeDir,
        dataDir: config.DATA_DIR,
        baseUrl: () => config.PUBLIC_URL ?? localUrl(config.HOST, config.PORT),
        now: () => new Date(),
        onProgress: (progress) => printProgress(progressWords(progress)),
      }),
    dataDir: config.DATA_DIR,
    knowledgeDir,
    publicUrl: config.PUBLIC_URL,
    print: (line) => void process.stdout.write(`${line}\n`),
    printProgress,
    now: () => new Date(),
    fail: (code) => {
      process.exitCode = code;
    },
  });
  await program.parseAsync(process.argv);
}

run().catch((error: unknown) => {
  if (isHelp(error)) return;
  if (error instanceof CommanderError) {
    process.stderr.write(`${usageLine(error)}\n`);
    process.exitCode = EXIT_USAGE;
  } else if (error instanceof AppError) {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = error.code === 'USAGE' ? EXIT_USAGE : EXIT_FAULT;
  } else {
    throw error;
  }
});
