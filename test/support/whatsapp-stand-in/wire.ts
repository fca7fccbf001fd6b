/** The id of a message as it travels between the page and the world. */
export interface WireKey {
  readonly fromMe: boolean;
  readonly remote: string;
  readonly id: string;
  readonly participant?: string;
}

/** A message as it travels; the names are those of WhatsApp Web's own models. */
export interface WireMessage {
  readonly id: WireKey;
  readonly type: string;
  /** Seconds since 1970. */
  readonly t: number;
  readonly from: string;
  readonly to: string;
  readonly author?: string;
  readonly body?: string;
  readonly caption?: string;
  readonly ack?: number;
  readonly directPath?: string;
  readonly duration?: string;
  readonly quotedMsg?: { readonly type: string; readonly body?: string };
  readonly quotedStanzaID?: string;
  readonly quotedParticipant?: string;
  /** Only on what arrives while the page is open. */
  readonly isNewMsg?: boolean;
  readonly [attribute: string]: unknown;
}

/** What the page asks of the world. */
export interface PageRequest {
  readonly type: string;
  readonly [fact: string]: unknown;
}

/** What the world tells the page. */
export interface PageEvent {
  readonly type: string;
  readonly [fact: string]: unknown;
}

/** `false_50255550101@c.us_3A…`, as the library writes it. */
export function serialized({ fromMe, remote, id, participant }: WireKey): string {
  return [String(fromMe), remote, id, participant].filter((part) => part !== undefined).join('_');
}
