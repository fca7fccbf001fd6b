import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { strToU8, zipSync } from 'fflate';
import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { InboundMessage } from '#src/channels/channel.ts';
import { createMemoryConversationReferences } from '#src/channels/teams/memory-conversation-references.ts';
import { createTeamsChannel, type TeamsChannel } from '#src/channels/teams/teams-channel.ts';
import { loadConfig } from '#src/config.ts';
import type { Importer } from '#src/knowledge/importer.ts';
import { createFakeImporter } from '../../../support/fake-importer.ts';
import { createLogBook, type LogBook } from '../log-book.ts';
import { type Recorded, recorded, startTeamsPlatform, type TeamsPlatform } from '../teams-platform.ts';

const PDF = strToU8('%PDF-1.7 de prueba');
const XLSX = zipSync({ '[Content_Types].xml': strToU8('x'), 'xl/workbook.xml': strToU8('x') });
const WORD = zipSync({ '[Content_Types].xml': strToU8('x'), 'word/document.xml': strToU8('x') });

const closing: (() => Promise<unknown>)[] = [];
let platform: TeamsPlatform;
let channel: TeamsChannel;
let received: InboundMessage[];
let book: LogBook;
let clock: Date;
/** What people's files are served by; `hits` are the paths that were asked for. */
let store: { readonly address: string; readonly hits: string[] };

async function start(importer: Importer | undefined, role = 'editor'): Promise<void> {
  received = [];
  book = createLogBook();
  clock = new Date('2026-03-02T15:00:00Z');
  channel = createTeamsChannel({
    config: loadConfig({ TEAMS_DEV_ROLE: role }),
    log: book.log,
    references: createMemoryConversationReferences(),
    now: () => clock,
    ...(importer === undefined ? {} : { importer }),
  });
  await channel.start(async (message) => {
    received.push(message);
    return { id: 'turn' };
  });
  platform = await startTeamsPlatform(channel, { log: book.log });
  store = await serveFiles();
  closing.push(() => channel.stop(), platform.close);
}

async function serveFiles(): Promise<typeof store> {
  const hits: string[] = [];
  const contents: Readonly<Record<string, Uint8Array>> = {
    '/acuerdo.pdf': PDF,
    '/matriz.xlsx': XLSX,
    '/carta.docx': WORD,
    '/vacio.pdf': new Uint8Array(),
  };
  const listener: RequestListener = (req, res) => {
    const path = new URL(req.url ?? '', 'http://x').pathname;
    hits.push(path);
    const content = contents[path];
    if (content === undefined) res.writeHead(404).end();
    else res.end(content);
  };
  const server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  closing.push(async () => {
    server.close();
    server.closeAllConnections();
    await once(server, 'close').catch(() => undefined);
  });
  const address = server.address();
  return { address: `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`, hits };
}

afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

/** A file as Teams hands it over. */
function attachment(name: string, url = `${store.address}/${name}?tempauth=secreto`) {
  return {
    contentType: 'application/vnd.microsoft.teams.file.download.info',
    contentUrl: `https://igm-my.sharepoint.com/personal/ana/${name}`,
    name,
    content: { downloadUrl: url, uniqueId: '1150D938', fileType: name.split('.').at(-1) },
  };
}

let sent = 0;
function message(over: Readonly<Record<string, unknown>> = {}): Recorded {
  sent += 1;
  return recorded('personal-message', {
    serviceUrl: platform.serviceUrl,
    id: `message-${sent}`,
    text: '',
    ...over,
  });
}

async function send(activity: Recorded): Promise<void> {
  expect((await platform.post(activity)).status).toBe(200);
}

/** Sends files and waits for what is said. */
async function sendFile(...names: readonly string[]): Promise<string> {
  const before = platform.messagesTo(message().conversation.id).length;
  const activity = message({ attachments: names.map((name) => attachment(name)) });
  await send(activity);
  const all = await platform.waitForMessages(activity.conversation.id, before + 1);
  return all.at(-1) ?? '';
}

