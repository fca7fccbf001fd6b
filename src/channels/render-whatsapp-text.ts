/** Characters that WhatsApp reads as markup, and those that look like them and are none: it knows no escape. */
const LOOK_ALIKE: Readonly<Record<string, string>> = { '*': '∗', _: 'ˍ', '~': '∼', '`': '‘' };
const ADDRESS = /(https?:\/\/[^\s<>"]+)/;

/** Text that WhatsApp shows as written: its signs format nothing. Web addresses and mails stay as they are. */
export function plainWords(text: string): string {
  return text
    .split('\n')
    .map((line) => withoutLineMark(line.split(ADDRESS).map(withoutMarks).join('')))
    .join('\n');
}

/** Words that WhatsApp shows in bold; empty for none. */
export function bold(words: string): string {
  const plain = plainWords(words).replace(/\s+/g, ' ').trim();
  return plain === '' ? '' : `*${plain}*`;
}

function withoutMarks(part: string, index: number): string {
  const isAddress = index % 2 === 1;
  if (isAddress) return part;
  // Between letters a sign formats nothing, and a mail with an underscore stays one.
  return part.replace(/(?<![\p{L}\p{N}])[*_~`]|[*_~`](?![\p{L}\p{N}])/gu, (mark) => LOOK_ALIKE[mark] ?? mark);
}

/** What at the start of a line would make a quote or a list of it. */
function withoutLineMark(line: string): string {
  return line.replace(/^(\s*)>/, '$1›').replace(/^(\s*)-(?=\s)/, '$1–');
}
