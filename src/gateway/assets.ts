import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../paths.ts';

/** The folder of the files that browsers fetch; the compiler leaves them where they are. */
export const assetsDir: string = join(packageRoot, 'src', 'gateway', 'assets');

/** Addresses of the files; each changes with its content, so that browsers may keep what they have for a year. */
export interface Assets {
  readonly css: string;
  readonly chatCss: string;
  readonly chatJs: string;
  readonly icon: string;
}

/** Reads the files once to name them by their content. */
export function loadAssets(): Assets {
  return {
    css: addressOf('orienta.css'),
    chatCss: addressOf('chat.css'),
    chatJs: addressOf('chat.js'),
    icon: addressOf('icon.svg'),
  };
}

function addressOf(name: string): string {
  const content = readFileSync(join(assetsDir, name));
  return `/assets/${name}?v=${createHash('sha256').update(content).digest('hex').slice(0, 10)}`;
}
