// Compiles before a start unless what was compiled is newer than every source: the compiler alone takes half a second.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const built = join(root, 'dist', '.tsbuildinfo');

/** The newest change below a folder, folders' own included: a file taken away changes only its folder. */
function newestIn(folder) {
  let newest = statSync(folder).mtimeMs;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    newest = Math.max(newest, entry.isDirectory() ? newestIn(path) : statSync(path).mtimeMs);
  }
  return newest;
}

const sources = ['src', 'scripts'].map((name) => newestIn(join(root, name)));
const settings = ['tsconfig.json', 'tsconfig.build.json', 'package-lock.json'].map(
  (name) => statSync(join(root, name)).mtimeMs,
);
if (!existsSync(built) || statSync(built).mtimeMs < Math.max(...sources, ...settings)) {
  const program = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  const begun = new Date();
  const { status } = spawnSync(process.execPath, [program, '-p', 'tsconfig.build.json'], {
    cwd: root,
    stdio: 'inherit',
  });
  // The compiler leaves the file alone when nothing of what it holds changed.
  if (status === 0) utimesSync(built, begun, begun);
  process.exitCode = status ?? 1;
}
