import type { Migration } from './migration.ts';

/**
 * What a message is and quotes, and which turn it is gathered into: `burst` is the id of the turn's first message, null
 * where nothing is gathered, and `due_by` the moment beyond which no later fragment puts the turn off. Which replies
 * overtake others. Who wants no nudges. Occasions are kept as HMACs from here on; those that were kept in clear go.
 */
export const gathering: Migration = {
  id: 3,
  name: 'gathering',
  script: `
alter table inbox
  add column form text not null default 'text',
  add column quoted_sealed text,
  add column burst uuid,
  add column due_by timestamptz;

alter table outbox add column urgent boolean not null default false;
drop index outbox_due;
create index outbox_due on outbox (urgent desc, seq) where state = 'open';

alter table people add column stopped_at timestamptz;

update outbox set once_key = null where once_key is not null;
`,
};
