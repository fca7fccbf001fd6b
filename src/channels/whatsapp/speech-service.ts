import type { Secret } from '../../config.ts';
import { errorCode } from '../../errors.ts';
import type { Logger } from '../../log.ts';
import { postOrRetry } from './post-or-retry.ts';

/** The service that turns text into speech. */
export interface SpeechService {
  /** Base of an OpenAI-compatible API, such as `https://servidor/v1`. */
  readonly url: string;
  /** `tts-1` unless said. */
  readonly model?: string | undefined;
  /** Services on the institution's own machines may need none. */
  readonly key?: Secret | undefined;
  /** `alloy` unless said. */
  readonly voice?: string | undefined;
  /** Longest that one attempt may take. */
  readonly timeoutMs?: number;
}

/** @returns an Ogg Opus file; undefined when it cannot be had */
export type AskForSpeech = (text: string) => Promise<Uint8Array | undefined>;

const DEFAULT_MODEL = 'tts-1';
const DEFAULT_VOICE = 'alloy';
const TIMEOUT_MS = 20_000;
/** Somebody waits for the answer, and has the words otherwise. */
const LONGEST_RETRY_MS = 5_000;
/** More than any answer comes to; a service that sends on and on is cut off. */
const MOST_BYTES = 2_000_000;

/** Asks an OpenAI-compatible service to speak. What fails there is undefined, and a line in the log without a word of it. */
export function createAskForSpeech(service: SpeechService, log: Logger): AskForSpeech {
  return async (text) => {
    try {
      const response = await postOrRetry(() => post(text, service), LONGEST_RETRY_MS);
      if (response.ok) return await readAtMost(response, MOST_BYTES);
      await response.body?.cancel();
      log.warn({ status: response.status }, 'answer not spoken');
    } catch (error) {
      log.warn({ error: errorCode(error) }, 'answer not spoken');
    }
    return undefined;
  };
}

function post(
  text: string,
  { url, model = DEFAULT_MODEL, key, voice = DEFAULT_VOICE, timeoutMs = TIMEOUT_MS }: SpeechService,
): Promise<Response> {
  return fetch(`${url.replace(/\/+$/, '')}/audio/speech`, {
    method: 'POST',
    body: JSON.stringify({ model, voice, input: text, response_format: 'opus' }),
    headers: {
      'content-type': 'application/json',
      ...(key === undefined ? {} : { authorization: `Bearer ${key.reveal()}` }),
    },
    // What a person is told goes to the service that the operator named and to no other.
    redirect: 'error',
    signal: AbortSignal.timeout(timeoutMs),
  });
}

async function readAtMost(response: Response, most: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength;
    if (size > most) throw new RangeError('too much');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
