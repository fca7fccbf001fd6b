import { createRequire } from 'node:module';
import { AppManifestUtils } from '@microsoft/app-manifest';
import { z } from 'zod';
import { AppError } from '../../../errors.ts';

type Schema = NonNullable<Parameters<typeof AppManifestUtils.validateAgainstSchema>[1]>;
type Checked = Parameters<typeof AppManifestUtils.validateAgainstSchema>[0];

const require = createRequire(import.meta.url);
const ADDRESS = /^https:\/\/developer\.microsoft\.com\/(json-schemas\/teams\/v[\d.]+\/[\w.]+\.json)$/;
// What is checked is any JSON object; the types of the package know only manifests.
const checkedSchema = z.custom<Checked>((value) => typeof value === 'object' && value !== null);

/**
 * Checks a manifest, or the file of one of its languages, against the schema that it names, as the package
 * `@microsoft/app-manifest` holds it. Nothing is fetched.
 * @returns what is wrong, one line each; empty when nothing is
 * @throws {AppError} `CONFIG_INVALID` when the package does not hold that schema
 */
export async function manifestFaults(file: object): Promise<readonly string[]> {
  const schema = await heldSchema('$schema' in file ? String(file.$schema) : '');
  return AppManifestUtils.validateAgainstSchema(checkedSchema.parse(file), schema);
}

async function heldSchema(address: string): Promise<Schema> {
  const [, path] = ADDRESS.exec(address) ?? [];
  try {
    // What the package lacks it would fetch.
    if (path === undefined) throw new Error('not an address of a schema');
    require.resolve(`@microsoft/app-manifest/build/${path}`);
  } catch (cause) {
    throw new AppError('CONFIG_INVALID', `The schema "${address}" is not at hand.`, { cause });
  }
  return withReadablePatterns(await AppManifestUtils.fetchSchema(address));
}

/**
 * Some names of texts are patterns that the validator cannot read (a `]` on its own). No app of ours has such texts;
 * without their pattern they count as unknown names.
 */
function withReadablePatterns(schema: Schema): Schema {
  for (const pattern of Object.keys(schema.patternProperties ?? {})) {
    if (!isReadable(pattern)) delete schema.patternProperties[pattern];
  }
  return schema;
}

function isReadable(pattern: string): boolean {
  try {
    return new RegExp(pattern, 'u') instanceof RegExp;
  } catch {
    return false;
  }
}
