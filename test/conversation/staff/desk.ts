import { createCite } from '#src/answering/cite.ts';
import { loadPhrases } from '#src/answering/phrases.ts';
import type { OfferedFile, OfferFile } from '#src/channels/file-shelf.ts';
import { createHandleMessage, type HandleMessage } from '#src/conversation/handle-message.ts';
import { openDesk } from '#src/conversation/staff/open-desk.ts';
import type { TalkContext } from '#src/conversation/talk-context.ts';
import type { Turn } from '#src/conversation/turn.ts';
import type { TurnMessage } from '#src/conversation/turn-message.ts';
import type { Knowledge } from '#src/knowledge/knowledge.ts';
import { loadKnowledge } from '#src/knowledge/load-knowledge.ts';
import { knowledgeDir } from '#src/paths.ts';
import { createContinueReference } from '#src/retrieval/continue-reference.ts';
import { createReferenceFinder } from '#src/retrieval/find-references.ts';
import { type Query, turnParts } from '../talk-harness.ts';

const NOW = () => new Date('2026-11-22T18:00:00Z');

/** The knowledge as it is written. */
export const knowledge: Knowledge = await loadKnowledge(knowledgeDir);
const phrases = await loadPhrases(knowledgeDir);

/** A talk on Teams over the real knowledge; questions that order nothing find nothing. */
export interface DeskTalk {
  say(text: string, more?: Partial<TurnMessage>): Promise<Turn>;
  readonly context: TalkContext | undefined;
  /** Files that were offered, in order. */
  readonly offered: readonly OfferedFile[];
}

/** Answers messages of one turn: orders over `over`, questions over the knowledge of the talk harness. */
export function deskHandle(
  options: { readonly over?: Knowledge; readonly offer?: OfferFile; readonly queries?: Query[] } = {},
): HandleMessage {
  const { over = knowledge, offer, queries = [] } = options;
  const { turn: staffTurn } = openDesk({
    ...{ knowledge: over, phrases, offer, now: NOW },
    findReferences: createReferenceFinder(over),
    retriever: { retrieve: async () => [] },
    continueReference: createContinueReference(over.norms.values()),
    cite: createCite(over, () => 'https://orienta.example'),
  });
  return createHandleMessage(turnParts(queries, { staffTurn, now: NOW }));
}

/** @param canOffer whether files can be fetched */
export function openTalk(canOffer = true): DeskTalk {
  const offered: OfferedFile[] = [];
  const offer: OfferFile = (file) => {
    offered.push(file);
    return { url: 'https://orienta.example/descargas/token', minutes: 30 };
  };
  const handle = deskHandle(canOffer ? { offer } : {});
  let context: TalkContext | undefined;
  return {
    offered,
    say: async (text, more = {}) => {
      const plain = { channel: 'teams', audience: 'staff', text, receivedAt: NOW() } as const;
      const turn = await handle({ ...plain, ...more }, context);
      context = turn.context;
      return turn;
    },
    get context() {
      return context;
    },
  };
}
