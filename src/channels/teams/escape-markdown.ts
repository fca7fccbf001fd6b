const ADDRESS = /(https?:\/\/[^\s<>"[\]\\`]+)/;

/** Makes text read in Markdown exactly as written. Web addresses stay whole, so that they still open. */
export function escapeMarkdown(text: string): string {
  return text
    .split('\n')
    .map((line) => escapeLineStart(line.trimStart().split(ADDRESS).map(escapeUnlessAddress).join('')))
    .join('\n');
}

/** A link whose words and address cannot end it early. */
export function markdownLink(words: string, address: string): string {
  const safe = address.replace(/[\s()<>\\]/g, (character) =>
    character === '(' ? '%28' : character === ')' ? '%29' : encodeURIComponent(character),
  );
  return `[${escapeInline(words.replace(/\s+/g, ' '))}](${safe})`;
}

function escapeUnlessAddress(part: string, index: number): string {
  return index % 2 === 1 ? part : escapeInline(part);
}

function escapeInline(text: string): string {
  return (
    text
      .replace(/[\\`*[\]~]/g, '\\$&')
      // An underscore between letters is no emphasis, and e-mail addresses stay readable where backslashes show.
      .replace(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, '\\_')
      .replace(/&(?=#|[a-z])/gi, '&amp;')
      .replaceAll('<', '&lt;')
  );
}

/** What at the start of a line would make a heading, a quote, a rule or a list of it. */
function escapeLineStart(line: string): string {
  return line.replace(/^([#>+=|-])/, '\\$1').replace(/^(\d{1,9})([.)])(?=\s|$)/, '$1\\$2');
}
