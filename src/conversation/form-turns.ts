import { emergencyWords, igmContact } from '../answering/next-step.ts';
import { fill } from '../answering/phrases.ts';
import type { MessageForm } from '../channels/channel.ts';
import { menuTurn } from './choices.ts';
import { sayReply } from './replies.ts';
import { shortenTurn } from './shorten-turn.ts';
import { matterOf } from './talk-context.ts';
import { quietTurn, type Said, type Turn, type TurnParts } from './turn.ts';

/** Answers what holds no words: a location, a voice note that cannot be read, a picture; undefined where there are words. */
export async function formTurn(said: Said, parts: TurnParts): Promise<Turn | undefined> {
  const { message, before, language } = said;
  const { unread = new Set<MessageForm>(), place, reaction } = message;
  if (message.text !== '') return undefined;
  if (place !== undefined) return placeTurn(said, parts);
  const phrases = parts.phrases[language];
  if (unread.has('voice')) return menuTurn(said, phrases.voiceUnread, parts);
  const say = (...sentences: readonly string[]) =>
    quietTurn(sayReply('clarify', language, ...sentences), matterOf(before, language));
  if (PICTURES.some((form) => unread.has(form))) return say(phrases.pictureUnread);
  if (unread.has('unreadable')) return say(phrases.unreadable);
  if (unread.has('call')) return say(phrases.callUnanswered, ...whomToCall(said, parts));
  // A heart under an answer asks nothing, and what was waited for is waited for still.
  return reaction === undefined ? undefined : quietTurn(undefined, before);
}

/** What is near the place whose location was sent, beside what its words got answered; a command stays alone. */
export async function withPlace(turn: Turn, said: Said, parts: TurnParts): Promise<Turn> {
  const { message } = said;
  const { reply } = turn;
  if (message.place === undefined || message.text === '' || reply?.kind === 'command') return turn;
  const place = await placeTurn(said, parts);
  if (reply === undefined || (reply.kind !== 'answer' && reply.kind !== 'emergency')) return place;
  const joined = {
    ...reply,
    blocks: [...reply.blocks, ...(place.reply?.blocks ?? [])],
    citations: [...reply.citations, ...(place.reply?.citations ?? [])],
  };
  return { ...turn, reply: joined, sensitive: true };
}

const PICTURES: readonly MessageForm[] = ['picture', 'document', 'contact', 'sticker'];

/** Where somebody is tells more than what they ask: it is kept as short as what is said of danger. */
async function placeTurn(said: Said, parts: TurnParts): Promise<Turn> {
  const { message, before, language } = said;
  const { answerLocation, phrases } = parts;
  const reply =
    (await answerLocation?.(message.place ?? '', language)) ??
    sayReply('clarify', language, phrases[language].placeUnread);
  return { ...shortenTurn(quietTurn(reply, matterOf(before, language)), said, parts), sensitive: true };
}

function whomToCall({ language }: Said, { phrases, knowledge }: TurnParts): readonly string[] {
  const said = phrases[language];
  const emergency = emergencyWords(knowledge, said);
  const next = fill(said.next, { contacto: igmContact(knowledge, language) });
  return emergency === undefined ? [next] : [next, emergency];
}
