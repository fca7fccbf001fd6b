import { isAssent } from './commands.ts';
import { sayReply } from './replies.ts';
import { quietTurn, type Said, type Turn, type TurnParts } from './turn.ts';

/** Asks whether everything of the person is to be erased, and waits for a yes or no. */
export function askToErase({ language }: Said, { phrases }: TurnParts): Turn {
  const reply = sayReply('command', language, phrases[language].eraseAsk);
  return quietTurn(reply, { topic: '', language, pending: 'erase' });
}

/** The yes or no to erasing; undefined when none is waited for, or the message is neither. */
export function eraseAnswerTurn(said: Said, parts: TurnParts): Turn | undefined {
  const { before, language } = said;
  if (before?.pending !== 'erase') return undefined;
  const answer = readAnswer(said, parts);
  if (answer === undefined) return undefined;
  if (answer === 'neither') return askToErase(said, parts);
  const { erased, eraseKept } = parts.phrases[language];
  const erasePerson = answer === 'yes';
  return {
    ...quietTurn(sayReply('command', language, erasePerson ? erased : eraseKept), undefined),
    erasePerson,
  };
}

function readAnswer(
  { message: { text, reaction = '' } }: Said,
  { findCommand, readNumber }: TurnParts,
): 'yes' | 'no' | 'neither' | undefined {
  if (isAssent(text) || (text === '' && isAssent(reaction))) return 'yes';
  const word = findCommand(text, ['yes', 'no'])?.word;
  if (word === 'yes' || word === 'no') return word;
  const number = readNumber(text);
  if (number === undefined) return undefined;
  return number === 1 ? 'yes' : number === 2 ? 'no' : 'neither';
}
