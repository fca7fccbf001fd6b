import { type ChildProcess, fork } from 'node:child_process';
import { homedir, tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { ChildOptions } from '../protocol.ts';

const CHILD = fileURLToPath(new URL('../child.js', import.meta.url));

/**
 * Starts the process that runs whatsapp-web.js. It leads a process group, so that all of it can be ended at once and a
 * Ctrl-C meant for Orienta is not also its own; and it is given none of Orienta's environment, which holds secrets.
 * @param file its program; another one in tests
 */
export function startChild(options: ChildOptions, file: string = CHILD): ChildProcess {
  return fork(file, [JSON.stringify(options)], {
    detached: true,
    execArgv: ['--enable-source-maps'],
    env: {
      PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
      HOME: homedir(),
      TMPDIR: tmpdir(),
      LANG: 'C.UTF-8',
    },
    // What the library prints may quote what people wrote.
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
}
