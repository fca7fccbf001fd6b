import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Assistant, openAssistant } from '#src/assistant.ts';
import { languageSchema } from '#src/knowledge/unit.ts';
import { knowledgeDir } from '#src/paths.ts';

let dataDir: string;
let assistant: Assistant;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'orienta-menu-'));
  const now = () => new Date('2026-11-22T18:00:00Z');
  assistant = await openAssistant({ knowledgeDir, dataDir, baseUrl: () => 'https://x.example', now });
});
afterAll(async () => {
  await rm(dataDir, { recursive: true, force: true });
});

const LEADS: readonly (readonly [readonly string[], RegExp])[] = [
  [['1'], /^tramite\/solicitar-refugio$/],
  [['2'], /^tramite\/prorroga-turista$/],
  [['3'], /^tramite\/pasaporte-adulto$/],
  [['4'], /^tramite\/residencia-temporal$/],
  [['5', '1'], /^constitucion\/[678]$/],
  [['5', '2'], /^tramite\/multa-y-regularizacion$/],
  [['6'], /^directorio\/igm$/],
];

it.each(
  languageSchema.options.flatMap((language) => LEADS.map(([picks, unit]) => ({ language, picks, unit }))),
)('in $language the numbers $picks lead to $unit', async ({ language, picks, unit }) => {
  const plain = {
    channel: 'whatsapp',
    audience: 'public',
    receivedAt: new Date('2026-11-22T18:00:00Z'),
  } as const;
  const voice = { ...plain, text: '', unread: new Set(['voice'] as const) };
  let turn = await assistant.handle(voice, { topic: '', language });
  for (const text of picks) turn = await assistant.handle({ ...plain, text }, turn.context);
  expect(turn.reply).toMatchObject({ kind: 'answer', language });
  expect(turn.reply?.citations[0]?.unit).toMatch(unit);
});
