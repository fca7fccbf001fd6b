import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import express from 'express';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCite } from '#src/answering/cite.ts';
import type { InboundMessage, Reply } from '#src/channels/channel.ts';
import type { Press } from '#src/channels/press.ts';
import { createMemoryConversationReferences } from '#src/channels/teams/memory-conversation-references.ts';
import { createTeamsChannel, type TeamsChannel } from '#src/channels/teams/teams-channel.ts';
import { loadConfig } from '#src/config.ts';
import { createLog } from '#src/log.ts';
import { Passage } from '#src/retrieval/passage.ts';
import { reply } from '../contract/channel-contract.ts';
import { buildKnowledge, buildNorm, buildUnit } from '../support/builders.ts';
import { openPlayground, type Playground } from '../support/playground.ts';

const passage = new Passage(
  buildUnit({ id: 'codigo-migracion/6', validity: { status: 'vigente', since: '2017' } }),
  0.9,
  ['lexical'],
);
const norm = buildNorm({ id: 'codigo-migracion', shortTitle: 'Código de Migración' });
const citation = createCite(
  buildKnowledge([norm], [passage.unit]),
  () => 'http://127.0.0.1:3978',
)(passage).shown();
const TURN = '7b0a2a53-8f8e-4c3e-9a86-3a2b8e7d0001';
const NASTY = 'Vea **esto**, [aquí](https://x.example), _así_ y <b>R&D</b>.';
const grounded: Reply = {
  kind: 'answer',
  language: 'es',
  turn: TURN,
  blocks: [
    { kind: 'paragraph', text: 'Sí. Si su residencia lo permite, puede trabajar * sin otro permiso.' },
    { kind: 'list', title: 'Lleve:', ordered: true, items: ['Su pasaporte.', 'Su constancia.'] },
    { kind: 'notice', text: 'Según fuentes públicas de 2025; confirme en ventanilla.' },
  ],
  citations: [{ ...citation, wording: { statements: [NASTY], sources: ['igm.gob.gt'] } }],
};

/** The channel behind Express, with a turn that gives every question the same grounded answer. */
interface Bot {
  readonly channel: TeamsChannel;
  readonly received: InboundMessage[];
  readonly pressed: Press[];
  readonly endpoint: string;
  close(): Promise<void>;
}

async function startBot(): Promise<Bot> {
  const received: InboundMessage[] = [];
  const pressed: Press[] = [];
  const channel = createTeamsChannel({
    config: loadConfig({}),
    log: createLog('warn'),
    references: createMemoryConversationReferences(),
    now: () => new Date(),
    onPress: async (press) => {
      pressed.push(press);
      return { kind: 'done', reply: grounded, standing: { verdict: 'yes' } };
    },
  });
  await channel.start(async (message) => {
    received.push(message);
    await channel.send(message.conversation, grounded);
    return { id: `turn-${received.length}` };
  });
  const app = express();
  app.post('/api/messages', express.json(), (req, res) => channel.handle(req, res));
  const server = createServer(app).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    channel,
    received,
    pressed,
    endpoint: `http://127.0.0.1:${portOf(server)}/api/messages`,
    close: async () => {
      await channel.stop();
      server.close();
      server.closeAllConnections();
    },
  };
}

describe('an official in the Agents Playground', () => {
  let bot: Bot;
  let playground: Playground;

  beforeAll(async () => {
    bot = await startBot();
    playground = await openPlayground(bot.endpoint);
  });
  afterAll(async () => {
    await playground?.close();
    await bot?.close();
  });

  it('is greeted once when the chat opens, with three questions to start from', async () => {
    const greeting = playground.botMessages.first();
    await greeting.getByText('Hola, soy Orienta.').waitFor();
    expect(await greeting.locator('ol > li').count()).toBe(3);
    expect(await playground.botMessages.count()).toBe(1);
  });

  it('asks and reads the answer on a card, with its steps, its notice and a link to the article', async () => {
    await playground.say('¿Puedo trabajar en Guatemala si soy extranjero?');
    const answer = playground.botMessages.nth(1);
    await answer.getByText('puede trabajar * sin otro permiso').waitFor();
    await answer.getByText('1.\u00a0Su pasaporte.').waitFor();
    await answer.getByText('Según fuentes públicas de 2025; confirme en ventanilla.').waitFor();
    const link = answer.getByRole('link', { name: 'Código de Migración, artículo 6' });
    expect(await link.getAttribute('href')).toBe(citation.url);
    expect(await answer.textContent()).toContain('Vigente desde 2017; según fuentes públicas.');
    expect(await playground.botMessages.count()).toBe(2);
    expect(bot.received).toMatchObject([
      { text: '¿Puedo trabajar en Guatemala si soy extranjero?', audience: 'staff', channel: 'teams' },
    ]);
  });

  it('unfolds the words of the norm, which read exactly as they were written', async () => {
    const answer = playground.botMessages.nth(1);
    const words = answer.getByText('Vea **esto**', { exact: false });
    expect(await words.count()).toBe(0);
    await answer.getByRole('button', { name: 'Texto de la norma' }).click();
    expect(await words.textContent()).toBe(NASTY);
    expect(await answer.getByRole('link', { name: 'aquí' }).count()).toBe(0);
    expect(bot.pressed).toEqual([]);
  });

  it('says that it served, and the card changes in its place', async () => {
    const answer = playground.botMessages.nth(1);
    await answer.getByRole('button', { name: 'Sí', exact: true }).click();
    await answer.getByText('Gracias por su opinión.').waitFor();
    await answer.getByText('puede trabajar * sin otro permiso').waitFor();
    expect(await answer.getByRole('button', { name: 'Está mal' }).count()).toBe(0);
    expect(bot.pressed).toEqual([{ kind: 'judge', turn: TURN, verdict: 'yes' }]);
    expect(await playground.botMessages.count()).toBe(2);
  });

  it('is written to without having asked', async () => {
    const conversation = bot.received[0]?.conversation;
    if (conversation === undefined) throw new Error('nobody has written');
    const ids = await bot.channel.send(conversation, reply('Le recordamos la reunión de mañana.'));
    await playground.botMessages.nth(2).getByText('Le recordamos la reunión de mañana.').waitFor();
    expect(ids).toEqual([expect.stringMatching(/./)]);
    expect(await playground.botMessages.count()).toBe(3);
  });

  it('is greeted again after removing Orienta and adding it anew', async () => {
    await playground.mock('Uninstall application');
    await playground.mock('Install application');
    await playground.botMessages.nth(3).getByText('Hola, soy Orienta.').waitFor();
    expect(bot.received).toHaveLength(1);
  });
});

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server does not listen');
  return address.port;
}
