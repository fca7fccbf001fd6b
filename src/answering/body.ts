import type { Claim } from '../knowledge/unit.ts';
import type { Block } from './answer.ts';
import { claimWords } from './claim-words.ts';

/** Blocks, and the claims they say. */
export interface Body {
  readonly blocks: readonly Block[];
  readonly claims: readonly Claim[];
}

/** Nothing said. */
export const EMPTY: Body = { blocks: [], claims: [] };

/** Claims as one paragraph; empty without claims. */
export function paragraph(claims: readonly Claim[], text = claims.map(claimWords).join(' ')): Body {
  return claims.length === 0 ? EMPTY : { blocks: [{ kind: 'paragraph', text }], claims };
}

/** Claims as a list; a single one is a paragraph, an unordered one after its title: "Necesita: constancia". */
export function list(claims: readonly Claim[], title: string | undefined, ordered: boolean): Body {
  if (claims.length < 2) {
    const text = claims.map(claimWords).join(' ');
    return paragraph(claims, ordered || title === undefined ? text : `${title} ${text}`);
  }
  const items = claims.map(claimWords);
  return { blocks: [{ kind: 'list', ...(title === undefined ? {} : { title }), ordered, items }], claims };
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
