/*
 * Makes the recordings under knowledge/recordings that are missing, or whose words have changed. It speaks with espeak-ng,
 * sox and opusenc, or with the service of SPEECH_URL where that is set.
 *   npm run recordings            what has changed
 *   npm run recordings -- --all   all of them again, after a change of voice
 * A text that was mended by hand stays as long as what Orienta writes does; delete it to have it written anew.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openAssistant } from '../src/assistant.ts';
import { openRecordings, recordingPath, unfit } from '../src/channels/whatsapp/speech-recordings.ts';
import { createAskForSpeech } from '../src/channels/whatsapp/speech-service.ts';
import { textForEar } from '../src/channels/whatsapp/speech-text.ts';
import { loadConfig } from '../src/config.ts';
import { recordedWords } from '../src/conversation/recorded-words.ts';
import { recordingSource } from '../src/conversation/recording-source.ts';
import { AppError, FaultsError } from '../src/errors.ts';
import { describeDefect } from '../src/knowledge/defect.ts';
import { hashOf, type Recording, readRecordings } from '../src/knowledge/recordings.ts';
import { loadEnv } from '../src/load-env.ts';
import { createLog } from '../src/log.ts';
import { knowledgeDir } from '../src/paths.ts';
import { type Made, writeRecordings } from './recordings/recordings-document.ts';
import { checkPrograms, speakWithPrograms } from './recordings/voice-program.ts';

type SpeakText = (text: string) => Promise<Uint8Array>;

const say = (line: string) => process.stdout.write(`${line}\n`);

async function main(): Promise<void> {
  const list = await readRecordings(knowledgeDir);
  if (list.defects.length > 0)
    throw new FaultsError('KNOWLEDGE_INVALID', 'La lista no sirve así:', list.defects.map(describeDefect));
  const speak = await openVoice();
  const dataDir = await mkdtemp(join(tmpdir(), 'orienta-recordings-'));
  const made = new Map<string, Made>();
  const faults: string[] = [];
  try {
    const now = () => new Date();
    const assistant = await openAssistant({ knowledgeDir, dataDir, baseUrl: () => 'http://localhost', now });
    const isCurrent = await findCurrent();
    for (const recording of list.recordings) {
      const { reply, fault } = await recordingSource(recording, { ...assistant, now });
      if (reply !== undefined && isCurrent(recording, recordedWords(reply))) continue;
      const result = reply === undefined ? fault : await make(recording, recordedWords(reply), speak);
      if (typeof result === 'string') faults.push(`${recording.id}: ${result}`);
      else made.set(recording.id, result);
    }
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
  if (made.size > 0) await writeRecordings(knowledgeDir, made);
  say(`${made.size} de ${list.recordings.length} grabaciones hechas.`);
  if (faults.length > 0) throw new FaultsError('KNOWLEDGE_INVALID', 'No se hicieron:', faults);
}

/** Which recordings say what is written now, in the file that was made of it; none where all are to be made again. */
async function findCurrent(): Promise<(recording: Recording, source: string) => boolean> {
  if (process.argv.includes('--all')) return () => false;
  const { recordings } = await openRecordings(knowledgeDir);
  const sound = new Map(recordings.map(({ id, source }) => [id, source]));
  return ({ id }, source) => sound.get(id) === source;
}

/** @returns what is wrong when it cannot be made */
async function make(recording: Recording, source: string, speak: SpeakText): Promise<Made | string> {
  // What editors mended in the text stays, while it is of the same words.
  const mended = recording.source === source ? recording.text : undefined;
  const text = mended ?? textForEar(source, 'es');
  const bytes = await speak(text);
  const why = unfit(bytes);
  if (why !== undefined) return `el archivo ${why}; acorte su texto`;
  await writeFile(join(knowledgeDir, recordingPath(recording)), bytes);
  say(`${recording.id}: ${bytes.byteLength} bytes`);
  // Nobody has heard this one yet.
  return { source, text, spoken: hashOf(text), file: hashOf(bytes), review: { state: 'pendiente' } };
}

async function openVoice(): Promise<SpeakText> {
  loadEnv();
  const config = loadConfig(process.env);
  const { SPEECH_URL: url, SPEECH_MODEL: model, SPEECH_KEY: key, SPEECH_VOICE: voice } = config;
  if (url === undefined) {
    await checkPrograms();
    return speakWithPrograms;
  }
  const ask = createAskForSpeech({ url, model, key, voice }, createLog(config.LOG_LEVEL));
  return async (text) => {
    const bytes = await ask(text);
    if (bytes === undefined)
      throw new AppError('CHANNEL_UNAVAILABLE', 'El servicio de SPEECH_URL no respondió.');
    return bytes;
  };
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof AppError ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
