import { describe, expect, it } from 'vitest';
import { createCite } from '#src/answering/cite.ts';
import type { ConversationId } from '#src/channels/channel.ts';
import { renderWhatsApp } from '#src/channels/render-whatsapp.ts';
import { createHandleMessage } from '#src/conversation/handle-message.ts';
import { createTurnHandler } from '#src/conversation/turn-handler.ts';
import { languageSchema } from '#src/knowledge/unit.ts';
import { Passage } from '#src/retrieval/passage.ts';
import { dangerIdSchema } from '#src/safety/danger-book.ts';
import { createReplyToDanger } from '#src/safety/danger-reply.ts';
import { createTriage } from '#src/safety/triage.ts';
import type { ClaimedTurn } from '#src/storage/inbox.ts';
import { book, knowledge } from '../safety/danger-examples.ts';
import { openTalk, turnParts, wordsOf } from './talk-harness.ts';

const cite = createCite(knowledge, () => 'https://x.example');
const dangers = { triage: createTriage(book), reply: createReplyToDanger(book, knowledge), cite };
const talk = () => openTalk(turnParts([], { dangers }));

describe('a message of somebody in danger', () => {
  it('is answered with the fixed text before anything is searched', async () => {
    const queries: never[] = [];
    const { reply, retrieved, sensitive, notice } = await openTalk(turnParts(queries, { dangers })).say(
      'me quieren matar, quiero pedir refugio',
    );
    expect(reply?.kind).toBe('emergency');
    expect(wordsOf(reply)).toMatch(/^Llame ya al 110 /);
    expect(reply?.citations.map(({ unit }) => unit)).toContain('constitucion/3');
    expect(queries).toEqual([]);
    expect(retrieved).toEqual([]);
    expect(sensitive).toBe(true);
    expect(notice).toBeUndefined();
  });

  it('gets the notice of the first contact a turn later', async () => {
    const open = talk();
    await open.say('me quieren matar');
    expect((await open.say('¿cómo saco el pasaporte?')).notice).toBeDefined();
  });

  it('comes before a command and before a number that was waited for', async () => {
    const open = talk();
    await open.say({ unread: new Set(['voice'] as const) });
    expect((await open.say('1 me están pegando')).reply?.kind).toBe('emergency');
    expect((await open.say('borre mis datos me van a matar')).reply?.kind).toBe('emergency');
  });

  it('is answered in the language that tells it', async () => {
    const { reply } = await talk().say('my baby is not breathing');
    expect(reply?.language).toBe('en');
    expect(wordsOf(reply)).toContain('Call 122');
  });

  it('says to ask apart only where it asks what the text does not answer', async () => {
    expect(wordsOf((await talk().say('me pega mi marido, cuánto cuesta el pasaporte')).reply)).toContain(
      'aparte',
    );
    expect(wordsOf((await talk().say('me pega mi marido, a quién llamo')).reply)).not.toContain('aparte');
  });

  it('gets a full number on a telephone of another country alone', async () => {
    const text = 'me pidió mordida el policía';
    expect(wordsOf((await talk().say({ text, outsideGuatemala: true })).reply)).toContain('+502 2424-1717');
    expect(wordsOf((await talk().say({ text, outsideGuatemala: false })).reply)).not.toContain('+502');
    expect(wordsOf((await talk().say({ text })).reply)).not.toContain('+502');
  });
});

it('leaves questions about danger to the answerer', async () => {
  const { reply } = await talk().say('hace un año me secuestraron, ¿puedo pedir refugio?');
  expect(reply?.kind).toBe('answer');
});

it('knows from the conversation whether the telephone is of another country', async () => {
  const handle = createTurnHandler(createHandleMessage(turnParts([], { dangers })));
  const wordsTo = async (conversation: string) =>
    wordsOf(
      (await handle(claimed('me pidió mordida el policía', conversation), new AbortController().signal))
        .reply,
    );
  expect(await wordsTo('whatsapp:52155500101@c.us')).toContain('+502');
  expect(await wordsTo('whatsapp:50255550101@c.us')).not.toContain('+502');
  expect(await wordsTo('whatsapp:52155500101@lid')).not.toContain('+502');
});

it('is one message on WhatsApp, sources included, whatever the danger and language', () => {
  for (const id of dangerIdSchema.options) {
    for (const language of languageSchema.options) {
      const { paragraphs, cites } = dangers.reply(id, language, { outsideGuatemala: true, alsoAsked: true });
      const blocks = paragraphs.map((text) => ({ kind: 'paragraph', text }) as const);
      const citations = cites.map((unit) => cite(new Passage(unit, 1, ['reference'])).shown());
      expect(citations.length).toBeGreaterThan(0);
      const messages = renderWhatsApp({ kind: 'emergency', language, blocks, citations });
      expect(messages, `${id} ${language}`).toHaveLength(1);
    }
  }
});

function claimed(text: string, conversation: string): ClaimedTurn {
  const message = { id: 'i', platformId: 'p', form: 'text', text, receivedAt: new Date() } as const;
  return {
    ...{ id: 'i', lease: 'l', channel: 'whatsapp', person: 'p', audience: 'public' },
    conversation: conversation as ConversationId,
    messages: [{ ...message, quoted: undefined, asOf: undefined }],
    ...{ context: undefined, claims: 1, failures: 0 },
  };
}
