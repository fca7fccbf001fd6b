import { z } from 'zod';
import type { Secret } from '../../config.ts';
import { errorCode } from '../../errors.ts';
import type { Logger } from '../../log.ts';
import { audioName } from './audio-name.ts';
import type { Transcribe } from './incoming-voice.ts';
import type { Audio } from './message.ts';
import { postOrRetry } from './post-or-retry.ts';

/** The service that turns speech into text. */
export interface TranscriptionOptions {
  /** Base of an OpenAI-compatible API, such as `https://servidor/v1`. */
  readonly url: string;
  /** `whisper-1` unless said. */
  readonly model?: string | undefined;
  /** Services on the institution's own machines may need none. */
  readonly key?: Secret | undefined;
  /** ISO 639-1 code of the language that is spoken; Spanish unless said. */
  readonly language?: string;
  /** Longest that one attempt may take. */
  readonly timeoutMs?: number;
  readonly log: Logger;
}

const DEFAULT_MODEL = 'whisper-1';
const TIMEOUT_MS = 30_000;
/** Somebody waits for the answer: a service that asks for more patience is done without. */
const LONGEST_RETRY_MS = 10_000;
/** Two minutes of fast speech make 2,500 characters; more is a model that repeats itself. */
const MOST_CHARACTERS = 4_000;
/** What Whisper writes for silence: lines of the subtitles that it learnt from. */
const SILENCE =
  /^[\s\p{P}]*(?:subt[ií]tulos (?:realizados )?por\b.*|.*\bamara\.org|gracias por ver(?: el v[ií]deo)?|m[uú]sica|aplausos)[\s\p{P}]*$/iu;

const answerSchema = z.object({ text: z.string() });

/**
 * Asks an OpenAI-compatible service for the words of a voice note. What fails there is undefined, and a line in the log
 * without a word of it.
 */
export function createTranscribe(options: TranscriptionOptions): Transcribe {
  const { log } = options;
  return async (audio) => {
    try {
      const response = await postOrRetry(() => post(audio, options), LONGEST_RETRY_MS);
      if (!response.ok) {
        await response.body?.cancel();
        log.warn({ status: response.status }, 'voice note not transcribed');
        return undefined;
      }
      return wordsOf(await response.text(), log);
    } catch (error) {
      log.warn({ error: errorCode(error) }, 'voice note not transcribed');
      return undefined;
    }
  };
}

function post(
  { bytes, type }: Audio,
  { url, model = DEFAULT_MODEL, key, language = 'es', timeoutMs = TIMEOUT_MS }: TranscriptionOptions,
): Promise<Response> {
  const name = audioName(bytes, type);
  const form = new FormData();
  form.set('file', new Blob([Uint8Array.from(bytes)], { type: name.type }), name.file);
  form.set('model', model);
  form.set('language', language);
  form.set('response_format', 'json');
  return fetch(`${url.replace(/\/+$/, '')}/audio/transcriptions`, {
    method: 'POST',
    body: form,
    headers: key === undefined ? {} : { authorization: `Bearer ${key.reveal()}` },
    // A voice goes to the service that the operator named and to no other.
    redirect: 'error',
    signal: AbortSignal.timeout(timeoutMs),
  });
}

function wordsOf(body: string, log: Logger): string | undefined {
  const parsed = answerSchema.safeParse(parseJson(body));
  const text = parsed.data?.text.trim() ?? '';
  if (parsed.success && text.length <= MOST_CHARACTERS)
    return SILENCE.test(text) || text === '' ? undefined : text;
  log.warn({ why: parsed.success ? 'too long' : 'malformed' }, 'voice note not transcribed');
  return undefined;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
