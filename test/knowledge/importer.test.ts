import { type ImportFile, noImporter } from '#src/knowledge/importer.ts';
import { importerContract } from '../contract/importer-contract.ts';
import { createFakeImporter } from '../support/fake-importer.ts';

const GOOD: ImportFile = { name: 'codigo.pdf', format: 'pdf', bytes: new Uint8Array([1]), note: '' };
const BAD: ImportFile = { ...GOOD, bytes: new Uint8Array() };

importerContract('no importer', async () => ({ importer: noImporter, good: undefined, bad: BAD }));
importerContract('the fake', async () => ({ importer: createFakeImporter(), good: GOOD, bad: BAD }));
