import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

/** One source file and what it imports. */
export interface SourceFile {
  /** Path from the root, with slashes: `src/retrieval/passage.ts`. */
  readonly path: string;
  readonly text: string;
  readonly lines: number;
  /** Paths from the root of the project's own files that it imports. */
  readonly ownImports: readonly string[];
  /** Names of the packages that it imports, without a path inside them; Node's own are left out. */
  readonly packages: readonly string[];
}

const IMPORT =
  /(?:^|\n)\s*(?:import|export)\s(?:[^'"]*?\sfrom\s)?['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]\s*\)/g;

/** Reads every TypeScript file below a folder. */
export function readSourceTree(root: string, folder: string): readonly SourceFile[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => readSourceFile(root, join(folder, name)))
    .sort((a, b) => a.path.localeCompare(b.path));
}

function readSourceFile(root: string, path: string): SourceFile {
  const text = readFileSync(join(root, path), 'utf8');
  const specifiers = [...text.matchAll(IMPORT)].map((match) => match[1] ?? match[2] ?? '');
  return {
    path: path.replaceAll('\\', '/'),
    text,
    lines: text.split('\n').length - 1,
    ownImports: specifiers
      .filter((specifier) => specifier.startsWith('.'))
      .map((specifier) => relative(root, resolve(root, dirname(path), specifier)).replaceAll('\\', '/')),
    packages: specifiers.filter((specifier) => !/^(\.|node:|#)/.test(specifier)).map(packageName),
  };
}

function packageName(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}
