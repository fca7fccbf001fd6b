import { readFile } from 'node:fs/promises';
import { join, posix } from 'node:path';
import { expect, test } from 'vitest';
import { knowledgeJsonSchema } from '#src/knowledge/json-schema.ts';
import { readKnowledgeSources } from '#src/knowledge/knowledge-source.ts';
import { knowledgeDir } from '#src/paths.ts';

test('the JSON Schema beside the knowledge is the one the code would write now', async () => {
  const written = await readFile(join(knowledgeDir, 'schema', 'knowledge.schema.json'), 'utf8');
  expect(written, 'run scripts/build-knowledge-schema.ts').toBe(knowledgeJsonSchema());
});

test('every knowledge file names the schema on its first line, so that editors help', async () => {
  const sources = await readKnowledgeSources(knowledgeDir);
  expect(sources.length).toBeGreaterThan(0);
  for (const { path, text } of sources) {
    const schema = posix.join(
      posix.relative(posix.dirname(path), '.') || '.',
      'schema/knowledge.schema.json',
    );
    expect(text.split('\n', 1)[0], path).toBe(`# yaml-language-server: $schema=${schema}`);
  }
});
