import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, inject, it } from 'vitest';
import { z } from 'zod';
import { packageRoot } from '#src/paths.ts';
import { CLI, runOrienta } from '../support/run-orienta.ts';

const folder = mkdtempSync(join(tmpdir(), 'orienta-cli-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const run = (...args: string[]) => runOrienta(args, { DATA_DIR: inject('dataDir') });

const answerSchema = z.strictObject({
  id: z.string(),
  kind: z.enum(['answer', 'clarify', 'declined', 'emergency', 'handoff', 'command', 'smalltalk']),
  lang: z.enum(['es', 'en', 'pt', 'fr', 'ht']),
  text: z.string().min(1),
  citations: z.array(
    z.strictObject({
      unit: z.string(),
      norm: z.string(),
      article: z.string(),
      label: z.string(),
      url: z.url(),
      validity: z.string(),
    }),
  ),
  retrieved: z
    .array(
      z.strictObject({
        unit: z.string(),
        norm: z.string(),
        article: z.string(),
        title: z.string(),
        score: z.number().min(0).max(1),
      }),
    )
    .max(10),
  ms: z.number(),
});

async function askJson(question: string, ...more: string[]) {
  const { code, stdout, stderr } = await run('ask', question, '--json', ...more);
  expect(code, stderr).toBe(0);
  return answerSchema.parse(JSON.parse(stdout));
}
function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

describe('orienta ask', () => {
  it('answers whether a foreigner may work, citing article 6', async () => {
    const answer = await askJson('¿Puedo trabajar en Guatemala si soy extranjero?');
    expect(answer.kind).toBe('answer');
    expect(answer.citations).toContainEqual(
      expect.objectContaining({ norm: 'codigo-migracion', article: '6' }),
    );
  });

  it('gives both prices and validities of the passport, with the tariff year and the procedure cited', async () => {
    const answer = await askJson('¿Cuánto cuesta el pasaporte de adulto?');
    expect(answer.citations[0]).toMatchObject({ norm: 'tramite', article: 'pasaporte-adulto' });
    for (const fact of ['50', '85', '5 años', '10 años', '2023']) expect(answer.text).toContain(fact);
  });

  it('puts the article that was named first', async () => {
    const answer = await askJson('¿Qué dice el artículo 46 del Código de Migración?');
    expect(answer.citations.map(({ norm, article }) => `${norm}/${article}`)).toEqual([
      'codigo-migracion/46',
    ]);
    expect(answer.retrieved[0]).toMatchObject({ norm: 'codigo-migracion', article: '46' });
  });

  it('declines what no norm answers, and cites nothing', async () => {
    const answer = await askJson('¿Quién ganó el mundial de 1986?');
    expect(answer.kind).toBe('declined');
    expect(answer.citations).toEqual([]);
    expect(answer.text).toContain('2411-2411');
  });

  it('says that an article it does not hold is not there, and shows no other in its place', async () => {
    const answer = await askJson('¿Qué dice el artículo 999 del Código de Migración?');
    expect(answer.kind).toBe('declined');
    expect(answer.text).toContain('artículo 999');
    expect(answer.citations).toEqual([]);
  });

  it('answers a talk by its last turn, in the order of the file', async () => {
    const lines = [
      {
        id: 'a',
        channel: 'whatsapp',
        turns: ['quiero sacar pasaporte para mi hijo de 8 años', '¿y cuánto cuesta?'],
      },
      { id: 7, channel: 'teams', turns: ['¿Qué dice el artículo 46 del Código de Migración?'] },
    ];
    const { code, stdout } = await run(
      'ask',
      '--batch',
      file('talks.jsonl', lines.map((line) => JSON.stringify(line)).join('\n')),
      '--json',
    );
    const [first, second] = stdout
      .trim()
      .split('\n')
      .map((line) => answerSchema.parse(JSON.parse(line)));
    expect(code).toBe(0);
    expect(first).toMatchObject({
      id: 'a',
      kind: 'answer',
      citations: [{ norm: 'tramite', article: 'pasaporte-menor' }],
    });
    expect(first?.text).not.toContain('http');
    expect(second).toMatchObject({ id: '7', citations: [{ article: '46' }] });
    expect(second?.text).toMatch(/\[Código de Migración, artículo 46\]\(/);
  });
});

describe('orienta search', () => {
  it('gives at most k units, best first', async () => {
    const { stdout } = await run('search', 'perdí mi pasaporte', '-k', '3', '--json');
    const { results } = z
      .object({ results: z.array(z.object({ score: z.number() })) })
      .parse(JSON.parse(stdout));
    expect(results).toHaveLength(3);
    expect(results.map(({ score }) => score)).toEqual(
      results.map(({ score }) => score).toSorted((a, b) => b - a),
    );
  });
});

describe('orienta knowledge', () => {
  it('check finds no fault', async () => {
    const { code, stdout } = await run('knowledge', 'check');
    expect(stdout).toContain('Sin fallas.');
    expect(code).toBe(0);
  });

  it('list --unvalidated shows every unit nobody has validated', async () => {
    const { stdout } = await run('knowledge', 'list', '--unvalidated');
    expect(stdout).toMatch(/^codigo-migracion\/46\tfuente-publica\tvigente\t/m);
  });
});

describe('a command line that cannot be understood', () => {
  it.each([
    [['ask'], /Falta la pregunta.*orienta ask "/],
    [['ask', 'x', '--channel', 'fax'], /«fax».*--channel.*whatsapp, teams, web.*orienta ask "/],
    [['ask', 'x', '--as-of', '2025-13-45'], /«2025-13-45».*--as-of.*AAAA-MM-DD.*orienta ask "/],
    [['ask', 'dos', 'preguntas'], /comillas.*orienta ask "/],
    [['ask', 'x', '--batch', 'y.jsonl'], /no los dos.*orienta ask "/],
    [['ask', '--batch', '/no/such/file.jsonl'], /\/no\/such\/file\.jsonl.*JSONL/],
    [['search'], /Falta la pregunta.*orienta search "/],
    [['search', 'x', '-k', 'muchas'], /«muchas».*1 a 100.*orienta search "/],
    [['search', 'x', '--audience', 'todos'], /«todos».*public, staff.*orienta search "/],
    [['search', 'x', '-k'], /falta su valor.*orienta search "/],
    [['knowledge'], /orienta knowledge check/],
    [['knowledge', 'borrar'], /borrar.*orienta knowledge check/],
    [['knowledge', 'list', '--que'], /--que.*orienta knowledge check/],
    [['index', 'ya'], /orienta index \[--rebuild\]/],
    [['adivina'], /adivina.*orienta --help/],
    [[], /orienta --help/],
  ])('%j exits 2 with one line that says what to write', async (args, expected) => {
    const { code, stdout, stderr } = await run(...args);
    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(stderr).toMatch(/[Ee]scriba/);
    expect(stderr).toMatch(expected);
  });

  it('names each faulty line of a batch and answers none', async () => {
    const { code, stdout, stderr } = await run(
      'ask',
      '--batch',
      file('bad.jsonl', '{"id":"a","turns":["hola"]}\nno es json\n{"id":"b"}\n'),
    );
    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toMatch(/bad\.jsonl:2: no es un objeto JSON/);
    expect(stderr).toMatch(/bad\.jsonl:3: turns: ponga una lista/);
    expect(stderr).not.toMatch(/Invalid|expected/);
  });
});

describe('the command line around its commands', () => {
  it('gives help and the version, whatever the configuration', async () => {
    const env = { PORT: 'mucho', NODE_ENV: 'production' };
    const help = await runOrienta(['--help'], env);
    expect([help.code, help.stderr]).toEqual([0, '']);
    expect(help.stdout).toMatch(/^Uso: orienta/);
    const { version } = JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8'));
    expect(await runOrienta(['--version'], env)).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' });
  });

  it('answers in production without what only the server needs', async () => {
    const { code, stdout } = await runOrienta(['ask', 'hola'], {
      DATA_DIR: inject('dataDir'),
      NODE_ENV: 'production',
    });
    expect(code).toBe(0);
    expect(stdout).toContain('Orienta');
  });

  it('reads the .env of the folder it is started in, and the environment wins over it', async () => {
    const cwd = mkdtempSync(join(folder, 'env-'));
    writeFileSync(join(cwd, '.env'), 'PUBLIC_URL=https://orienta.example\nLOG_LEVEL=mucho\n');
    const env = { DATA_DIR: inject('dataDir') };
    const faulty = await runOrienta(['ask', 'hola'], env, cwd);
    expect(faulty.code).toBe(1);
    expect(faulty.stderr).toMatch(/LOG_LEVEL: escriba .*info/);
    const question = '¿Qué dice el artículo 46 del Código de Migración?';
    const answered = await runOrienta(['ask', question], { ...env, LOG_LEVEL: 'info' }, cwd);
    expect(answered.stdout).toContain('https://orienta.example/normas/codigo-migracion#art-46');
  });

  it('ends quietly when nobody reads on', async () => {
    const child = spawn(process.execPath, [CLI, 'knowledge', 'list'], { cwd: folder });
    const errors: string[] = [];
    child.stderr.on('data', (chunk: Buffer) => errors.push(String(chunk)));
    await once(child.stdout, 'data');
    child.stdout.destroy();
    const [code] = await once(child, 'close');
    expect([code, errors.join('')]).toEqual([0, '']);
  });
});
