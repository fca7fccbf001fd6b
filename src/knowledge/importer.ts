/** What a file of official text may be: the PDF of a norm, or the policy's matrix as an Excel book. */
export type ImportFormat = 'pdf' | 'xlsx';

/** A file that somebody wants to load. */
export interface ImportFile {
  /** As its sender called it. */
  readonly name: string;
  /** As its bytes say, whatever its name says. */
  readonly format: ImportFormat;
  readonly bytes: Uint8Array;
  /** What was written with it, such as the norm that it belongs to; may be empty. */
  readonly note: string;
}

/** One thing that would change. */
export interface ImportDifference {
  readonly kind: 'new' | 'changed' | 'gone';
  /** What it is, as people call it: `Artículo 46`, `Acción E1-B-1`. */
  readonly label: string;
}

/** What was found in a file, before anything is changed. */
export interface ImportReport {
  /** What the file belongs to, as people call it. */
  readonly title: string;
  /** How many articles, or lines of the matrix, were found. */
  readonly found: number;
  /** Numbers that the order of the text leaves out. */
  readonly gaps: readonly string[];
  /** Numbers found more than once. */
  readonly duplicates: readonly string[];
  /** In the order of the text; empty when it says what is loaded already. */
  readonly differences: readonly ImportDifference[];
}

/** Refusals carry a Spanish sentence for whoever sent the file: what is wrong and what to do. */
export type Examination =
  | { readonly kind: 'report'; readonly id: string; readonly report: ImportReport }
  | { readonly kind: 'refused'; readonly reason: string };

/** `unknown`: no examination of that id is kept any more. */
export type ApplyOutcome =
  | { readonly kind: 'applied' }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'refused'; readonly reason: string };

/** Loads official texts in two steps, so that a person decides in between. */
export interface Importer {
  /**
   * Reads a file and compares it with what is loaded. Changes nothing. Of a refused file nothing is kept; of the others
   * only what {@link apply} needs, until it is applied or discarded.
   */
  examine(file: ImportFile): Promise<Examination>;
  /** Loads what was examined; from then on answers rest on it. */
  apply(id: string): Promise<ApplyOutcome>;
  /** Forgets what was examined. Does nothing when it is not kept any more. */
  discard(id: string): Promise<void>;
}

/** Stands in where texts are loaded in no other way than by hand. */
export const noImporter: Importer = {
  examine: async () => ({
    kind: 'refused',
    reason:
      'En esta instalación todavía no se pueden cargar textos por Teams. Por ahora se cambian a mano en los archivos de la carpeta knowledge/ y se revisan con «orienta knowledge check». Pídalo a quien administra Orienta.',
  }),
  apply: async () => ({ kind: 'unknown' }),
  discard: async () => {},
};
