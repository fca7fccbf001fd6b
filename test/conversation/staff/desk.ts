import { createCite } from '#src/answering/cite.ts';
import { loadPhrases } from '#src/answering/phrases.ts';
import type { OfferedFile } from '#src/channels/file-shelf.ts';
import { createHandleMessage } from '#src/conversation/handle-message.ts';
import { openDesk } from '#src/conversation/staff/open-desk.ts';
import type { TalkContext } from '#src/conversation/talk-context.ts';
import type { Turn } from '#src/conversation/turn.ts';
import type { TurnMessage } from '#src/conversation/turn-message.ts';
import type { Knowledge } from '#src/knowledge/knowledge.ts';
import { loadKnowledge } from '#src/knowledge/load-knowledge.ts';
import { knowledgeDir } from '#src/paths.ts';
import { createContinueReference } from '#src/retrieval/continue-reference.ts';
import { createReferenceFinder } from '#src/retrieval/find-references.ts';
import { turnParts } from '../talk-harness.ts';

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

/** @param over knowledge to talk about in place of the real one */
export function openTalk(over: Knowledge = knowledge, canOffer = true): DeskTalk {
  const offered: OfferedFile[] = [];
  const findReferences = createReferenceFinder(over);
  const staffTurn = openDesk({
    ...{ knowledge: over, phrases, findReferences, now: NOW },
    retriever: { retrieve: async () => [] },
    continueReference: createContinueReference(over.norms.values()),
    cite: createCite(over, () => 'https://orienta.example'),
    offer: canOffer
      ? (file) => {
          offered.push(file);
          return { url: 'https://orienta.example/descargas/token', minutes: 30 };
        }
      : undefined,
  });
  const handle = createHandleMessage(turnParts([], { staffTurn, now: NOW }));
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
