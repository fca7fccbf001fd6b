import { storeContract } from '../contract/store-contract.ts';
import { gatheringContract } from '../contract/store-gathering-contract.ts';
import { outgoingContract } from '../contract/store-outgoing-contract.ts';
import { pressesContract } from '../contract/store-presses-contract.ts';
import { pgliteDatabase } from '../support/databases.ts';

storeContract('PGlite', pgliteDatabase);
gatheringContract('PGlite', pgliteDatabase);
outgoingContract('PGlite', pgliteDatabase);
pressesContract('PGlite', pgliteDatabase);