const cardSchema = z.looseObject({
  attachments: z.array(
    z.looseObject({ content: z.looseObject({ body: z.array(z.looseObject({ type: z.string() })) }) }),
  ),
});
const actionSchema = z.looseObject({
  title: z.string(),
  verb: z.string(),
  data: z.record(z.string(), z.string()),
});
const setSchema = z.looseObject({ type: z.literal('ActionSet'), actions: z.array(actionSchema) });
type Button = z.output<typeof actionSchema>;

/** The buttons on the newest card, by their titles. */
function buttons(): ReadonlyMap<string, Button> {
  const cards = platform.written.flatMap((one) => cardSchema.safeParse(one).data?.attachments ?? []);
  return buttonsOf(cards.at(-1)?.content.body ?? []);
}

function buttonsOf(body: readonly unknown[]): ReadonlyMap<string, Button> {
  const all = body.flatMap((element) => setSchema.safeParse(element).data?.actions ?? []);
  return new Map(all.map((action) => [action.title, action]));
}

const answerSchema = z.looseObject({ statusCode: z.number(), type: z.string(), value: z.unknown() });

/** Presses a button as Teams does. @returns what it is told */
async function press(title: string, over: Readonly<Record<string, unknown>> = {}) {
  return pressButton(pressable(title), over);
}

function pressable(title: string): Button {
  const button = buttons().get(title);
  if (button === undefined) throw new Error(`there is no button ${title}`);
  return button;
}

async function pressButton({ verb, data }: Button, over: Readonly<Record<string, unknown>> = {}) {
  const response = await platform.post(
    message({
      type: 'invoke',
      name: 'adaptiveCard/action',
      replyToId: 'the-card',
      value: { action: { type: 'Action.Execute', verb, data }, trigger: 'manual' },
      ...over,
    }),
  );
  const answer = answerSchema.parse(await response.json());
  return { ...answer, words: JSON.stringify(answer.value) };
}

