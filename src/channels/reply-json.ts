import type { ShownCitation } from '../answering/citation.ts';
import type { ValidityStatus } from '../knowledge/unit.ts';

/** A citation as the public interface gives it. */
export interface CitationJson {
  readonly unit: string;
  readonly norm: string;
  /** The article's number, the unit's id where it has none, `*` for a whole norm. */
  readonly article: string;
  readonly label: string;
  readonly url: string;
  readonly validity: ValidityStatus;
}

/** The public form of a citation. */
export function citationJson(citation: ShownCitation): CitationJson {
  const { unit, norm, article, label, url } = citation;
  return { unit, norm, article, label, url, validity: citation.validity.status };
}
