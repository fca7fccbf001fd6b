import { core } from './0001-core.ts';
import type { Migration } from './migration.ts';

/** Every step, in order. */
export const allMigrations: readonly Migration[] = [core];
