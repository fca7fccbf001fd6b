import { setTimeout as sleep } from 'node:timers/promises';
import { errorCode } from '../../errors.ts';
import type { Logger } from '../../log.ts';
import { readableText } from './incoming-text.ts';
import type { Audio, MessageBody } from './message.ts';
import { oggSeconds } from './ogg-seconds.ts';

/** Turns a voice note into text; undefined when it could not be understood. */
export type Transcribe = (audio: Audio) => Promise<string | undefined>;

/** What voice notes are read with. */
export interface HearParts {
  /** Undefined where no service does it: then nothing is downloaded. */
  readonly transcribe?: Transcribe | undefined;
  readonly now: () => Date;
  readonly log: Logger;
  /** Before each further attempt to download. */
  readonly waitsMs?: readonly number[];
}

export type Voice = Extract<MessageBody, { readonly kind: 'voice' }>;

/** What was said in a voice note; empty when it could not be had or understood. The audio is kept nowhere. */
export type Hear = (voice: Voice) => Promise<string>;

const LONGEST_SECONDS = 120;
/** Two minutes of a voice note are half a megabyte; forwarded music is larger. */
const MOST_BYTES = 5 * 1024 * 1024;
const WAITS_MS: readonly number[] = [1_000, 3_000];
/** A door that took longer over one attempt has made further ones itself. */
const TRY_AGAIN_MS = 15_000;

/** @returns a hearer that never throws */
export function createHear(parts: HearParts): Hear {
  const { transcribe, log } = parts;
  if (transcribe === undefined) return async () => '';
  const unheard = (why: string): string => {
    log.info({ why }, 'voice note not read');
    return '';
  };
  return async (voice) => {
    if ((voice.seconds ?? 0) > LONGEST_SECONDS) return unheard('too long');
    const audio = await download(voice, parts);
    if (audio === undefined) return unheard('not downloaded');
    if (audio.bytes.byteLength > MOST_BYTES) return unheard('too large');
    if ((oggSeconds(audio.bytes) ?? 0) > LONGEST_SECONDS) return unheard('too long');
    try {
      return readableText((await transcribe(audio)) ?? '');
    } catch (error) {
      return unheard(errorCode(error));
    }
  };
}

async function download(
  { download: fetchOnce }: Voice,
  { now, waitsMs = WAITS_MS }: HearParts,
): Promise<Audio | undefined> {
  const begun = now().getTime();
  for (const waitMs of [0, ...waitsMs]) {
    if (now().getTime() - begun > TRY_AGAIN_MS) return undefined;
    if (waitMs > 0) await sleep(waitMs);
    // whatsapp-web.js says by undefined, and by null, that WhatsApp did not give it.
    const audio: Audio | null | undefined = await fetchOnce().catch(() => undefined);
    if (audio !== null && audio !== undefined && audio.bytes.byteLength > 0) return audio;
  }
  return undefined;
}
