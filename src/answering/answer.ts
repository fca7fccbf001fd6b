import type { Language } from '../knowledge/unit.ts';
import type { Citation } from './citation.ts';

/**
 * What a block is worth where there is room for little; without one it is part of the answer's heart. A `warning` is said
 * first and never put off: danger, validity, what is not known. A `lead` answers what was asked: it waits only where one
 * message cannot hold it. An `aside` can wait until somebody asks for more.
 */
export type Worth = 'warning' | 'lead' | 'aside';

/** What every block can say of itself. */
interface Spoken {
  /** Language of the text where a reply mixes two: the sentences around an answer, and the Spanish it quotes. */
  readonly lang?: Language;
  readonly worth?: Worth;
  /** Id of the unit whose words these are; the first citation's unless said. */
  readonly unit?: string;
}

/** Points one under the other. */
export type ListBlock = Spoken & {
  readonly kind: 'list';
  readonly title?: string;
  readonly ordered: boolean;
  /** Number of the first item of an ordered list that goes on from another one; 1 unless said. */
  readonly start?: number;
  readonly items: readonly string[];
};

/** Rows under named columns; each row has a cell for each column, empty where nothing is known. */
export type TableBlock = Spoken & {
  readonly kind: 'table';
  readonly title?: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** Id of the unit that each row rests on, row by row; the block's `unit` where there are none. */
  readonly rowUnits?: readonly string[];
};

/** A piece of what the person reads; each channel renders it in its own markup. */
export type Block =
  | (Spoken & {
      readonly kind: 'paragraph';
      readonly text: string;
      /** The same in fewer words, for a small screen. */
      readonly brief?: string;
      /** What the text is made of, where it may be cut: joined by a space they are the text. */
      readonly statements?: readonly string[];
      /** The rest of the list before it, said in place of this text where people can ask for more. */
      readonly later?: ListBlock;
    })
  | ListBlock
  | TableBlock
  /** How sure and how current the answer is. */
  | (Spoken & { readonly kind: 'notice'; readonly text: string; readonly brief?: string });

/** What an answerer returns. A grounded answer without a citation cannot be built. */
export type Answer =
  | {
      readonly kind: 'grounded';
      readonly blocks: readonly [Block, ...Block[]];
      readonly citations: readonly [Citation, ...Citation[]];
    }
  | { readonly kind: 'clarify'; readonly question: string; readonly choices: readonly string[] }
  | { readonly kind: 'declined'; readonly reason: 'no-evidence' | 'out-of-scope' };

/** A question as understood from one turn. */
export interface Question {
  /** The person's words. */
  readonly text: string;
  readonly language: Language;
  readonly audience: 'public' | 'staff';
  /** The day the question is about, `YYYY-MM-DD`. */
  readonly asOf: string;
  /** The day on which it is asked, `YYYY-MM-DD`; the same as {@link asOf} unless said. */
  readonly today?: string;
}
