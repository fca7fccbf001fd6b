import type { Language } from '../knowledge/unit.ts';
import type { Citation } from './citation.ts';

/** A piece of what the person reads; each channel renders it in its own markup. */
export type Block =
  | { readonly kind: 'paragraph'; readonly text: string }
  | {
      readonly kind: 'list';
      readonly title?: string;
      readonly ordered: boolean;
      readonly items: readonly string[];
    }
  /** How sure and how current the answer is. */
  | { readonly kind: 'notice'; readonly text: string };

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
}
