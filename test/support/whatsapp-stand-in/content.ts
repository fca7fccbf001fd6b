/** What somebody writes: words, or one of the other things that WhatsApp carries. */
export type Content =
  | string
  | {
      readonly voice: Uint8Array;
      readonly seconds?: number;
      readonly mime?: string;
      readonly download?: Download;
    }
  | { readonly image: Uint8Array; readonly caption?: string }
  | { readonly document: Uint8Array; readonly name: string; readonly caption?: string }
  | { readonly sticker: Uint8Array }
  | { readonly location: readonly [latitude: number, longitude: number]; readonly place?: string }
  | { readonly contact: string };

/** How the download of a file goes: at once, after being fetched for a while, not at all, or the file is no more. */
export type Download = 'works' | 'slow' | 'fails' | 'gone';

/** A file at the server. */
export interface StoredFile {
  readonly bytes: Uint8Array;
  readonly download: Download;
  /** How often it was asked for. */
  asked: number;
}

/** What a content comes to: a message's attributes, and the file that goes with it. */
interface Carried {
  readonly attributes: Readonly<Record<string, unknown>> & { readonly type: string };
  readonly file?: { readonly bytes: Uint8Array; readonly download: Download };
}

const file = (bytes: Uint8Array, download: Download = 'works') => ({ bytes, download });

/** @returns the attributes as WhatsApp Web names them */
export function carry(content: Content): Carried {
  if (typeof content === 'string') return { attributes: { type: 'chat', body: content } };
  if ('voice' in content) {
    const { voice, seconds, mime = 'audio/ogg; codecs=opus', download } = content;
    const duration = seconds === undefined ? {} : { duration: String(seconds) };
    return { attributes: { type: 'ptt', mimetype: mime, ...duration }, file: file(voice, download) };
  }
  if ('image' in content) {
    const { image, caption } = content;
    return { attributes: { type: 'image', mimetype: 'image/jpeg', caption }, file: file(image) };
  }
  if ('document' in content) {
    const { document, name, caption } = content;
    const attributes = { type: 'document', mimetype: 'application/pdf', filename: name, caption };
    return { attributes, file: file(document) };
  }
  if ('sticker' in content) {
    return { attributes: { type: 'sticker', mimetype: 'image/webp' }, file: file(content.sticker) };
  }
  if ('location' in content) {
    const [lat, lng] = content.location;
    return { attributes: { type: 'location', lat, lng, loc: content.place } };
  }
  const body = `BEGIN:VCARD\nVERSION:3.0\nFN:${content.contact}\nEND:VCARD`;
  return { attributes: { type: 'vcard', body, vcardFormattedName: content.contact } };
}

const SLOW_ASKS = 2;

/** What the page's download button comes to. */
export function stageOf(stored: StoredFile): 'RESOLVED' | 'FETCHING' | 'ERROR_UNKNOWN' {
  stored.asked += 1;
  if (stored.download === 'fails') return 'ERROR_UNKNOWN';
  return stored.download === 'slow' && stored.asked <= SLOW_ASKS ? 'FETCHING' : 'RESOLVED';
}
