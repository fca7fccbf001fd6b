import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Assistant, openAssistant } from '#src/assistant.ts';
import { knowledgeDir } from '#src/paths.ts';

let dataDir: string;
let assistant: Assistant;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'orienta-search-'));
  const now = () => new Date('2026-11-22T18:00:00Z');
  assistant = await openAssistant({ knowledgeDir, dataDir, baseUrl: () => 'https://x.example', now });
});
afterAll(async () => {
  await rm(dataDir, { recursive: true, force: true });
});

const PAGE = { audience: 'staff', skip: 0, count: 5 } as const;
const found = async (query: string, page = {}) =>
  (await assistant.search(query, { ...PAGE, ...page })).map(({ citation }) => citation.unit);

it.each([
  ['46', 'codigo-migracion/46'],
  ['artículo 46 constitución', 'constitucion/46'],
  ['Decreto 95-98', 'ley-migracion-95-98/*'],
  ['resid', 'reglamento-residencias/*'],
  ['reglamento de vis', 'reglamento-visas/*'],
  ['no devolución', 'codigo-migracion/46'],
])('"%s" finds %s first', async (query, unit) => {
  expect((await found(query))[0]).toBe(unit);
});

it('gives the norms in force that most others lean on before anything is typed', async () => {
  const [first, ...others] = await assistant.search('', PAGE);
  expect(first?.citation.unit).toBe('codigo-migracion/*');
  expect(others.map(({ citation }) => citation.validity.status)).not.toContain('derogado');
});

it('goes on page by page, nothing twice and nothing left out', async () => {
  const all = await found('visa', { count: 12 });
  const pages = [
    await found('visa'),
    await found('visa', { skip: 5 }),
    await found('visa', { skip: 10, count: 2 }),
  ];
  expect(pages.flat()).toEqual(all);
  expect(new Set(all).size).toBe(all.length);
});

it('finds nothing for what is no matter of it', async () => {
  expect(await found('qwrtzp')).toEqual([]);
});
