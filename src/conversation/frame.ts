import type { Block } from '../answering/answer.ts';
import { fill, type Phrases } from '../answering/phrases.ts';
import type { MessageForm, Reply } from '../channels/channel.ts';
import type { Said, TurnParts } from './turn.ts';
import { waitedWords } from './waited.ts';

/** Longest part of what was understood of a voice note that is shown back, in UTF-16 units. */
const LONGEST_HEARD = 160;
/** Between two paragraphs. */
const BREAK = 2;

type FrameParts = Pick<TurnParts, 'phrases' | 'now'>;

/**
 * Puts beside a reply which message it answers, what was heard and what could not be read: first, as it changes how the
 * answer is to be read; in danger what to do comes before it.
 */
export function framed(reply: Reply, said: Said, parts: FrameParts): Reply {
  const lines = frameOf(said, parts);
  const blocks = reply.kind === 'emergency' ? [...reply.blocks, ...lines] : [...lines, ...reply.blocks];
  return { ...reply, blocks };
}

/** Characters that {@link framed} adds to a message. */
export function frameLength(said: Said, parts: FrameParts): number {
  return frameOf(said, parts).reduce((sum, { text }) => sum + text.length + BREAK, 0);
}

type Line = Extract<Block, { readonly kind: 'paragraph' }>;

function frameOf({ message, language }: Said, { phrases, now }: FrameParts): readonly Line[] {
  const said = phrases[language];
  const waited = waitedWords(message.receivedAt, now(), said);
  const { heard } = message;
  return [
    ...(waited === undefined ? [] : [waited]),
    ...(heard === undefined ? [] : [fill(said.heard, { texto: shown(heard) })]),
    ...unreadLines(message, said),
  ].map((text) =>
    language === 'es' ? { kind: 'paragraph', text } : { kind: 'paragraph', text, lang: language },
  );
}

/** A sticker beside words adds nothing to them that would have to be read. */
const PICTURES: readonly MessageForm[] = ['picture', 'document', 'contact'];

/** One line each on what came beside words and could not be read. */
function unreadLines({ text, unread }: Said['message'], phrases: Phrases): readonly string[] {
  if (text === '' || unread === undefined) return [];
  return [
    ...(PICTURES.some((form) => unread.has(form)) ? [phrases.pictureBeside] : []),
    ...(unread.has('voice') ? [phrases.voiceBeside] : []),
    ...(unread.has('unreadable') ? [phrases.unreadableBeside] : []),
  ];
}

function shown(heard: string): string {
  const line = heard.replace(/\s+/g, ' ').trim();
  return line.length <= LONGEST_HEARD ? line : `${line.slice(0, LONGEST_HEARD - 1)}…`;
}
