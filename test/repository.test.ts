import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { packageRoot } from '#src/paths.ts';

const read = (name: string): string => readFileSync(join(packageRoot, name), 'utf8');

describe('the README', () => {
  it('has nothing left to fill in', () => {
    expect(read('README.md').match(/@@.*|TODO|TBD/g) ?? []).toEqual([]);
  });
});

describe('the lockfile', () => {
  const { packages } = z
    .object({
      packages: z.record(
        z.string(),
        z.object({ optionalDependencies: z.record(z.string(), z.string()).optional() }),
      ),
    })
    .parse(JSON.parse(read('package-lock.json')));

  it('holds every optional dependency, of whatever platform: npm ci refuses or leaves out what it lacks', () => {
    const held = new Set(Object.keys(packages).map((path) => path.split('node_modules/').at(-1)));
    const wanted = Object.values(packages).flatMap((entry) => Object.keys(entry.optionalDependencies ?? {}));
    expect(wanted.length).toBeGreaterThan(0);
    expect(wanted.filter((name) => !held.has(name))).toEqual([]);
  });

  it('names no registry', () => {
    expect(read('package-lock.json')).not.toContain('"resolved"');
  });
});