describe('a file that an editor sends', () => {
  it('is shown as a report of what was found, with two buttons', async () => {
    const importer = createFakeImporter();
    await start(importer);
    const said = await sendFile('acuerdo.pdf');
    for (const words of [
      'Revisión de «acuerdo.pdf»',
      'Código de Migración',
      'Encontrados: 240',
      'Faltan: 2 (17, 18)',
      'Repetidos: ninguno',
      'Nuevos: 1 (Artículo 241)',
      'Cambian: 1 (Artículo 46)',
    ]) {
      expect(said).toContain(words);
    }
    expect([...buttons().keys()]).toEqual(['Aplicar', 'Descartar']);
    expect(importer.files).toEqual([
      { name: 'acuerdo.pdf', format: 'pdf', bytes: Buffer.from(PDF), note: '' },
    ]);
    expect(importer.applied).toEqual([]);
    expect(received).toEqual([]);
  });

  it('is known by its bytes, and comes with what was written beside it', async () => {
    const importer = createFakeImporter();
    await start(importer);
    const text = 'Es la matriz de la política';
    const activity = message({ text, attachments: [attachment('matriz.xlsx')] });
    await send(activity);
    await platform.waitForMessages(activity.conversation.id, 1);
    expect(importer.files).toMatchObject([{ name: 'matriz.xlsx', format: 'xlsx', note: text }]);
    expect(received).toEqual([]);
  });

  it('is acknowledged before it is read, and told of while it lasts', async () => {
    const importer = createFakeImporter();
    await start(importer);
    let go = (): void => undefined;
    importer.holdNext('examine', new Promise<void>((resolve) => (go = resolve)));
    const activity = message({ attachments: [attachment('acuerdo.pdf')] });
    await send(activity);
    await send({ ...message({ attachments: [attachment('matriz.xlsx')] }) });
    expect(await platform.waitForMessages(activity.conversation.id, 1)).toEqual([
      expect.stringMatching(/Todavía reviso su archivo anterior/),
    ]);
    go();
    const said = await platform.waitForMessages(activity.conversation.id, 2);
    expect(said[1]).toContain('acuerdo.pdf');
    expect(importer.files).toHaveLength(1);
    expect(platform.written.some(({ type }) => type === 'typing')).toBe(true);
  });

  it('leaves neither its address nor its words in the log', async () => {
    const importer = createFakeImporter();
    await start(importer);
    importer.holdNext('examine', Promise.reject(new Error('secreto')));
    expect(await sendFile('acuerdo.pdf')).toMatch(/Algo falló.*mencione el caso [\da-f]{8}/);
    expect(await sendFile('nada.pdf')).toMatch(/No pude bajar/);
    expect(book.text()).toContain('teams file not examined');
    expect(book.text()).not.toMatch(/secreto|tempauth|acuerdo|nada\.pdf/);
  });

  it.each([
    ['of an unknown kind', 'carta.docx', /No puedo leer ese tipo de archivo.*No guardé nada/],
    ['that is gone', 'otro.pdf', /No pude bajar su archivo/],
    ['that is empty', 'vacio.pdf', /No puedo leer ese tipo de archivo/],
  ])('%s is refused in words, and is not examined', async (_what, name, expected) => {
    const importer = createFakeImporter();
    await start(importer);
    expect(await sendFile(name)).toMatch(expected);
    expect(importer.files).toEqual([]);
  });

  it('that lies elsewhere than on this machine is not fetched without credentials', async () => {
    const importer = createFakeImporter();
    await start(importer);
    const activity = message({ attachments: [attachment('a.pdf', 'http://10.0.0.1/a.pdf')] });
    await send(activity);
    expect(await platform.waitForMessages(activity.conversation.id, 1)).toEqual([
      expect.stringMatching(/lugar del que no puedo bajarlo/),
    ]);
    expect(importer.files).toEqual([]);
  });

  it('that the importer refuses is told in its words, and nothing of it waits', async () => {
    const importer = createFakeImporter({ refuse: 'El PDF es una foto y no tiene texto.' });
    await start(importer);
    expect(await sendFile('acuerdo.pdf')).toBe('No cargué el archivo. El PDF es una foto y no tiene texto.');
    expect(importer.waiting.size).toBe(0);
  });

  it('comes alone: of several none is read', async () => {
    await start(createFakeImporter());
    expect(await sendFile('acuerdo.pdf', 'matriz.xlsx')).toMatch(/un solo archivo a la vez/);
    expect(store.hits).toEqual([]);
  });

  it('belongs into the personal chat', async () => {
    await start(createFakeImporter());
    const group = recorded('group-message-mention', {
      serviceUrl: platform.serviceUrl,
      attachments: [attachment('acuerdo.pdf')],
    });
    await send(group);
    expect(await platform.waitForMessages(group.conversation.id, 1)).toEqual([
      expect.stringMatching(/chat personal/),
    ]);
    expect(store.hits).toEqual([]);
  });

  it('that is a picture gets a kind reply', async () => {
    await start(createFakeImporter());
    const activity = message({
      attachments: [{ contentType: 'image/png', contentUrl: `${store.address}/foto.png` }],
    });
    await send(activity);
    expect(await platform.waitForMessages(activity.conversation.id, 1)).toEqual([
      expect.stringMatching(/Puedo recibir el PDF oficial/),
    ]);
    expect(store.hits).toEqual([]);
  });

  it('is refused honestly where no importer is at hand', async () => {
    await start(undefined);
    expect(await sendFile('acuerdo.pdf')).toMatch(/todavía no se pueden cargar textos por Teams/);
  });
});

