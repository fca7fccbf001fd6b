/** Where a text may be cut, best first: between paragraphs, lines, sentences, words. */
const CUTS = [/\n{2,}/g, /\n/g, /(?<=[.;:!?…])\s+/g, /\s+/g];

/**
 * Cuts a long text into parts of at most `longest` UTF-16 code units. Nothing but white space at the cuts is lost,
 * and no character is torn.
 */
export function splitText(text: string, longest: number): readonly string[] {
  const parts: string[] = [];
  let rest = text.trim();
  while (rest.length > longest) {
    const end = cutBefore(rest, longest);
    parts.push(rest.slice(0, end).trimEnd());
    rest = rest.slice(end).trimStart();
  }
  return rest === '' ? parts : [...parts, rest];
}

function cutBefore(text: string, longest: number): number {
  const head = text.slice(0, longest + 1);
  for (const cut of CUTS) {
    const ends = [...head.matchAll(cut)]
      .map((match) => match.index)
      .filter((end) => end > 0 && end <= longest);
    const last = ends.at(-1);
    if (last !== undefined) return last;
  }
  const isTorn = /[\ud800-\udbff]/.test(text.charAt(longest - 1));
  return isTorn && longest > 1 ? longest - 1 : longest;
}
