import { describe, expect, it } from 'vitest';
import type { Importer, ImportFile } from '#src/knowledge/importer.ts';

/** An importer to put to the test, and files for it. */
export interface ImporterUnderTest {
  readonly importer: Importer;
  /** Files that it examines; none where it refuses all. */
  readonly good: ImportFile | undefined;
  readonly bad: ImportFile;
}

/** What every importer holds to. */
export function importerContract(name: string, open: () => Promise<ImporterUnderTest>): void {
  describe(`${name} as an importer`, () => {
    it('refuses a file in words that can be shown', async () => {
      const { importer, bad } = await open();
      const examination = await importer.examine(bad);
      if (examination.kind !== 'refused') throw new Error('it was not refused');
      expect(examination.reason).toMatch(/^[A-ZÁÉÍÓÚ¿¡].*[.?!»]$/s);
    });

    it('knows nothing of an examination that never was', async () => {
      const { importer } = await open();
      expect(await importer.apply('nada')).toEqual({ kind: 'unknown' });
      await expect(importer.discard('nada')).resolves.toBeUndefined();
    });

    it('applies what was examined, once', async () => {
      const { importer, good } = await open();
      if (good === undefined) return;
      const id = await examined(importer, good);
      expect(await importer.apply(id)).toEqual({ kind: 'applied' });
      expect(await importer.apply(id)).toEqual({ kind: 'unknown' });
    });

    it('does not apply what was discarded', async () => {
      const { importer, good } = await open();
      if (good === undefined) return;
      const id = await examined(importer, good);
      await importer.discard(id);
      await importer.discard(id);
      expect(await importer.apply(id)).toEqual({ kind: 'unknown' });
    });

    it('keeps examinations apart', async () => {
      const { importer, good } = await open();
      if (good === undefined) return;
      const [first, second] = [await examined(importer, good), await examined(importer, good)];
      expect(first).not.toBe(second);
      await importer.discard(first);
      expect(await importer.apply(second)).toEqual({ kind: 'applied' });
    });
  });
}

async function examined(importer: Importer, file: ImportFile): Promise<string> {
  const examination = await importer.examine(file);
  if (examination.kind !== 'report') throw new Error(`it was refused: ${examination.reason}`);
  return examination.id;
}
