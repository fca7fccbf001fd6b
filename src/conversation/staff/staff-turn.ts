import type { Cite } from '../../answering/cite.ts';
import type { ContinueReference } from '../../retrieval/continue-reference.ts';
import { Passage } from '../../retrieval/passage.ts';
import { maskPersonalData } from '../../safety/mask-personal-data.ts';
import { guatemalanDay } from '../guatemalan-time.ts';
import { matterOf, type TalkContext } from '../talk-context.ts';
import { quietTurn, type Said, type StaffTurn, type Turn } from '../turn.ts';
import type { CopyForWhatsApp } from './copy-order.ts';
import type { DeskAnswer, DeskLimits, Lookup, LookupWord } from './desk-answer.ts';
import type { ExportTables } from './export-order.ts';
import { helpReply } from './help.ts';
import { type Order, readContinuation, readOrder, readPlainOrder } from './read-order.ts';

/** What staff's orders need. */
export interface StaffTurnParts {
  readonly lookups: Readonly<Record<LookupWord, Lookup>>;
  readonly exportTables: ExportTables;
  readonly copyForWhatsApp: CopyForWhatsApp;
  readonly continueReference: ContinueReference;
  readonly cite: Cite;
  readonly now: () => Date;
}

/** In UTF-16 units; who writes more tells a story and orders nothing. */
const LONGEST_ORDER = 200;
/** So many of the first units tell whether a turn is about refuge or danger. */
const TELLING = 5;

/** @returns what answers orders on Teams: help for everybody there, the others for staff alone */
export function createStaffTurn(parts: StaffTurnParts): StaffTurn {
  return async (said) => {
    const { message, before } = said;
    if (message.text.length > LONGEST_ORDER) return undefined;
    const isStaff = message.audience === 'staff';
    const plain = isStaff || message.channel === 'teams' ? readPlainOrder(message.text) : undefined;
    if (plain === 'ayuda') return quietTurn(helpReply(message.audience), before);
    if (!isStaff) return undefined;
    switch (plain) {
      case 'excel':
        return quietTurn(await parts.exportTables(before?.last), before);
      case 'copiar':
        return quietTurn(parts.copyForWhatsApp(before?.last), before);
      default:
        return lookupTurn(said, parts);
    }
  };
}

async function lookupTurn(said: Said, parts: StaffTurnParts): Promise<Turn | undefined> {
  const order = readOrder(said.message.text);
  const limits = limitsOf(said, parts);
  if (order === undefined) return continuedTurn(said, limits, parts);
  const answer = await parts.lookups[order.word](order.argument, limits);
  if (answer === undefined || (!order.isSure && answer.kind !== 'answer')) return undefined;
  return turnOf(answer, order.word, said, limits, parts);
}

/** "¿Y la PGN?" repeats the order before it; a question that only looks like it is left alone. */
async function continuedTurn(
  said: Said,
  limits: DeskLimits,
  parts: StaffTurnParts,
): Promise<Turn | undefined> {
  const { message, before } = said;
  const word = before?.order;
  const rest = word === undefined ? undefined : readContinuation(message.text);
  if (before === undefined || word === undefined || rest === undefined || rest === '') return undefined;
  const continued = word === 'norma' ? parts.continueReference(message.text, before.topic) : undefined;
  const answer = await parts.lookups[word](continued ?? rest, limits);
  const isMeant = answer?.kind === 'answer' || continued !== undefined;
  return answer !== undefined && isMeant ? turnOf(answer, word, said, limits, parts) : undefined;
}

function limitsOf({ message }: Said, { now }: StaffTurnParts): DeskLimits {
  const today = guatemalanDay(now());
  return { audience: message.audience, asOf: message.asOf ?? today, today };
}

function turnOf(
  answer: DeskAnswer,
  word: Order['word'],
  { before }: Said,
  limits: DeskLimits,
  { cite }: StaffTurnParts,
): Turn {
  const retrieved = answer.units.map((unit) => new Passage(unit, 1, ['reference']));
  const citations = retrieved.map((passage) => cite(passage, limits).shown());
  return {
    reply: { kind: answer.kind, language: 'es', blocks: answer.blocks, citations },
    retrieved,
    context: contextOf(answer, word, before),
    sensitive: answer.units.slice(0, TELLING).some(({ sensitive }) => sensitive),
    erasePerson: false,
  };
}

function contextOf(
  { topic, choices = [] }: DeskAnswer,
  order: Order['word'],
  before: TalkContext | undefined,
): TalkContext {
  const matter =
    topic === '' ? matterOf(before, 'es') : { topic: maskPersonalData(topic), language: 'es' as const };
  const picks = choices.length === 0 ? {} : { pending: 'choices' as const, choices: [...choices] };
  return { ...matter, ...picks, order };
}
