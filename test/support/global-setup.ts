import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { packageRoot } from '#src/paths.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Folder where the processes under test write; its index is built once for all of them. */
    readonly dataDir: string;
  }
}

/** Compiles what the end-to-end tests run, and gives them a folder of their own to write in. */
export function setup(project: TestProject): () => void {
  execFileSync('npm', ['run', '-s', 'build'], { cwd: packageRoot, stdio: 'inherit' });
  const dataDir = mkdtempSync(join(tmpdir(), 'orienta-test-'));
  project.provide('dataDir', dataDir);
  execFileSync(process.execPath, [join(packageRoot, 'dist/src/cli.js'), 'index'], {
    cwd: dataDir,
    env: { PATH: process.env['PATH'], DATA_DIR: dataDir },
    stdio: 'ignore',
  });
  return () => rmSync(dataDir, { recursive: true, force: true });
}
