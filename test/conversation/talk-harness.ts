import { createCite } from '#src/answering/cite.ts';
import { createExtractiveAnswerer } from '#src/answering/extractive-answerer.ts';
import { loadPhrases } from '#src/answering/phrases.ts';
import type { Reply } from '#src/channels/channel.ts';
import { tableList } from '#src/channels/table-list.ts';
import { createFindCommand } from '#src/conversation/commands.ts';
import { createHandleMessage } from '#src/conversation/handle-message.ts';
import { createFindMissingArticle } from '#src/conversation/missing-article.ts';
import { createReadNumber } from '#src/conversation/read-number.ts';
import { createCourtesies } from '#src/conversation/smalltalk.ts';
import type { TalkContext } from '#src/conversation/talk-context.ts';
import type { Turn, TurnParts } from '#src/conversation/turn.ts';
import type { TurnMessage } from '#src/conversation/turn-message.ts';
import { createUnderstand } from '#src/conversation/understand.ts';
import type { Knowledge } from '#src/knowledge/knowledge.ts';
import { lineSchema } from '#src/knowledge/unit.ts';
import { knowledgeDir } from '#src/paths.ts';
import { createContinueReference } from '#src/retrieval/continue-reference.ts';
import { createReferenceFinder } from '#src/retrieval/find-references.ts';
import { Passage } from '#src/retrieval/passage.ts';
import type { RetrieveOptions } from '#src/retrieval/retriever.ts';
import { buildClaim, buildKnowledge, buildNorm, buildUnit } from '../support/builders.ts';

/** The fixed sentences as they are written. */
export const phrases = await loadPhrases(knowledgeDir);
/** The police's number in {@link knowledge}, so that a test sees where the numbers come from. */
export const POLICE = '991';

const STEPS = [
  'Diga en la frontera, de palabra o por escrito, que quiere pedir refugio porque tiene miedo de volver.',
  'Vaya a la oficina de refugio de la capital y llene el formulario; cuente ahí por qué salió de su país.',
  'Reciba el permiso provisional, que dura 30 días, y vaya a renovarlo cada mes mientras sigue su caso.',
  'Vaya a la entrevista, unas dos semanas después, y cuente lo que le pasó; lo que diga es confidencial.',
  'Espere la recomendación de la comisión, que estudia cada caso y la entrega dentro de 30 días hábiles.',
  'Mientras espera, guarde siempre su permiso y lleve una copia; si cambia de casa o de teléfono, avise.',
  'Si no habla español, diga cuál es su idioma: una persona que lo habla tiene que acompañarle, y es gratis.',
  'Espere la decisión de la autoridad migratoria; si dice que no, puede presentar un recurso en 10 días.',
];

const passport = buildUnit({
  id: 'codigo-migracion/92',
  title: 'Pasaportes',
  claims: [buildClaim('c1', 'Hay tres clases de pasaporte.')],
});
const residence = buildUnit({
  id: 'codigo-migracion/75',
  title: 'Residencia',
  claims: [buildClaim('c1', 'La residencia temporal dura hasta cinco años.')],
});
const refuge = buildUnit({
  id: 'tramite/refugio',
  kind: 'procedure',
  title: 'Pedir refugio',
  asOf: '2026-01',
  sensitive: true,
  claims: STEPS.map((text, index) => buildClaim(`step-${index + 1}`, text, { part: 'step' })),
});
const igm = buildUnit({
  id: 'directorio/igm',
  kind: 'institution',
  title: 'Instituto Guatemalteco de Migración',
  acronym: 'IGM',
  contact: { phone: '2411-0000' },
});
const line = (number: string, institution: string, emergency: boolean) =>
  lineSchema.parse({
    ...{ number, institution, emergency },
    ...{ name: 'N', use: 'U', confidence: 'high', sources: ['a.gt'] },
  });

/** Passports and residence in one sentence each, refuge in eight long steps, IGM and the lines to ring in danger. */
export const knowledge: Knowledge = {
  ...buildKnowledge(
    [buildNorm({ id: 'codigo-migracion', title: 'Código de Migración' })],
    [passport, residence, refuge, igm],
  ),
  lines: [
    line(POLICE, 'directorio/pnc', true),
    line('992', 'directorio/linea-122', true),
    line('993', 'directorio/pdh', false),
  ],
};

/** A search as it was asked for. */
export interface Query {
  readonly query: string;
  readonly options: RetrieveOptions;
}

const FOUND_BY = [
  ['refugio', refuge],
  ['residencia', residence],
  ['pasaporte', passport],
] as const;

/** The parts of a turn over {@link knowledge}; each unit is found by its own word alone. */
export function turnParts(queries: Query[] = [], more: Partial<TurnParts> = {}): TurnParts {
  const courtesies = createCourtesies(phrases);
  return {
    knowledge,
    phrases,
    understand: createUnderstand({
      retriever: {
        retrieve: async (query, options) => {
          queries.push({ query, options });
          const found = FOUND_BY.find(([word]) => query.includes(word));
          return found === undefined ? [] : [new Passage(found[1], 0.9, ['lexical'])];
        },
      },
      continueReference: createContinueReference(knowledge.norms.values()),
      stripCourtesies: courtesies.strip,
    }),
    answerer: createExtractiveAnswerer({
      ...{ knowledge, phrases },
      cite: createCite(knowledge, () => 'http://x.example'),
    }),
    courtesies,
    detectLanguage: (_text, fallback) => fallback,
    findMissingArticle: createFindMissingArticle(knowledge, createReferenceFinder(knowledge)),
    findCommand: createFindCommand(phrases),
    readNumber: createReadNumber(phrases),
    notice: { retentionDays: 30, voiceLeaves: false },
    now: () => new Date('2026-11-22T18:00:00Z'),
    ...more,
  };
}

/** One person's talk on WhatsApp; what one turn leaves, the next one gets. */
export interface Talk {
  say(message: string | Partial<TurnMessage>): Promise<Turn>;
  readonly context: TalkContext | undefined;
}

/** Opens a talk. @param before what an earlier turn has left */
export function openTalk(parts: TurnParts = turnParts(), before?: TalkContext): Talk {
  const handle = createHandleMessage(parts);
  let context = before;
  return {
    say: async (message) => {
      const said = typeof message === 'string' ? { text: message } : message;
      const plain = { channel: 'whatsapp', audience: 'public', text: '', receivedAt: parts.now() } as const;
      const turn = await handle({ ...plain, ...said }, context);
      context = turn.context;
      return turn;
    },
    get context() {
      return context;
    },
  };
}

/** All that a reply says, its citations aside. */
export function wordsOf(reply: Reply | undefined): string {
  const blocks = reply?.blocks ?? [];
  return blocks
    .map((block) => (block.kind === 'table' ? tableList(block) : block))
    .map((block) => (block.kind === 'list' ? [block.title ?? '', ...block.items].join('\n') : block.text))
    .join('\n');
}
