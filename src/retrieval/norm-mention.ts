import type { Span } from './spans.ts';

/** A norm named in a text. No id: a norm is named, and it is none that we hold. */
export interface NormMention extends Span {
  /** Those the name can mean, in force first. */
  readonly norms: readonly string[];
  /** `kind`: told only by a word such as "ley" with a name that is none of ours. */
  readonly by: 'number' | 'name' | 'kind';
  /** True when the name shares a word with one of ours: "ley de refugio" may be what people call a norm we hold. */
  readonly familiar: boolean;
}
