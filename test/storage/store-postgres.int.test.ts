import { describe, test } from 'vitest';
import { storeContract } from '../contract/store-contract.ts';
import { findServer, serverDatabase } from '../support/databases.ts';

const server = await findServer();

if ('url' in server) {
  storeContract('PostgreSQL', () => serverDatabase(server.url));
} else {
  const reason = `left out: no PostgreSQL server answers (${server.missing}); set TEST_DATABASE_URL`;
  process.stderr.write(`store contract on PostgreSQL ${reason}\n`);
  describe(`store contract on PostgreSQL ${reason}`, () => test('is left out', () => {}));
}
