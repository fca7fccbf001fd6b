import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { knowledgeJsonSchema } from '../src/knowledge/json-schema.ts';
import { knowledgeDir } from '../src/paths.ts';

// Run after any change to src/knowledge/unit.ts; a test fails while the file is behind.
const folder = join(knowledgeDir, 'schema');
await mkdir(folder, { recursive: true });
await writeFile(join(folder, 'knowledge.schema.json'), knowledgeJsonSchema());
