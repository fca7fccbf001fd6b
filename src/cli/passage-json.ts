import type { Passage } from '../retrieval/passage.ts';

/** A passage as the public interface gives it. */
export interface PassageJson {
  readonly unit: string;
  readonly norm: string;
  readonly article: string;
  readonly title: string;
  /** 0..1 */
  readonly score: number;
}

/** The public form of a passage. */
export function passageJson({ unit, score }: Passage): PassageJson {
  const { id, norm, article, title } = unit;
  return { unit: id, norm, article, title, score: Math.round(score * 10_000) / 10_000 };
}
