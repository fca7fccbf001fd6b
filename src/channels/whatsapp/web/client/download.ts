import { setTimeout as wait } from 'node:timers/promises';
import type { Client, MessageMedia } from 'whatsapp-web.js';
import { withDeadline } from './deadline.ts';
import { rawOf } from './raw.ts';

/** Between tries: media that the phone uploads again takes a moment. */
const WAITS_MS = [0, 1_500, 4_000] as const;
const TRY_MS = 8_000;
/** WhatsApp's own limit for audio. */
const MOST_BYTES = 16 * 1024 * 1024;

/** A file of a message, base64, with its MIME type. */
export interface Download {
  readonly data: string;
  readonly type: string;
}

/** @returns null when it cannot be had: gone, too long, or the page does not give it */
export async function download(
  client: Pick<Client, 'getMessageById'>,
  id: string,
  waitsMs: readonly number[] = WAITS_MS,
): Promise<Download | null> {
  for (const waitMs of waitsMs) {
    await wait(waitMs);
    const file = await withDeadline(fetchOnce(client, id), TRY_MS, () => new Error('late')).catch(
      () => undefined,
    );
    if (file === 'never') return null;
    if (file !== undefined) return { data: file.data, type: typeOf(file) };
  }
  return null;
}

async function fetchOnce(
  client: Pick<Client, 'getMessageById'>,
  id: string,
): Promise<MessageMedia | 'never' | undefined> {
  // Typed as always there, but null comes for a message that is gone.
  const message: Awaited<ReturnType<Client['getMessageById']>> | null | undefined =
    await client.getMessageById(id);
  if (message === null || message === undefined) return 'never';
  if ((rawOf(message)?.size ?? 0) > MOST_BYTES) return 'never';
  // Typed as always there too; undefined and null are how the library says that it did not get it.
  const media: MessageMedia | null | undefined = await message.downloadMedia();
  return media === null || media?.data === '' ? undefined : media;
}

/** The type that the first bytes tell; phones name types wrongly. */
function typeOf({ data, mimetype }: MessageMedia): string {
  const start = Buffer.from(data.slice(0, 24), 'base64').toString('latin1');
  if (start.startsWith('OggS')) return 'audio/ogg; codecs=opus';
  if (start.slice(4, 8) === 'ftyp') return 'audio/mp4';
  if (start.startsWith('ID3')) return 'audio/mpeg';
  return mimetype;
}
