import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';

/**
 * Up to when everything that came in is kept, so that what came while nobody listened is looked for from there. It
 * never moves past a message that is not kept, nor while it is unknown what was missed.
 */
export interface Watermark {
  /** Milliseconds since 1970; undefined before the first link. */
  readonly at: number | undefined;
  /** The phone was linked: what came before is nobody's question to Orienta. Nothing happens when it was linked before. */
  begin(): void;
  /** A message came in. @returns to be called once it is kept */
  pending(sentAt: number): () => void;
  /** There may be messages that were not heard; until `caughtUp` it stays. */
  missing(): void;
  caughtUp(): void;
  /** Writes it down. @throws {Error} Node's own */
  save(): void;
}

const fileSchema = z.object({ keptUntil: z.number() });

export function openWatermark(path: string, now: () => Date): Watermark {
  let kept = readFile(path);
  let newest = kept ?? 0;
  let isMissing = true;
  let saved = kept;
  const waiting = new Map<symbol, number>();
  const move = (): void => {
    if (isMissing || kept === undefined) return;
    const oldest = Math.min(...waiting.values());
    kept = Math.max(kept, Math.min(newest, oldest - 1));
  };
  return {
    get at() {
      return kept;
    },
    begin: () => {
      kept ??= now().getTime();
      newest = Math.max(newest, kept);
    },
    pending: (sentAt) => {
      const token = Symbol();
      waiting.set(token, sentAt);
      return () => {
        if (!waiting.delete(token)) return;
        // A phone's clock may be ahead; nothing is kept of the future.
        newest = Math.max(newest, Math.min(sentAt, now().getTime()));
        move();
      };
    },
    missing: () => {
      isMissing = true;
    },
    caughtUp: () => {
      isMissing = false;
      move();
    },
    save: () => {
      if (kept === undefined || kept === saved) return;
      mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
      writeFileSync(`${path}.new`, `${JSON.stringify({ keptUntil: kept })}\n`, { mode: 0o600 });
      renameSync(`${path}.new`, path);
      saved = kept;
    },
  };
}

/** What cannot be read is as good as none: the sweep is then as long as it may be. */
function readFile(path: string): number | undefined {
  try {
    return fileSchema.parse(JSON.parse(readFileSync(path, 'utf8'))).keptUntil;
  } catch (error) {
    const isAbsent = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    return isAbsent ? undefined : 0;
  }
}
