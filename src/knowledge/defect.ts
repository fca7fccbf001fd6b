/** One thing wrong in the knowledge files, told so that whoever edits them can mend it. */
export interface Defect {
  /** Path below the knowledge folder, with `/`. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** Id of the unit or norm it is in, where one is known. */
  readonly unit?: string;
  /** What is wrong and what to do, in plain Spanish. */
  readonly message: string;
}

/** `file:line: message`, as editors and terminals turn into a link. */
export function describeDefect(defect: Defect): string {
  const unit = defect.unit === undefined ? '' : `${defect.unit}: `;
  return `${defect.file}:${defect.line}: ${unit}${defect.message}`;
}
