/** A file made for one person. */
export interface OfferedFile {
  /** With its ending: "orienta-minex-2026-11-22.xlsx". */
  readonly name: string;
  /** Media type. */
  readonly type: string;
  readonly content: Uint8Array;
}

/** Puts a file where its address leads for a short while. Whoever has the address can fetch it: nobody can guess it. */
export type OfferFile = (file: OfferedFile) => { readonly url: string; readonly minutes: number };

/** Files that wait to be fetched, in memory only. */
export interface FileShelf {
  readonly offer: OfferFile;
  /** The file of an address' last part; undefined when there is none, or its time has passed. */
  take(token: string): OfferedFile | undefined;
}

/** What a shelf is made from. */
export interface FileShelfOptions {
  /** Address under which people reach the gateway, without a slash at the end. */
  readonly baseUrl: () => string;
  readonly now: () => Date;
  /** At least 256 bits that nobody can guess, safe in an address. */
  readonly newToken: () => string;
  readonly minutes?: number;
  /** How many files wait at most; the oldest go first. */
  readonly most?: number;
}

const MINUTES = 30;
const MOST_FILES = 200;

/** The path under which the gateway hands files out, without the token. */
export const FILES_PATH = '/descargas';

/** @returns an empty shelf */
export function createFileShelf(options: FileShelfOptions): FileShelf {
  const { baseUrl, now, newToken, minutes = MINUTES, most = MOST_FILES } = options;
  /** In the order of offering, which is that of their ends. */
  const waiting = new Map<string, { readonly file: OfferedFile; readonly untilMs: number }>();
  const isOver = (untilMs: number): boolean => now().getTime() >= untilMs;
  const sweep = (): void => {
    for (const [token, { untilMs }] of waiting) {
      if (!isOver(untilMs) && waiting.size < most) return;
      waiting.delete(token);
    }
  };
  return {
    offer: (file) => {
      sweep();
      const token = newToken();
      waiting.set(token, { file, untilMs: now().getTime() + minutes * 60_000 });
      return { url: `${baseUrl()}${FILES_PATH}/${token}`, minutes };
    },
    take: (token) => {
      const found = waiting.get(token);
      if (found === undefined || isOver(found.untilMs)) return undefined;
      return found.file;
    },
  };
}
