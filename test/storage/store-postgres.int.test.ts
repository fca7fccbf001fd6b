import { describe, test } from 'vitest';
import { storeContract } from '../contract/store-contract.ts';
import { gatheringContract } from '../contract/store-gathering-contract.ts';
import { outgoingContract } from '../contract/store-outgoing-contract.ts';
import { pressesContract } from '../contract/store-presses-contract.ts';
import { findServer, serverDatabase } from '../support/databases.ts';

const server = await findServer();

if ('url' in server) {
  const make = () => serverDatabase(server.url);
  storeContract('PostgreSQL', make);
  gatheringContract('PostgreSQL', make);
  outgoingContract('PostgreSQL', make);
  pressesContract('PostgreSQL', make);
} else {
  const reason = `left out: no PostgreSQL server answers (${server.missing}); set TEST_DATABASE_URL`;
  process.stderr.write(`store contract on PostgreSQL ${reason}\n`);
  describe(`store contract on PostgreSQL ${reason}`, () => test('is left out', () => {}));
}
