import type { Migration } from './migration.ts';

/** What a channel needs to write into a conversation later (Teams' conversation reference), sealed. */
export const writeBack: Migration = {
  id: 2,
  name: 'write-back',
  script: `
create table write_back (
  lookup text primary key,
  reference_sealed text not null,
  kept_at timestamptz not null,
  erase_at timestamptz
);
`,
};
