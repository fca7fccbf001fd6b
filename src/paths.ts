import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

function findPackageRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json'))) {
    const above = dirname(folder);
    if (above === folder)
      throw new Error('No package.json above the program: its files are not where they belong.');
    folder = above;
  }
  return folder;
}

/** The folder of package.json, whether the code runs from src/ or from dist/. */
export const packageRoot: string = findPackageRoot();

/** Where the knowledge's YAML files are. */
export const knowledgeDir: string = join(packageRoot, 'knowledge');

/** The version that package.json gives. */
export function packageVersion(): string {
  const { version } = JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8'));
  return String(version);
}
