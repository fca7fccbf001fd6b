import { randomUUID } from 'node:crypto';
import type { Importer, ImportFile, ImportReport } from '#src/knowledge/importer.ts';

/** An importer that finds what it is told to find. */
export interface FakeImporter extends Importer {
  /** Files that were examined, refused ones included. */
  readonly files: readonly ImportFile[];
  /** Ids in the order in which they were applied, repeats included. */
  readonly applied: readonly string[];
  /** Examinations that wait. */
  readonly waiting: ReadonlySet<string>;
  /** The next call of one kind waits until the promise resolves, or fails with it. */
  holdNext(call: 'examine' | 'apply', until: Promise<unknown>): void;
}

export const REPORT: ImportReport = {
  title: 'Código de Migración',
  found: 240,
  gaps: ['17', '18'],
  duplicates: [],
  differences: [
    { kind: 'changed', label: 'Artículo 46' },
    { kind: 'new', label: 'Artículo 241' },
  ],
};

/** @param options.refuse the words with which it refuses every file; an empty one it always refuses */
export function createFakeImporter(
  options: { readonly refuse?: string; readonly report?: ImportReport } = {},
): FakeImporter {
  const files: ImportFile[] = [];
  const applied: string[] = [];
  const waiting = new Set<string>();
  const holds = new Map<string, Promise<unknown>>();
  const pass = async (call: string): Promise<void> => {
    const hold = holds.get(call);
    holds.delete(call);
    await hold;
  };
  return {
    files,
    applied,
    waiting,
    holdNext: (call, until) => {
      until.catch(() => undefined);
      holds.set(call, until);
    },
    examine: async (file) => {
      files.push(file);
      await pass('examine');
      const reason = file.bytes.length === 0 ? 'El archivo está vacío.' : options.refuse;
      if (reason !== undefined) return { kind: 'refused', reason };
      const id = randomUUID();
      waiting.add(id);
      return { kind: 'report', id, report: options.report ?? REPORT };
    },
    apply: async (id) => {
      applied.push(id);
      await pass('apply');
      return waiting.delete(id) ? { kind: 'applied' } : { kind: 'unknown' };
    },
    discard: async (id) => {
      waiting.delete(id);
    },
  };
}
