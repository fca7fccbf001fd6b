/** Up to the point or bracket that ends the sentence around it. */
const ADDRESS = /(https?:\/\/[^\s<>"[\]\\`*]*[^\s<>"[\]\\`*.,;:!?()'’”»])/;

/**
 * Makes text read in a card exactly as written. Backslashes only: entities are shown as they stand on phones. Lines stay
 * lines, and web addresses become links, which cards do not make by themselves.
 */
export function cardText(text: string): string {
  return text
    .split('\n')
    .map((line) => escapeLineStart(line.trim().split(ADDRESS).map(linkIfAddress).join('')))
    .filter((line) => line !== '')
    .join('\n\n');
}

/** The same on one line. */
export function cardLine(text: string): string {
  return cardText(text.replace(/\s*\n\s*/g, ' '));
}

/** A link whose words and address cannot end it early. */
export function cardLink(words: string, address: string): string {
  const safe = address.replace(/[\s()<>\\]/g, (character) =>
    character === '(' ? '%28' : character === ')' ? '%29' : encodeURIComponent(character),
  );
  return `[${escapeInline(words.replace(/\s+/g, ' ').trim())}](${safe})`;
}

function linkIfAddress(part: string, index: number): string {
  return index % 2 === 1 ? cardLink(part, part) : escapeInline(part);
}

function escapeInline(text: string): string {
  return (
    text
      .replace(/[\\`*[\]~<]/g, '\\$&')
      // An underscore between letters is no emphasis, and e-mail addresses stay readable where backslashes show.
      .replace(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, '\\_')
      .replace(/&(?=#|[a-z])/gi, '\\&')
      // Cards put {{DATE(…)}} and {{TIME(…)}} in the reader's own format, before they read the Markdown.
      .replace(/\{(?=\{)/g, '{\\')
  );
}

/** What at the start of a line would make a heading, a quote, a rule, a table or a list of it. */
function escapeLineStart(line: string): string {
  return line.replace(/^([#>+=|-])/, '\\$1').replace(/^(\d{1,9})([.)])(?=\s|$)/, '$1\\$2');
}
