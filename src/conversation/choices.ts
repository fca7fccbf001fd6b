import { emergencyWords } from '../answering/next-step.ts';
import type { PhraseBook } from '../answering/phrases.ts';
import type { Reply } from '../channels/channel.ts';
import type { Language } from '../knowledge/unit.ts';
import { matterOf, type TalkContext } from './talk-context.ts';
import { quietTurn, type Said, type Turn, type TurnParts } from './turn.ts';

/** What a number may stand for: a question, or several to choose among. */
type Offered = PhraseBook[Language]['menu'][number];

/**
 * Offers by number what people need most, with the numbers to ring in danger below, or above for whoever may have called
 * for help.
 */
export function menuTurn(
  { before, language }: Said,
  title: string,
  parts: TurnParts,
  emergencyAt: 'below' | 'above' = 'below',
): Turn {
  const said = parts.phrases[language];
  const emergency = emergencyWords(parts.knowledge, said);
  const numbers = emergency === undefined ? [] : [{ kind: 'paragraph', text: emergency } as const];
  const { blocks, ...reply } = choicesReply(title, said.menu, language);
  const ordered = emergencyAt === 'above' ? [...numbers, ...blocks] : [...blocks, ...numbers];
  return quietTurn({ ...reply, blocks: ordered }, { ...matterOf(before, language), pending: 'menu' });
}

/** Puts the question that a number stands for in the number's place. */
export function readPick(said: Said, parts: TurnParts): Said {
  const { before } = said;
  const picked = pick(said, parts)?.picked;
  if (picked === undefined || !('ask' in picked)) return said;
  // It was chosen from what was offered, so nothing else that was said, or is quoted, is what it is about.
  const { quoted: _, ...message } = said.message;
  const chosen = { ...said, message: { ...message, text: picked.ask } };
  return before?.pending === 'menu' ? { ...chosen, before: matterOf(undefined, before.language) } : chosen;
}

/**
 * Offers what a number stands for, where that is several questions, or the same again to whoever wrote a number that
 * stands for nothing; undefined for anything else.
 */
export function pickTurn(said: Said, parts: TurnParts): Turn | undefined {
  const { before, language } = said;
  const pickFound = pick(said, parts);
  if (pickFound === undefined)
    return isLoneNumber(said, parts) ? menuTurn(said, parts.phrases[language].pickAgain, parts) : undefined;
  const { picked, offered } = pickFound;
  if (picked !== undefined && 'choices' in picked) {
    // The questions of the menu stand alone.
    const context = {
      ...matterOf(undefined, language),
      pending: 'choices' as const,
      choices: picked.choices,
    };
    return quietTurn(choicesReply(`${picked.label}:`, picked.choices, language), context);
  }
  const title = parts.phrases[language].pickAgain;
  if (before?.pending === 'menu') return menuTurn(said, title, parts);
  return quietTurn(choicesReply(title, offered, language), before);
}

/**
 * On WhatsApp a number that answers nothing is somebody who saw a menu, here or elsewhere; in the middle of a talk a
 * number that no menu has may be an article's.
 */
function isLoneNumber({ message, before, language }: Said, { readNumber, phrases }: TurnParts): boolean {
  if (message.channel !== 'whatsapp' || before?.pending === 'erase') return false;
  const number = readNumber(message.text);
  if (number === undefined) return false;
  return number <= phrases[language].menu.length || (before?.topic ?? '') === '';
}

/** Offers the menu on WhatsApp to who sent no word: "?", "…" or a crying face; undefined where there are words. */
export function wordlessTurn(said: Said, parts: TurnParts): Turn | undefined {
  const { message, language } = said;
  if (message.channel !== 'whatsapp' || /[\p{L}\p{N}]/u.test(message.text)) return undefined;
  return menuTurn(said, parts.phrases[language].pickAgain, parts, 'above');
}

/** What is offered, and what of it a message picks; undefined when nothing is, or it is no number. */
function pick(
  { before, message }: Said,
  { readNumber, phrases }: TurnParts,
): { readonly offered: readonly Offered[]; readonly picked: Offered | undefined } | undefined {
  const offered = offeredIn(before, phrases);
  const number = offered === undefined ? undefined : readNumber(message.text);
  if (offered === undefined || number === undefined) return undefined;
  return { offered, picked: offered[number - 1] };
}

function offeredIn(before: TalkContext | undefined, phrases: PhraseBook): readonly Offered[] | undefined {
  switch (before?.pending) {
    case 'menu':
      return phrases[before.language].menu;
    case 'choices':
      return before.choices;
    default:
      return undefined;
  }
}

function choicesReply(
  title: string,
  offered: readonly { readonly label: string }[],
  language: Language,
): Reply {
  const items = offered.map(({ label }) => label);
  return {
    kind: 'clarify',
    language,
    blocks: [{ kind: 'list', title, ordered: true, items }],
    citations: [],
  };
}
