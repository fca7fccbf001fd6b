/** A message that the account has sent, as the person's phone shows it. */
export interface Sent {
  readonly id: string;
  readonly chat: string;
  /** `chat` for words, `ptt` for a voice note. */
  readonly type: string;
  readonly text: string;
  readonly file: Uint8Array | undefined;
  /** 1 the server has it, 2 the phone, 3 it was read. */
  ack: number;
  readonly at: Date;
  readonly linkPreview: boolean;
}

/** A message that somebody has written, as their own phone shows it. */
export interface Written {
  readonly id: string;
  readonly chat: string;
  readonly type: string;
  text: string;
  readonly file: Uint8Array | undefined;
  readonly at: Date;
}

/** When an account is synced: before the library listens for it, once it does, or never. */
export type Sync = 'before' | 'after' | 'never';

/** How the page and the account are joined. */
export type Line = 'away' | 'linking' | 'open' | 'dropped';

/** The account behind the page. */
export const ACCOUNT = { phone: '50255550000@c.us', lid: '80000000000@lid', name: 'Orienta' } as const;
