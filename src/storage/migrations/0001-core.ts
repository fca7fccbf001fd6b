import type { Migration } from './migration.ts';

/*
 * Columns named *_sealed hold AES-256-GCM envelopes; *_lookup hold HMACs. Platform ids are looked up by HMAC too:
 * WhatsApp writes the phone number into the ids of its messages.
 */
export const core: Migration = {
  id: 1,
  name: 'core',
  script: `
create table secrets (
  name text primary key,
  value_sealed text not null
);

create table people (
  id uuid primary key,
  created_at timestamptz not null
);
create table people_merged (
  old uuid primary key,
  person uuid not null references people(id) on delete cascade,
  merged_at timestamptz not null
);
create index people_merged_person on people_merged (person);
create table aliases (
  lookup text primary key,
  kind text not null,
  value_sealed text not null,
  person uuid not null references people(id),
  added_at timestamptz not null
);
create index aliases_person on aliases (person);

create table conversations (
  id uuid primary key,
  lookup text not null unique,
  channel text not null,
  address_sealed text not null,
  person uuid not null references people(id),
  farewell boolean not null default false,
  created_at timestamptz not null
);
create index conversations_person on conversations (person);

create table inbox (
  id uuid primary key,
  seq bigint generated always as identity,
  lookup text not null unique,
  conversation uuid not null references conversations(id),
  person uuid not null,
  audience text not null,
  text_sealed text,
  platform_id_sealed text,
  as_of text,
  state text not null,
  sensitive boolean not null default false,
  claims int not null default 0,
  failures int not null default 0,
  due_at timestamptz not null,
  lease uuid,
  leased_until timestamptz,
  received_at timestamptz not null,
  closed_at timestamptz,
  turn uuid
);
create index inbox_open on inbox (conversation, seq) where state = 'open';
create index inbox_due on inbox (seq) where state = 'open';
create index inbox_received on inbox (received_at);
create index inbox_person on inbox (person);

create table turns (
  id uuid primary key,
  conversation uuid not null references conversations(id),
  person uuid not null,
  kind text not null,
  context_sealed text,
  sensitive boolean not null,
  at timestamptz not null
);
create index turns_conversation on turns (conversation, at desc);
create index turns_at on turns (at);
create index turns_person on turns (person);

create table outbox (
  id uuid primary key,
  seq bigint generated always as identity,
  conversation uuid not null references conversations(id),
  person uuid not null,
  message uuid,
  kind text not null,
  once_key text unique,
  payload_sealed text,
  platform_ids_sealed text,
  state text not null,
  sensitive boolean not null default false,
  failures int not null default 0,
  due_at timestamptz not null,
  lease uuid,
  leased_until timestamptz,
  created_at timestamptz not null,
  closed_at timestamptz,
  last_error text
);
create index outbox_open on outbox (conversation, seq) where state = 'open';
create index outbox_due on outbox (seq) where state = 'open';
create index outbox_message on outbox (message);
create index outbox_created on outbox (created_at);
create index outbox_person on outbox (person);

create table leases (
  name text primary key,
  owner text not null,
  token bigint not null,
  held_until timestamptz not null
);

create table schedule (
  key text primary key,
  kind text not null,
  ref text not null,
  due_at timestamptz not null,
  lease uuid,
  leased_until timestamptz
);
create index schedule_due on schedule (due_at);

create table erasures (
  id uuid primary key,
  kind text not null,
  ref text not null,
  erased_at timestamptz not null
);
create index erasures_ref on erasures (kind, ref);
`,
};
