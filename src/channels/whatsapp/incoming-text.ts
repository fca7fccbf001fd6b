import { MAX_MESSAGE_LENGTH } from '../message-limit.ts';

/** `*bold*`, `_italic_`, `~struck~` around whole words, and code; a lone asterisk or a snake_case word is none. */
const MARKS = /(?<![\p{L}\p{N}])([*_~])(?=\S)([^\n]*?\S)\1(?![\p{L}\p{N}])/gu;
const CODE = /`{3}([^`]+)`{3}|`([^`\n]+)`/g;
/** Bold in italic in struck: more levels nobody types. */
const DEEPEST = 3;
const CONTROLS = /[^\P{Cc}\n\t]/gu;
/** Nothing that could be read: spaces, joiners, direction marks, the blank letters of "empty" messages. */
const NOTHING = /^(?:[\s\p{Cf}\p{Mn}]|\u2800|\u3164)*$/u;

/**
 * What somebody wrote, without WhatsApp's markup and no longer than {@link MAX_MESSAGE_LENGTH}; empty when there is
 * nothing to read. Of a longer text the beginning is taken: it says what the matter is, and whoever writes a whole letter
 * gets an answer to it instead of a refusal.
 */
export function readableText(written: string): string {
  const lines = written.replace(/\r\n?/g, '\n').replace(CONTROLS, '').trim();
  const text = withoutMarks(beginning(lines)).trim();
  return NOTHING.test(text) ? '' : text;
}

function beginning(text: string): string {
  const start = text.slice(0, MAX_MESSAGE_LENGTH);
  // Half of an emoji is no character.
  return start.replace(/[\ud800-\udbff]$/, '');
}

function withoutMarks(text: string): string {
  let bare = text.replace(CODE, (_, block?: string, line?: string) => block ?? line ?? '');
  for (let level = 0; level < DEEPEST; level += 1) bare = bare.replace(MARKS, '$2');
  return bare;
}
