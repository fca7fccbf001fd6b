import { storeContract } from '../contract/store-contract.ts';
import { pgliteDatabase } from '../support/databases.ts';

storeContract('PGlite', pgliteDatabase);
