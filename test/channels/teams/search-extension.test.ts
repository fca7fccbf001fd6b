import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createCite } from '#src/answering/cite.ts';
import type { CompendiumHit, SearchCompendium } from '#src/channels/compendium-search.ts';
import { readActivity } from '#src/channels/teams/activity.ts';
import { conversationOf } from '#src/channels/teams/conversation-references.ts';
import { searchAttachment } from '#src/channels/teams/search-card.ts';
import { createSearchExtension } from '#src/channels/teams/search-extension.ts';
import type { Audience } from '#src/knowledge/unit.ts';
import { Passage } from '#src/retrieval/passage.ts';
import { buildKnowledge, buildNorm, buildUnit } from '../../support/builders.ts';
import { faultsOf } from './card-checks.ts';
import { recorded } from './teams-platform.ts';

const unit = buildUnit({
  id: 'ley/46',
  title: 'No devolución',
  validity: { status: 'derogado', until: '2016-10' },
});
const cite = createCite(
  buildKnowledge([buildNorm({ id: 'ley', title: 'Ley' })], [unit]),
  () => 'https://orienta.example',
);
const hit: CompendiumHit = {
  citation: cite(new Passage(unit, 1, [])).shown(),
  title: 'No devolución',
  words: ['A usted no lo pueden <b>devolver</b>.'],
  sources: ['pdh.org.gt'],
};

const answerSchema = z.object({
  status: z.number(),
  body: z.object({
    composeExtension: z.object({
      type: z.string(),
      text: z.string().optional(),
      attachmentLayout: z.string().optional(),
      attachments: z
        .array(
          z.object({
            contentType: z.string(),
            content: z.looseObject({ type: z.string() }),
            preview: z.looseObject({ content: z.object({ title: z.string(), text: z.string() }) }),
          }),
        )
        .optional(),
    }),
  }),
});

function ask(
  search: SearchCompendium,
  value: unknown,
  over: { readonly audience?: Audience; readonly name?: string; readonly answerMs?: number } = {},
) {
  const { audience = 'staff', name = 'composeExtension/query', answerMs = 1_000 } = over;
  const { activity } = readActivity(
    recorded('personal-message', { type: 'invoke', name, value, text: undefined }),
  );
  const log = pino({ level: 'silent' });
  return createSearchExtension({ search, log, answerMs })({
    activity,
    asker: { audience, role: undefined },
    conversation: conversationOf(activity.conversation.id),
    reference: {},
  });
}
const query = (text: string, queryOptions?: object) => ({
  commandId: 'buscar',
  parameters: [{ name: 'consulta', value: text }],
  ...(queryOptions === undefined ? {} : { queryOptions }),
});
const answerOf = async (asked: ReturnType<typeof ask>) =>
  answerSchema.parse(await asked).body.composeExtension;

describe('the search from the compose box', () => {
  it('shows hits, each with the card that choosing it inserts', async () => {
    const answer = await answerOf(ask(async () => [hit], query('46')));
    expect(answer).toMatchObject({ type: 'result', attachmentLayout: 'list' });
    const [first] = answer.attachments ?? [];
    expect(first?.preview.content.title).toBe('Ley, artículo 46: No devolución');
    expect(first?.preview.content.text).toContain('&lt;b&gt;devolver');
    const card = JSON.stringify(first?.content);
    expect(card).toContain('[Ley, artículo 46: No devolución](https://orienta.example/normas/ley#art-46)');
    expect(card).toContain('Ya no está vigente desde octubre de 2016.');
    expect(card).toContain('pdh.org.gt');
    expect(faultsOf(searchAttachment(hit).content)).toEqual([]);
  });

  it('asks for the page and the audience of who searches', async () => {
    const asked: unknown[] = [];
    const search: SearchCompendium = async (...args) => {
      asked.push(args);
      return [hit];
    };
    await ask(search, query('visa', { skip: 25, count: 25 }));
    await ask(search, query('visa', { skip: 9_000, count: 9_000 }), { audience: 'public' });
    await ask(search, { parameters: [{ name: 'initialRun', value: 'true' }] });
    await ask(search, undefined);
    expect(asked).toEqual([
      ['visa', { audience: 'staff', skip: 25, count: 25 }],
      ['visa', { audience: 'public', skip: 500, count: 25 }],
      ['', { audience: 'staff', skip: 0, count: 10 }],
      ['', { audience: 'staff', skip: 0, count: 10 }],
    ]);
  });

  it('says what to do when nothing is found, and ends the list where there is no more', async () => {
    expect(await answerOf(ask(async () => [], query('zzz')))).toMatchObject({
      type: 'message',
      text: expect.stringContaining('No encontré'),
    });
    expect(await answerOf(ask(async () => [], query('visa', { skip: 25, count: 25 })))).toEqual({
      type: 'result',
      attachmentLayout: 'list',
      attachments: [],
    });
  });

  it('answers in time and in words when searching fails or takes too long', async () => {
    const failing = answerOf(ask(() => Promise.reject(new Error('no')), query('visa')));
    expect(await failing).toMatchObject({ type: 'message', text: expect.stringContaining('No pude buscar') });
    const never = answerOf(ask(() => new Promise(() => undefined), query('visa'), { answerMs: 5 }));
    expect(await never).toMatchObject({ type: 'message', text: expect.stringContaining('tardó demasiado') });
  });

  it('shows no words of a unit for staff where others will read it', async () => {
    const secret = { ...hit, words: [], sources: [] };
    const [first] = (await answerOf(ask(async () => [secret], query('46')))).attachments ?? [];
    expect(JSON.stringify(first?.content)).toContain('Ficha de uso interno');
  });

  it('leaves other requests to others', async () => {
    expect(await ask(async () => [hit], query('46'), { name: 'adaptiveCard/action' })).toBeUndefined();
  });
});
