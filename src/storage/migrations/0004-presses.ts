import type { Migration } from './migration.ts';

/**
 * What people press under an answer: whether it served, and the questions put to the legal unit. Both belong to a turn
 * and go with it. `room` is the HMAC of the conversation in which a question was put, `asked_sealed` what was put there.
 */
export const presses: Migration = {
  id: 4,
  name: 'presses',
  script: `
create table feedback (
  turn uuid primary key references turns(id) on delete cascade,
  verdict text not null,
  at timestamptz not null
);
create index feedback_at on feedback (at);

create table legal_questions (
  turn uuid primary key references turns(id) on delete cascade,
  room text not null,
  asked_sealed text,
  asked_at timestamptz not null,
  answered_at timestamptz
);
`,
};
