import { askedParts } from '../answering/asked-parts.ts';
import type { Reply } from '../channels/channel.ts';
import type { ClaimPart } from '../knowledge/unit.ts';
import { Passage } from '../retrieval/passage.ts';
import type { DangerParts } from './danger-parts.ts';
import { matterOf } from './talk-context.ts';
import { quietTurn, type Said, type Turn } from './turn.ts';

/**
 * Answers a message of somebody in danger with the fixed text, before anything else is read into it; undefined when
 * nobody is. Nothing is searched and no model is waited for.
 * @param dangers absent, no danger is looked for
 */
export function dangerTurn(
  { message, before, language }: Said,
  dangers: DangerParts | undefined,
): Turn | undefined {
  const danger = dangers?.triage.find(message.text, language);
  if (dangers === undefined || danger === undefined) return undefined;
  const { paragraphs, cites } = dangers.reply(danger.id, danger.language, {
    outsideGuatemala: message.outsideGuatemala === true,
    alsoAsked: askedParts(message.text).some((part) => !ANSWERED_PARTS.has(part)),
  });
  const reply: Reply = {
    kind: 'emergency',
    language: danger.language,
    blocks: paragraphs.map((text) => ({ kind: 'paragraph', text }) as const),
    citations: cites.map((unit) => dangers.cite(new Passage(unit, 1, ['reference'])).shown()),
  };
  return { ...quietTurn(reply, matterOf(before, danger.language)), sensitive: true };
}

/** What somebody in danger asks, and the fixed text says: what to do, where to go, whom to call. */
const ANSWERED_PARTS: ReadonlySet<ClaimPart> = new Set<ClaimPart>(['step', 'where', 'contact']);
