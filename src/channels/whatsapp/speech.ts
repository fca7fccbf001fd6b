import { hashOf } from '../../knowledge/recordings.ts';
import type { Logger } from '../../log.ts';
import type { Reply } from '../channel.ts';
import { renderWhatsApp } from '../render-whatsapp.ts';
import type { Audio, Speak } from './message.ts';
import { oggSeconds } from './ogg-seconds.ts';
import { createAskForSpeech, type SpeechService } from './speech-service.ts';
import { textForEar } from './speech-text.ts';

/** What speaks replies. */
export interface SpeakParts {
  /** The bytes of vetted recordings, Ogg Opus, by the name that replies give them. */
  readonly recordings: ReadonlyMap<string, Uint8Array>;
  /** What speaks the replies that have no recording; absent, these are sent in words. */
  readonly speech?: SpeechService | undefined;
  readonly log: Logger;
}

const OGG_OPUS = 'audio/ogg; codecs=opus';
/** A reply of {@link renderWhatsApp}'s longest message takes a slow voice so long. */
const MOST_SECONDS = 120;
/** What a prepaid bundle bears, of a service that does not know of any. */
const MOST_BYTES = 600_000;
/** So many spoken replies are kept in memory: many people are sent the same words. */
const KEPT = 16;

/** The spoken form of replies: the vetted recording that says one, else what the speech service makes of its words. */
export function createSpeak({ recordings, speech, log }: SpeakParts): Speak {
  const askForSpeech = speech && createAskForSpeech(speech, log);
  const kept = new Map<string, Uint8Array>();
  return async (reply) => {
    const recorded = reply.spoken?.recording;
    const recording = recorded === undefined ? undefined : recordings.get(recorded);
    if (recording !== undefined) return audio(recording);
    if (reply.spoken === undefined || askForSpeech === undefined) return undefined;
    const words = wordsOf(reply);
    const key = hashOf(words);
    const bytes = kept.get(key) ?? (await askForSpeech(words));
    if (bytes === undefined || !isFit(bytes, log)) return undefined;
    keep(kept, key, bytes);
    return audio(bytes);
  };
}

function wordsOf(reply: Reply): string {
  return textForEar(renderWhatsApp(reply).join('\n'), reply.language);
}

/** Some services answer with another format, or with an endless one, whatever they are asked for. */
function isFit(bytes: Uint8Array, log: Logger): boolean {
  const seconds = oggSeconds(bytes);
  const fits = seconds !== undefined && seconds <= MOST_SECONDS && bytes.byteLength <= MOST_BYTES;
  if (!fits) log.warn({ seconds, bytes: bytes.byteLength }, 'answer not spoken: unfit audio');
  return fits;
}

/** The least lately used goes first. */
function keep(kept: Map<string, Uint8Array>, key: string, bytes: Uint8Array): void {
  kept.delete(key);
  kept.set(key, bytes);
  const [oldest] = kept.keys();
  if (kept.size > KEPT && oldest !== undefined) kept.delete(oldest);
}

function audio(bytes: Uint8Array): Audio {
  return { bytes, type: OGG_OPUS };
}
