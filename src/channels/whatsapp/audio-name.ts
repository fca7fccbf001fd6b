/** How an audio file is named to a service that goes by names and types. */
export interface AudioName {
  readonly file: string;
  /** MIME type without parameters. */
  readonly type: string;
}

const OGG = { extension: 'ogg', type: 'audio/ogg' } as const;
const MP3 = { extension: 'mp3', type: 'audio/mpeg' } as const;
const MP4 = { extension: 'm4a', type: 'audio/mp4' } as const;
const WAV = { extension: 'wav', type: 'audio/wav' } as const;
const WEBM = { extension: 'webm', type: 'audio/webm' } as const;
type Format = typeof OGG | typeof MP3 | typeof MP4 | typeof WAV | typeof WEBM;

/** Formats by their first bytes, in Latin 1: phones name types wrongly. */
const BY_START: readonly (readonly [RegExp, Format])[] = [
  [/^OggS/, OGG],
  [/^ID3|^\xff[\xe2-\xfb]/, MP3],
  [/^.{4}ftyp/s, MP4],
  [/^RIFF.{4}WAVE/s, WAV],
  [/^.E\xdf\xa3/s, WEBM],
];
const BY_TYPE: Readonly<Record<string, Format>> = {
  'audio/ogg': OGG,
  'audio/opus': OGG,
  'audio/mpeg': MP3,
  'audio/mp3': MP3,
  'audio/mp4': MP4,
  'audio/aac': MP4,
  'audio/x-m4a': MP4,
  'audio/wav': WAV,
  'audio/webm': WEBM,
};
const LONGEST_START = 12;

/** Named by what the bytes are, else by the type that was told, else as WhatsApp records: Ogg. */
export function audioName(bytes: Uint8Array, type: string): AudioName {
  const start = Buffer.from(bytes.subarray(0, LONGEST_START)).toString('latin1');
  const told = type.split(';')[0]?.trim().toLowerCase() ?? '';
  const format = BY_START.find(([pattern]) => pattern.test(start))?.[1] ?? BY_TYPE[told] ?? OGG;
  return { file: `voz.${format.extension}`, type: format.type };
}
