import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import express from 'express';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCite } from '#src/answering/cite.ts';
import type { InboundMessage, Reply } from '#src/channels/channel.ts';
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
const grounded: Reply = {
  kind: 'answer',
  language: 'es',
  blocks: [
    { kind: 'paragraph', text: 'Sí. Si su residencia lo permite, puede trabajar * sin otro permiso.' },
    { kind: 'list', title: 'Lleve:', ordered: true, items: ['Su pasaporte.', 'Su constancia.'] },
    { kind: 'notice', text: 'Según fuentes públicas de 2025; confirme en ventanilla.' },
  ],
  citations: [citation],
};

/** The channel behind Express, with a turn that gives every question the same grounded answer. */
interface Bot {
  readonly channel: TeamsChannel;
  readonly received: InboundMessage[];
  readonly endpoint: string;
  close(): Promise<void>;
}

async function startBot(): Promise<Bot> {
  const received: InboundMessage[] = [];
  const channel = createTeamsChannel({
    config: loadConfig({}),
    log: createLog('warn'),
    references: createMemoryConversationReferences(),
    now: () => new Date(),
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

  it('asks and reads the answer with its steps, its notice and a link to the article', async () => {
    await playground.say('¿Puedo trabajar en Guatemala si soy extranjero?');
    const answer = playground.botMessages.nth(1);
    await answer.getByText('puede trabajar * sin otro permiso').waitFor();
    expect(await answer.locator('ol > li').allTextContents()).toEqual(['Su pasaporte.', 'Su constancia.']);
    expect(await answer.locator('em').textContent()).toBe(
      'Según fuentes públicas de 2025; confirme en ventanilla.',
    );
    const link = answer.getByRole('link', { name: 'Código de Migración, artículo 6' });
    expect(await link.getAttribute('href')).toBe(citation.url);
    expect(await answer.textContent()).toContain('vigente desde 2017; según fuentes públicas');
    expect(bot.received).toMatchObject([
      { text: '¿Puedo trabajar en Guatemala si soy extranjero?', audience: 'staff', channel: 'teams' },
    ]);
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
