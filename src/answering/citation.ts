import type { Review, Validity } from '../knowledge/unit.ts';
import type { Passage } from '../retrieval/passage.ts';

/** What a person is shown of a citation: plain data, so that a reply can wait in the store for its delivery. */
export interface ShownCitation {
  readonly unit: string;
  readonly norm: string;
  /** The article's number, or the unit's id where it has none. */
  readonly article: string;
  readonly label: string;
  readonly url: string;
  readonly validity: Validity;
  readonly review: Review;
  /** What the reader is told of its validity; undefined for guides and directory entries, which are never in force. */
  readonly stateWords?: string | undefined;
  /** What the unit says, where a channel can unfold it. */
  readonly wording?: Wording;
  /** The policy's actions that it is about and who answers for them, where a channel has room to show it. */
  readonly actions?: readonly PolicyAction[];
}

/** What a unit says in full. */
export interface Wording {
  /** In the unit's order, a sentence or two each. */
  readonly statements: readonly string[];
  /** Who says it: hosts of addresses, or names. */
  readonly sources: readonly string[];
}

/** An action of the policy, and its institutions by name or sigla. */
export interface PolicyAction {
  readonly title: string;
  readonly responsible?: string;
  readonly linked: readonly string[];
}

/** What {@link cite} says of a passage. */
type Words = Pick<ShownCitation, 'label' | 'url' | 'stateWords'>;

/** A reference shown to the person. The private field keeps anything but {@link cite} from making one. */
export class Citation {
  readonly #passage: Passage;
  readonly #stateWords: string | undefined;
  /** "Código de Migración, artículo 6". */
  readonly label: string;
  /** Absolute address of the unit on its norm's page. */
  readonly url: string;

  private constructor(passage: Passage, { label, url, stateWords }: Words) {
    this.#passage = passage;
    this.#stateWords = stateWords;
    this.label = label;
    this.url = url;
  }

  /** @internal use {@link cite} */
  static of(passage: Passage, words: Words): Citation {
    return new Citation(passage, words);
  }

  /** The citation as data. */
  shown(): ShownCitation {
    const { id: unit, norm, article, validity, review } = this.#passage.unit;
    return {
      unit,
      norm,
      article,
      label: this.label,
      url: this.url,
      validity,
      review,
      stateWords: this.#stateWords,
    };
  }
}
