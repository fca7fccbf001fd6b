import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { configSchema } from '#src/config.ts';
import { packageRoot } from '#src/paths.ts';

const text = readFileSync(join(packageRoot, '.env.example'), 'utf8');
const entries = [...text.matchAll(/^# (.+)\n#?\s?([A-Za-z_]+)=/gm)].map(([, comment, name]) => ({
  name,
  comment,
}));

describe('.env.example', () => {
  it('lists every variable of the configuration, in its order, and no other', () => {
    expect(entries.map(({ name }) => name)).toEqual(Object.keys(configSchema.shape));
  });

  it('says of each variable what the configuration says', () => {
    const described = Object.entries(configSchema.shape).map(([name, field]) => ({
      name,
      comment: field.description,
    }));
    expect(entries).toEqual(described);
  });
});
