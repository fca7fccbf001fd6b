import type { Generated } from 'kysely';

/*
 * The tables as kysely sees them; migrations/ is where they are made. Columns ending in `_sealed` hold envelopes
 * (cipher.ts), `lookup` columns hold HMACs; nothing else in a row names a person or quotes one.
 */

interface LeasedColumns {
  due_at: Date;
  lease: string | null;
  leased_until: Date | null;
}

interface InboxTable extends LeasedColumns {
  id: string;
  seq: Generated<number>;
  lookup: string;
  conversation: string;
  person: string;
  audience: string;
  form: Generated<string>;
  text_sealed: string | null;
  quoted_sealed: string | null;
  platform_id_sealed: string | null;
  as_of: string | null;
  /** Id of the first message of the turn it is gathered into. */
  burst: string | null;
  /** No later fragment puts the turn off beyond this. */
  due_by: Date | null;
  /** open → done | dead | deleted */
  state: string;
  sensitive: Generated<boolean>;
  claims: Generated<number>;
  failures: Generated<number>;
  received_at: Date;
  closed_at: Date | null;
  turn: string | null;
}

interface OutboxTable extends LeasedColumns {
  id: string;
  seq: Generated<number>;
  conversation: string;
  person: string;
  /** The inbox message it answers. */
  message: string | null;
  kind: string;
  /** An HMAC. */
  once_key: string | null;
  payload_sealed: string | null;
  platform_ids_sealed: string | null;
  /** open → done | dead */
  state: string;
  sensitive: Generated<boolean>;
  /** It overtakes what waits. */
  urgent: Generated<boolean>;
  failures: Generated<number>;
  created_at: Date;
  closed_at: Date | null;
  last_error: string | null;
}

/** Every table. */
export interface Schema {
  secrets: { name: string; value_sealed: string };
  people: {
    id: string;
    created_at: Date;
    /** Since when the person wants no nudges. */
    stopped_at: Date | null;
  };
  people_merged: { old: string; person: string; merged_at: Date };
  aliases: { lookup: string; kind: string; value_sealed: string; person: string; added_at: Date };
  conversations: {
    id: string;
    lookup: string;
    channel: string;
    address_sealed: string;
    person: string;
    /** Left over from an erased person only to deliver the last reply; no new message finds it. */
    farewell: Generated<boolean>;
    created_at: Date;
  };
  inbox: InboxTable;
  turns: {
    id: string;
    conversation: string;
    person: string;
    kind: string;
    context_sealed: string | null;
    sensitive: boolean;
    at: Date;
  };
  outbox: OutboxTable;
  feedback: { turn: string; verdict: string; at: Date };
  legal_questions: {
    turn: string;
    /** An HMAC. */
    room: string;
    asked_sealed: string | null;
    asked_at: Date;
    answered_at: Date | null;
  };
  write_back: { lookup: string; reference_sealed: string; kept_at: Date; erase_at: Date | null };
  leases: { name: string; owner: string; token: number; held_until: Date };
  schedule: LeasedColumns & { key: string; kind: string; ref: string };
  erasures: { id: string; kind: string; ref: string; erased_at: Date };
  migrations: { id: number; name: string; checksum: string; applied_at: Date };
}