describe('the decision on a file', () => {
  it('applies it, and the card says so without buttons', async () => {
    const importer = createFakeImporter();
    await start(importer);
    await sendFile('acuerdo.pdf');
    const answer = await press('Aplicar');
    expect(answer).toMatchObject({ statusCode: 200, type: 'application/vnd.microsoft.card.adaptive' });
    expect(answer.words).toContain('Aplicado.');
    expect(answer.words).not.toContain('Action.Execute');
    expect(importer.applied).toHaveLength(1);
    await platform.waitForMessages(message().conversation.id, 2);
    expect(platform.written.at(-1)).toMatchObject({ method: 'PUT' });
  });

  it('is made once, however often and however fast a button is pressed', async () => {
    const importer = createFakeImporter();
    await start(importer);
    await sendFile('acuerdo.pdf');
    const apply = pressable('Aplicar');
    const answers = await Promise.all([
      pressButton(apply),
      pressButton(apply),
      pressButton(pressable('Descartar')),
    ]);
    answers.push(await pressButton(apply));
    for (const { words } of answers) expect(words).toContain('Aplicado.');
    expect(importer.applied).toHaveLength(1);
  });

  it('discards it, and then it cannot be applied', async () => {
    const importer = createFakeImporter();
    await start(importer);
    await sendFile('acuerdo.pdf');
    const apply = pressable('Aplicar');
    expect((await press('Descartar')).words).toContain('Descartado. No cambié nada.');
    expect((await pressButton(apply)).words).toContain('Descartado. No cambié nada.');
    expect(importer.waiting.size).toBe(0);
    expect(importer.applied).toEqual([]);
  });

  it('that failed may be made again', async () => {
    const importer = createFakeImporter();
    await start(importer);
    await sendFile('acuerdo.pdf');
    importer.holdNext('apply', Promise.reject(new Error('secreto')));
    const apply = pressable('Aplicar');
    const failed = await pressButton(apply);
    expect(failed.words).toMatch(/No se pudo y no cambié nada.*Action\.Execute/);
    expect((await pressButton(apply)).words).toContain('Aplicado.');
    expect(book.text()).not.toContain('secreto');
  });

  it('from another conversation counts for nothing', async () => {
    const importer = createFakeImporter();
    await start(importer);
    await sendFile('acuerdo.pdf');
    const elsewhere = { conversation: { ...message().conversation, id: 'another' } };
    expect((await press('Aplicar', elsewhere)).words).toContain('ya venció');
    expect(importer.applied).toEqual([]);
    expect(importer.waiting.size).toBe(1);
  });

  it('comes too late after an hour, and nothing is kept any more', async () => {
    const importer = createFakeImporter();
    await start(importer);
    await sendFile('acuerdo.pdf');
    clock = new Date(clock.getTime() + 60 * 60_000);
    expect((await press('Aplicar')).words).toContain('ya venció');
    expect(importer.applied).toEqual([]);
    expect(importer.waiting.size).toBe(0);
  });

  it('on an older file is over once a newer one came', async () => {
    const importer = createFakeImporter();
    await start(importer);
    await sendFile('acuerdo.pdf');
    const older = pressable('Aplicar');
    await sendFile('matriz.xlsx');
    expect(importer.waiting.size).toBe(1);
    expect((await pressButton(older)).words).toContain('ya venció');
    expect((await press('Aplicar')).words).toContain('Aplicado.');
  });

  it('is not waited for after the end: what is undecided is forgotten', async () => {
    const importer = createFakeImporter();
    await start(importer);
    await sendFile('acuerdo.pdf');
    await channel.stop();
    expect(importer.waiting.size).toBe(0);
  });
});

describe('a file of somebody who may not load texts', () => {
  it('is refused kindly to a reader among the staff, and not opened', async () => {
    const importer = createFakeImporter();
    await start(importer, 'lector');
    expect(await sendFile('acuerdo.pdf')).toMatch(
      /los textos oficiales los carga quien tiene permiso de editor/,
    );
    expect(store.hits).toEqual([]);
    expect(received).toEqual([]);
  });

  it('is refused kindly to the public, and not opened', async () => {
    await start(createFakeImporter(), 'publico');
    expect(await sendFile('acuerdo.pdf')).toMatch(/todavía no puedo leer archivos/);
    expect(store.hits).toEqual([]);
  });

  it.each(['lector', 'publico'])(
    'does not keep the question beside it from being answered (%s)',
    async (role) => {
      await start(createFakeImporter(), role);
      await send(message({ text: '¿Está vigente?', attachments: [attachment('acuerdo.pdf')] }));
      expect(received.map(({ text }) => text)).toEqual(['¿Está vigente?']);
      expect(store.hits).toEqual([]);
    },
  );
});
