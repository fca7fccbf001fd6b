/** The id of a person, a group or a list: `user@server`. */
export class Wid {
  constructor(text) {
    const at = text.lastIndexOf('@');
    if (at < 1) throw new Error(`wid error: invalid wid ${text}`);
    this.server = text.slice(at + 1);
    this.user = text.slice(0, at);
    this._serialized = text;
  }
  isLid() {
    return this.server === 'lid';
  }
  isUser() {
    return this.server === 'c.us' || this.server === 'lid';
  }
  isGroup() {
    return this.server === 'g.us';
  }
  isNewsletter() {
    return this.server === 'newsletter';
  }
  isBroadcast() {
    return this.server === 'broadcast';
  }
  isStatus() {
    return this._serialized === 'status@broadcast';
  }
  equals(other) {
    return this._serialized === other?._serialized;
  }
  toJid() {
    return this._serialized;
  }
  toString() {
    return this._serialized;
  }
}

/** Takes text and whatever looks like an id; the page's functions hand ids to and fro as JSON. */
export function createWid(like) {
  if (like instanceof Wid) return like;
  return new Wid(typeof like === 'object' && like !== null ? like._serialized : String(like));
}

/** The id of a message: who to, which way, and a random part. */
export class MsgKey {
  constructor({ from, to, id, participant, selfDir, fromMe, remote }) {
    this.fromMe = fromMe ?? selfDir === 'out';
    this.remote = createWid(remote ?? (this.fromMe ? to : from));
    this.id = id;
    if (participant !== undefined) this.participant = createWid(participant);
    const parts = [this.fromMe, this.remote._serialized, this.id, this.participant?._serialized];
    this._serialized = parts.filter((part) => part !== undefined).join('_');
  }
  toString() {
    return this._serialized;
  }
  static async newId() {
    const bytes = crypto.getRandomValues(new Uint8Array(9));
    return `3EB0${Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0'))
      .join('')
      .toUpperCase()}`;
  }
}
