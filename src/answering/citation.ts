import type { Review, Validity } from '../knowledge/unit.ts';
import { validityWords } from '../knowledge/validity-words.ts';
import type { Passage } from '../retrieval/passage.ts';

/** A reference shown to the person. The private field keeps anything but {@link cite} from making one. */
export class Citation {
  readonly #passage: Passage;
  /** "Código de Migración, artículo 6". */
  readonly label: string;
  /** Absolute address of the unit on its norm's page. */
  readonly url: string;

  private constructor(passage: Passage, label: string, url: string) {
    this.#passage = passage;
    this.label = label;
    this.url = url;
  }

  /** @internal use {@link cite} */
  static of(passage: Passage, label: string, url: string): Citation {
    return new Citation(passage, label, url);
  }

  get unit(): string {
    return this.#passage.unit.id;
  }
  get norm(): string {
    return this.#passage.unit.norm;
  }
  /** The article's number, or the unit's id where it has none. */
  get article(): string {
    return this.#passage.unit.article;
  }
  get validity(): Validity {
    return this.#passage.unit.validity;
  }
  /** What the reader is told of its validity; undefined for guides and directory entries, which are never in force. */
  get stateWords(): string | undefined {
    const { kind, validity } = this.#passage.unit;
    return kind === 'norm' || kind === 'article' ? validityWords(validity) : undefined;
  }
  get review(): Review {
    return this.#passage.unit.review;
  }
}
