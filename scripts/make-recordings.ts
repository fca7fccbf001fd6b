/*
 * Makes the recordings under knowledge/recordings that are missing, or whose words have changed. It speaks with espeak-ng,
 * sox and opusenc, or with the service of SPEECH_URL where that is set.
 *   npm run recordings            what has changed
 *   npm run recordings -- --all   all of them again, after a change of voice
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openAssistant } from '../src/assistant.ts';
import { openRecordings, recordingPath, unfit } from '../src/channels/whatsapp/speech-recordings.ts';
import { createAskForSpeech } from '../src/channels/whatsapp/speech-service.ts';
import { textForEar } from '../src/channels/whatsapp/speech-text.ts';
import { loadConfig } from '../src/config.ts';
import { recordedWords, sourceOf } from '../src/conversation/recorded-words.ts';
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
    const sound = process.argv.includes('--all') ? [] : (await openRecordings(knowledgeDir)).recordings;
    for (const recording of list.recordings) {
      const { reply, fault } = await recordingSource(recording, { ...assistant, now });
      if (reply === undefined) {
        faults.push(`${recording.id}: ${fault}`);
        continue;
      }
      const isNew = recording.source !== sourceOf(reply);
      if (!isNew && sound.some(({ id }) => id === recording.id)) continue;
      const text = isNew ? textForEar(recordedWords(reply), 'es') : (recording.text ?? '');
      const result = await make(recording, text, speak);
      if (typeof result === 'string') faults.push(`${recording.id}: ${result}`);
      else made.set(recording.id, { ...result, source: sourceOf(reply) });
    }
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
  if (made.size > 0) await writeRecordings(knowledgeDir, made);
  say(`${made.size} de ${list.recordings.length} grabaciones hechas; las otras siguen igual.`);
  if (faults.length > 0) throw new FaultsError('KNOWLEDGE_INVALID', 'No se hicieron:', faults);
}

/** @returns what is wrong when it cannot be made */
async function make(recording: Recording, text: string, speak: SpeakText): Promise<Made | string> {
  const bytes = await speak(text);
  const why = unfit(bytes);
  if (why !== undefined) return `el archivo ${why}; acorte su texto`;
  await writeFile(join(knowledgeDir, recordingPath(recording)), bytes);
  say(`${recording.id}: ${bytes.byteLength} bytes`);
  // Nobody has heard this one yet.
  return { text, spoken: hashOf(text), file: hashOf(bytes), review: { state: 'pendiente' } };
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
