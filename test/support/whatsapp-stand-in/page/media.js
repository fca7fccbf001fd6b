import { ask } from './connection.js';
import { Emitter } from './observable.js';

/** Bytes that the page hands about without looking at them. */
export class OpaqueData {
  #url;
  constructor(blob, type) {
    this.blob = blob;
    this.type = type;
  }
  static async createFromData(blob, type) {
    return new OpaqueData(blob, type);
  }
  url() {
    this.#url ??= URL.createObjectURL(this.blob);
    return this.#url;
  }
  autorelease() {
    URL.revokeObjectURL(this.#url);
  }
  formData() {
    return this.blob;
  }
}

const mediaObjects = new Map();
/** What was prepared for sending, by its hash. */
const prepared = new Map();

export function getOrCreateMediaObject(filehash) {
  const known = mediaObjects.get(filehash) ?? {
    filehash,
    contentInfo: {},
    consolidate(facts) {
      Object.assign(this, facts);
    },
  };
  mediaObjects.set(filehash, known);
  return known;
}

class MediaData extends Emitter {
  constructor(facts) {
    super();
    Object.assign(this, facts);
  }
  set(facts) {
    Object.assign(this, facts);
  }
  toJSON() {
    const { mediaBlob: _, ...facts } = this;
    return facts;
  }
}

export function prepRawMedia(opaque, { isPtt, asDocument, asSticker }) {
  return {
    waitForPrep: async () => {
      const bytes = await opaque.blob.arrayBuffer();
      const plain = opaque.type.split('/')[0];
      const filehash = await hashOf(bytes);
      prepared.set(filehash, bytes);
      return new MediaData({
        type: isPtt ? 'ptt' : asSticker ? 'sticker' : asDocument ? 'document' : plain,
        mimetype: opaque.type,
        mediaBlob: opaque,
        filehash,
        size: bytes.byteLength,
        isGif: false,
        duration: await secondsOf(bytes),
      });
    },
  };
}

async function hashOf(bytes) {
  return toBase64(await crypto.subtle.digest('SHA-256', bytes));
}

/** As the real page, it knows the length only of what the browser can play. */
async function secondsOf(bytes) {
  try {
    const audio = await new OfflineAudioContext(1, 1, 48_000).decodeAudioData(bytes.slice(0));
    return String(Math.round(audio.duration));
  } catch {
    return undefined;
  }
}

function toBase64(bytes) {
  return btoa(Array.from(new Uint8Array(bytes), (byte) => String.fromCharCode(byte)).join(''));
}

function fromBase64(text) {
  return Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0)).buffer;
}

export async function uploadMedia({ mediaObject }) {
  const data = toBase64(prepared.get(mediaObject.filehash));
  const { directPath } = await ask('upload', { data });
  return {
    mediaEntry: {
      mmsUrl: `https://mmg.whatsapp.net${directPath}`,
      deprecatedMms3Url: `https://mmg.whatsapp.net${directPath}`,
      directPath,
      mediaKey: 'AAAA',
      mediaKeyTimestamp: Math.floor(Date.now() / 1000),
      encFilehash: mediaObject.filehash,
      uploadHash: mediaObject.filehash,
    },
  };
}

/** What the download button of a message does. */
export async function resolveMedia(msg) {
  const { stage } = await ask('media-stage', { directPath: msg.directPath });
  msg.mediaData.mediaStage = stage;
}

export async function downloadAndMaybeDecrypt({ directPath }) {
  const { data } = await ask('download', { directPath });
  if (data === undefined) throw Object.assign(new Error('media not found'), { status: 404 });
  return fromBase64(data);
}
