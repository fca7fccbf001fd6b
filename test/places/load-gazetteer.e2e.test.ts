import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { packageRoot } from '#src/paths.ts';

const program = `
  import('./dist/src/places/places.js').then(async ({ createPlaces }) => {
    const places = createPlaces();
    const found = await Promise.all([places.locate(14.679, -92.145), places.locate(0, 0)]);
    console.log(JSON.stringify(found.map((place) => place?.name ?? null)));
  });
`;

it('the compiled program reads the gazetteer on a thread that ends, so that the process can end too', async () => {
  const { stdout } = await promisify(execFile)(process.execPath, ['-e', program], {
    cwd: packageRoot,
    timeout: 15_000,
  });
  expect(JSON.parse(stdout)).toEqual(['Tecún Umán', null]);
});
