import type { Language } from '../knowledge/unit.ts';
import { pickTurn, readPick } from './choices.ts';
import { commandTurn, ORDERED } from './command-turns.ts';
import { isAssent } from './commands.ts';
import { dangerTurn } from './danger-turn.ts';
import { formTurn, withPlace } from './form-turns.ts';
import { questionTurn } from './question-turn.ts';
import { sayReply } from './replies.ts';
import { sendOff } from './send-off.ts';
import { shortenTurn } from './shorten-turn.ts';
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
      shortenTurn(await questionTurn(said, parts), message.channel);
    return withWording(sendOff(await withPlace(turn, said, parts), said, parts), message.channel, parts);
  };
}

function hear(message: TurnMessage, before: TalkContext | undefined, parts: TurnParts): Said {
  const text = message.text.trim();
  const detected = parts.detectLanguage(text, before?.language ?? DEFAULT_LANGUAGE);
  const command = before === undefined ? parts.findCommand(text, ORDERED) : undefined;
  const language = ownLanguage(detected, command?.languages ?? []);
  return { message: { ...message, text }, before, language };
}

function courtesyTurn(said: Said, { courtesies, phrases }: TurnParts): Turn | undefined {
  const { message, before } = said;
  const courtesy = isAssent(message.text) ? THANKS : courtesies.find(message.text);
  if (courtesy === undefined) return undefined;
  const language = ownLanguage(said.language, courtesy.languages);
  const context =
    before === undefined && language === DEFAULT_LANGUAGE ? undefined : matterOf(before, language);
  return quietTurn(sayReply('smalltalk', language, phrases[language][courtesy.kind]), context);
}

/** A thumb under an answer says thanks, in every language. */
const THANKS: Courtesy = { kind: 'thanks', languages: [] };

/** "Bonjour" is too short to tell a language by its letters, and tells it by being a greeting of that language. */
function ownLanguage(language: Language, languages: readonly Language[]): Language {
  return languages.includes(language) ? language : (languages[0] ?? language);
}
