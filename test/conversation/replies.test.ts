import { expect, it } from 'vitest';
import { loadPhrases } from '#src/answering/phrases.ts';
import { answerReply } from '#src/conversation/replies.ts';
import { type Line, lineSchema } from '#src/knowledge/unit.ts';
import { knowledgeDir } from '#src/paths.ts';
import { buildKnowledge } from '../support/builders.ts';

const phrases = await loadPhrases(knowledgeDir);
const line = (number: string, institution: string, more: Record<string, unknown> = {}): Line =>
  lineSchema.parse({
    number,
    institution,
    name: 'N',
    use: 'U',
    confidence: 'high',
    sources: ['a.gt'],
    ...more,
  });
const lines = [
  line('991', 'directorio/pnc', { emergency: true, confidence: 'medium' }),
  line('992', 'directorio/pnc', { emergency: true }),
  line('993', 'directorio/linea-122', { emergency: true }),
  line('994', 'directorio/pdh'),
];
const declined = (held: readonly Line[], language: 'es' | 'en' | 'ht') =>
  answerReply({ kind: 'declined', reason: 'no-evidence' }, language, {
    phrases,
    knowledge: { ...buildKnowledge([], []), lines: held },
  }).blocks.map((block) => ('text' in block ? block.text : ''));

it('an honest no ends with the emergency numbers that are surely held, in the language of the person', () => {
  expect(declined(lines, 'es').at(-1)).toBe(
    'En peligro, llame al 992 (policía) o al 993 (bomberos y ambulancia). Si una autoridad viola sus derechos: 994 (PDH).',
  );
  expect(declined(lines, 'en').at(-1)).toMatch(/^In danger, call 992 \(police\)/);
  expect(declined(lines, 'ht').at(-1)).toMatch(/^Si ou an danje, rele 992/);
});

it('an honest no gives no emergency numbers when one of them is unsure', () => {
  expect(declined(lines.slice(0, 1), 'es').join(' ')).not.toContain('991');
});
