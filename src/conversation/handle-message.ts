import type { Language } from '../knowledge/unit.ts';
import { answerTurn } from './answer-turn.ts';
import { pickTurn, readPick, wordlessTurn } from './choices.ts';
import { commandTurn, ORDERED } from './command-turns.ts';
import { isAssent, isGratitude } from './commands.ts';
import { dangerTurn } from './danger-turn.ts';
import { formTurn, withPlace } from './form-turns.ts';
import { sayReply } from './replies.ts';
import { sendOff } from './send-off.ts';
import type { Courtesy } from './smalltalk.ts';
import { matterOf, type TalkContext } from './talk-context.ts';
import { quietTurn, type Said, type Turn, type TurnParts } from './turn.ts';
import type { TurnMessage } from './turn-message.ts';
import { withWording } from './with-wording.ts';

/** Turns what a person sent into one reply, in the light of what the turn before left. It keeps nothing itself. */
export type HandleMessage = (message: TurnMessage, before: TalkContext | undefined) => Promise<Turn>;

const DEFAULT_LANGUAGE: Language = 'es';

/** The story of one turn: danger? → command? → a form without words? → courtesy? → understand → retrieve → answer → condense. */
export function createHandleMessage(parts: TurnParts): HandleMessage {
  return async (message, before) => {
    const heard = hear(message, before, parts);
    const said = readPick(heard, parts);
    const turn =
      dangerTurn(heard, parts.dangers) ??
      commandTurn(said, parts) ??
      (await parts.staffTurn?.(said)) ??
      pickTurn(said, parts) ??
      (await formTurn(said, parts)) ??
      courtesyTurn(said, parts) ??
      wordlessTurn(said, parts) ??
      (await answerTurn(said, parts));
    return withWording(sendOff(await withPlace(turn, said, parts), said, parts), message.channel, parts);
  };
}

function hear(message: TurnMessage, before: TalkContext | undefined, parts: TurnParts): Said {
  const text = parts.respell?.(message.text.trim()) ?? message.text.trim();
  const detected = parts.detectLanguage(text, before?.language ?? DEFAULT_LANGUAGE);
  const command = before === undefined ? parts.findCommand(text, ORDERED) : undefined;
  const language = ownLanguage(detected, command?.languages ?? []);
  return { message: { ...message, text }, before, language };
}

function courtesyTurn(said: Said, parts: TurnParts): Turn | undefined {
  const { message, before } = said;
  const courtesy = saysThanks(message, parts) ? THANKS : parts.courtesies.find(message.text);
  if (courtesy === undefined) return undefined;
  const language = ownLanguage(said.language, courtesy.languages);
  const reply = sayReply('smalltalk', language, parts.phrases[language][courtesy.kind]);
  if (before === undefined) {
    return quietTurn(reply, language === DEFAULT_LANGUAGE ? undefined : matterOf(before, language));
  }
  // Who says thanks may still want the rest; a yes to erasing is to follow the question at once.
  return quietTurn(reply, before.pending === 'erase' ? matterOf(before, language) : { ...before, language });
}

/** A thumb under an answer says thanks, in every language, and so does a yes or no that nobody waits for. */
const THANKS: Courtesy = { kind: 'thanks', languages: [] };

function saysThanks({ text, channel }: TurnMessage, { findCommand }: TurnParts): boolean {
  if (isAssent(text) || isGratitude(text)) return true;
  return channel !== 'teams' && findCommand(text, ['yes', 'no']) !== undefined;
}

/** "Bonjour" is too short to tell a language by its letters, and tells it by being a greeting of that language. */
function ownLanguage(language: Language, languages: readonly Language[]): Language {
  return languages.includes(language) ? language : (languages[0] ?? language);
}
