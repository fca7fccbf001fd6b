import type { Claim, Unit } from '../knowledge/unit.ts';
import type { Block, Worth } from './answer.ts';
import { claimWords } from './claim-words.ts';

/** Blocks, and the claims they say. */
export interface Body {
  readonly blocks: readonly Block[];
  readonly claims: readonly Claim[];
}

/** Nothing said. */
export const EMPTY: Body = { blocks: [], claims: [] };

/** Claims as one paragraph; empty without claims. @param statements the words of each, where they are not its own */
export function paragraph(
  claims: readonly Claim[],
  statements: readonly string[] = claims.map(claimWords),
): Body {
  if (claims.length === 0) return EMPTY;
  const text = statements.join(' ');
  const block = { kind: 'paragraph', text, ...(statements.length > 1 ? { statements } : {}) } as const;
  return { blocks: [block], claims };
}

/** Claims as a list; a single one is a paragraph, an unordered one after its title: "Necesita: constancia". */
export function list(claims: readonly Claim[], title: string | undefined, ordered: boolean): Body {
  if (claims.length < 2) {
    const words = claims.map(claimWords);
    return paragraph(
      claims,
      ordered || title === undefined ? words : words.map((text) => `${title} ${text}`),
    );
  }
  const items = claims.map(claimWords);
  return { blocks: [{ kind: 'list', ...(title === undefined ? {} : { title }), ordered, items }], claims };
}

/** The same, marked with what it is worth where there is room for little. */
export function worth(weight: Worth, { blocks, claims }: Body): Body {
  return { blocks: blocks.map((block) => ({ ...block, worth: weight })), claims };
}

/** The same, marked as the words of another unit than the first cited. */
export function wordsOf({ id }: Unit, { blocks, claims }: Body): Body {
  return { blocks: blocks.map((block) => ({ ...block, unit: id })), claims };
}

/** Bodies one after the other. */
export function join(...bodies: readonly Body[]): Body {
  return {
    blocks: bodies.flatMap(({ blocks }) => blocks),
    claims: bodies.flatMap(({ claims }) => claims),
  };
}

/** What a body says, as one text. */
export function bodyText({ claims }: Body): string {
  return claims.map(({ text }) => text).join(' ');
}
