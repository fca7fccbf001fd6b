import { core } from './0001-core.ts';
import { writeBack } from './0002-write-back.ts';
import { gathering } from './0003-gathering.ts';
import { presses } from './0004-presses.ts';
import type { Migration } from './migration.ts';

/** Every step, in order. */
export const allMigrations: readonly Migration[] = [core, writeBack, gathering, presses];
