import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { LatentSemanticModel } from './latent-semantic-model.ts';
import type { VectorTable } from './vector-index.ts';

const vocabularySchema = z.strictObject({
  dimension: z.int().positive(),
  wordShare: z.number(),
  features: z.array(z.string()),
});

/** Writes numbers as they lie in memory; the checksum beside them tells when another machine's order differs. */
async function writeNumbers(file: string, numbers: Float32Array): Promise<void> {
  await writeFile(file, new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength));
}

async function readNumbers(file: string): Promise<Float32Array> {
  const bytes = await readFile(file);
  // A copy starts at an address that a Float32Array can begin at.
  return new Float32Array(Uint8Array.from(bytes).buffer);
}

/** Saves a fitted model in a folder. */
export async function writeModel(folder: string, model: LatentSemanticModel): Promise<void> {
  const { dimension, wordShare, features, idf, projection } = model;
  await writeFile(join(folder, 'vocabulary.json'), JSON.stringify({ dimension, wordShare, features }));
  await writeNumbers(join(folder, 'idf.f32'), idf);
  await writeNumbers(join(folder, 'projection.f32'), projection);
}

/** Reads what {@link writeModel} saved. */
export async function readModel(folder: string): Promise<LatentSemanticModel> {
  const text = await readFile(join(folder, 'vocabulary.json'), 'utf8');
  const vocabulary = vocabularySchema.parse(JSON.parse(text));
  const [idf, projection] = await Promise.all([
    readNumbers(join(folder, 'idf.f32')),
    readNumbers(join(folder, 'projection.f32')),
  ]);
  return { ...vocabulary, idf, projection };
}

/** Saves a table of vectors. */
export async function writeVectors(file: string, table: VectorTable): Promise<void> {
  await writeNumbers(file, table.data);
}

/** Reads what {@link writeVectors} saved. */
export async function readVectors(file: string, dimension: number): Promise<VectorTable> {
  const data = await readNumbers(file);
  return { dimension, data, count: data.length / dimension };
}
