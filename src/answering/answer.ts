import type { Language } from '../knowledge/unit.ts';
import type { Citation } from './citation.ts';

/** What every block can say of itself. */
interface Spoken {
  /** Language of the text where a reply mixes two: the sentences around an answer, and the Spanish it quotes. */
  readonly lang?: Language;
}

/** A piece of what the person reads; each channel renders it in its own markup. */
export type Block =
  | (Spoken & { readonly kind: 'paragraph'; readonly text: string })
  | (Spoken & {
      readonly kind: 'list';
      readonly title?: string;
      readonly ordered: boolean;
      readonly items: readonly string[];
    })
  /** How sure and how current the answer is. */
  | (Spoken & { readonly kind: 'notice'; readonly text: string });

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
