import type { NormMention } from './norm-mention.ts';
import type { SpanMap } from './spans.ts';
import { isStopWord, stem } from './terms.ts';

/** Words that open the name of a norm. "El código" alone names none. */
const kinds = new Set(
  'ley leyes codigo reglamento convenio convencion tratado estatuto protocolo decreto law code lei loi lwa'.split(
    ' ',
  ),
);
/** Words that tie a name to what follows. */
const links = new Set('de del contra para sobre of do da du des d'.split(' '));
const fillers = new Set([...links, ...'la el las los l y e the'.split(' ')]);
/** Names that follow without a tie: "código penal". */
const adjectives = new Set(
  `penal civil procesal laboral tributario tributaria fiscal comercial electoral organica general militar agrario
   administrativo notarial aduanero`.split(/\s+/),
);
/** Where a name ends and a sentence goes on. */
const ends = new Set(
  `dice dicen habla hablan establece regula senala menciona dispone manda prohibe art arts articulo articulos vigente`.split(
    /\s+/,
  ),
);
const mostWords = 4;

interface Token {
  readonly word: string;
  readonly start: number;
  readonly end: number;
}

/**
 * Norms named in a folded text that are none of ours, by a word for a kind of norm and a name: "ley de tránsito",
 * "código penal". Places already taken are left alone.
 */
export function findForeignNorms(
  folded: string,
  taken: SpanMap,
  knownStems: ReadonlySet<string>,
): readonly NormMention[] {
  const tokens = [...folded.matchAll(/[\p{L}\p{N}]+/gu)].map(
    (match): Token => ({ word: match[0], start: match.index, end: match.index + match[0].length }),
  );
  const mentions: NormMention[] = [];
  tokens.forEach((token, at) => {
    if (!kinds.has(token.word) || !taken.isFree(token)) return;
    const name = readName(folded, tokens, at, taken);
    const last = name.at(-1);
    if (last === undefined) return;
    const familiar = name.some(({ word }) => knownStems.has(stem(word)));
    const mention = { norms: [], by: 'kind', familiar, start: token.start, end: last.end } as const;
    taken.take(mention);
    mentions.push(mention);
  });
  return mentions;
}

/** The words of the name that follows the token at a place, ties left out; empty when none does. */
function readName(folded: string, tokens: readonly Token[], at: number, taken: SpanMap): readonly Token[] {
  const name: Token[] = [];
  const first = tokens[at + 1]?.word ?? '';
  if (!links.has(first) && !adjectives.has(first)) return name;
  for (let k = at + 1; name.length < mostWords; k += 1) {
    const token = tokens[k];
    const before = tokens[k - 1];
    if (token === undefined || before === undefined) break;
    const apart = token.start - before.end > 1 || folded[before.end] !== ' ';
    if (apart || !taken.isFree(token) || ends.has(token.word) || /^\d/.test(token.word)) break;
    if (fillers.has(token.word)) continue;
    if (isStopWord(token.word)) break;
    name.push(token);
    const next = tokens[k + 1]?.word ?? '';
    if (!fillers.has(next) && !adjectives.has(next)) break;
  }
  return name;
}
