import { beforeEach, describe, expect, it } from 'vitest';
import { createCite } from '#src/answering/cite.ts';
import { createExtractiveAnswerer } from '#src/answering/extractive-answerer.ts';
import { loadPhrases } from '#src/answering/phrases.ts';
import type { ConversationId, InboundMessage } from '#src/channels/channel.ts';
import { createHandleMessage, guatemalanDay, type HandleMessage } from '#src/conversation/handle-message.ts';
import { createProcessMemory } from '#src/conversation/memory.ts';
import { createFindMissingArticle } from '#src/conversation/missing-article.ts';
import { createFindCourtesy } from '#src/conversation/smalltalk.ts';
import { knowledgeDir } from '#src/paths.ts';
import { Passage } from '#src/retrieval/passage.ts';
import type { RetrieveOptions } from '#src/retrieval/retriever.ts';
import { buildClaim, buildKnowledge, buildNorm, buildUnit } from '../support/builders.ts';

const phrases = await loadPhrases(knowledgeDir);
const passport = buildUnit({
  id: 'codigo-migracion/92',
  title: 'Pasaportes',
  claims: [buildClaim('c1', 'Hay tres clases.')],
});
const knowledge = buildKnowledge(
  [buildNorm({ id: 'codigo-migracion', title: 'Código de Migración' })],
  [passport],
);

let queries: { query: string; options: RetrieveOptions }[];
let now: Date;
let handle: HandleMessage;

beforeEach(() => {
  queries = [];
  now = new Date('2026-03-01T03:00:00Z');
  handle = createHandleMessage({
    knowledge,
    phrases,
    retriever: {
      retrieve: async (query, options) => {
        queries.push({ query, options });
        return query.includes('pasaporte') ? [new Passage(passport, 0.9, ['lexical'])] : [];
      },
    },
    answerer: createExtractiveAnswerer({
      knowledge,
      phrases,
      cite: createCite(knowledge, () => 'http://x.example'),
    }),
    findCourtesy: createFindCourtesy(phrases),
    detectLanguage: (_text, fallback) => fallback,
    findMissingArticle: createFindMissingArticle(knowledge),
    memory: createProcessMemory(),
    now: () => now,
  });
});

function message(text: string, more: Partial<InboundMessage> = {}): InboundMessage {
  const conversation = 'web:1' as ConversationId;
  return { channel: 'web', id: text, conversation, audience: 'public', text, receivedAt: now, ...more };
}

describe('one turn', () => {
  it('answers a courtesy without searching', async () => {
    const reply = await handle(message('Hola, buenas tardes'));
    expect(reply).toMatchObject({ reply: { kind: 'smalltalk', citations: [] }, retrieved: [] });
    expect(queries).toEqual([]);
  });

  it('searches as the audience of the message, on the day it is in Guatemala', async () => {
    await handle(message('clases de pasaporte oficial', { audience: 'staff' }));
    expect(queries[0]?.options).toMatchObject({ audience: 'staff', asOf: '2026-02-28' });
  });

  it('asks about the day that was said', async () => {
    await handle(message('clases de pasaporte oficial', { asOf: '2020-01-01' }));
    expect(queries[0]?.options.asOf).toBe('2020-01-01');
  });

  it('understands a follow-up from the turn before, within two hours', async () => {
    await handle(message('quiero sacar pasaporte ordinario'));
    await handle(message('¿y cuánto cuesta?'));
    expect(queries[1]?.query).toContain('pasaporte');
    now = new Date(now.getTime() + 2 * 60 * 60 * 1000 + 1);
    await handle(message('¿y cuánto cuesta?'));
    expect(queries[2]?.query).toBe('¿y cuánto cuesta?');
  });

  it('keeps one talk apart from another', async () => {
    await handle(message('quiero sacar pasaporte ordinario'));
    await handle(message('¿y cuánto cuesta?', { conversation: 'web:2' as ConversationId }));
    expect(queries[1]?.query).not.toContain('pasaporte');
  });

  it('names the article it does not hold', async () => {
    const { reply } = await handle(message('artículo 999 del Código de Migración'));
    expect(reply.kind).toBe('declined');
    expect(JSON.stringify(reply.blocks)).toContain('el artículo 999 (Código de Migración)');
  });
});

describe('guatemalanDay', () => {
  it('is the day before until six in the morning, UTC', () => {
    expect(guatemalanDay(new Date('2024-03-01T05:59:59Z'))).toBe('2024-02-29');
    expect(guatemalanDay(new Date('2024-03-01T06:00:00Z'))).toBe('2024-03-01');
  });
});
