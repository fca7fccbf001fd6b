import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MOST_SECONDS } from '../../src/channels/whatsapp/speech-recordings.ts';
import { AppError } from '../../src/errors.ts';

/** Words a minute, the slowest first: a long text is spoken as slowly as its {@link MOST_SECONDS} allow. */
const RATES = [140, 150, 160, 170];
/** The programs, and the package of Debian that each is in. */
const PACKAGES = { 'espeak-ng': 'espeak-ng', sox: 'sox', soxi: 'sox', opusenc: 'opus-tools' } as const;
type Program = keyof typeof PACKAGES;

/** Evens out loud and soft, for a small loudspeaker in the street, and leaves room before the loudest. */
const LOUDNESS = [
  ...['gain', '-6', 'highpass', '80', 'lowpass', '7000', 'gain', '-n', '-1'],
  ...['compand', '0.001,0.06', '6:-70,-65,-40,-26,-25,-15,-12,-10,0,-8', '0', '-60', '0.01'],
  ...['pad', '0.15', '0.25', 'gain', '-n', '-4'],
];
/** As little as speech is clear in, since all are kept in the repository; one serial number for all, so that the same words give the same bytes. */
const ENCODING = ['--speech', '--bitrate', '12', '--framesize', '60', '--serial', '20201'];

/**
 * Speaks with the programs of Debian, in a Latin American voice.
 * @returns an Ogg Opus file
 * @throws {AppError} `NOT_FOUND` naming the programs that are missing and how to get them
 */
export async function speakWithPrograms(text: string): Promise<Uint8Array> {
  const folder = await mkdtemp(join(tmpdir(), 'orienta-voice-'));
  const words = join(folder, 'text');
  const raw = join(folder, 'raw.wav');
  const even = join(folder, 'even.wav');
  const file = join(folder, 'voice.ogg');
  try {
    await writeFile(words, text);
    for (const rate of RATES) {
      await run('espeak-ng', ['-v', 'es-419', '-s', String(rate), '-f', words, '-w', raw]);
      await run('sox', ['-R', '-D', raw, even, ...LOUDNESS]);
      if (Number(await run('soxi', ['-D', even])) < MOST_SECONDS) break;
    }
    await run('opusenc', ['--quiet', ...ENCODING, even, file]);
    return await readFile(file);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** @throws {AppError} `NOT_FOUND` when a program is not installed */
export async function checkPrograms(): Promise<void> {
  const names = Object.keys(PACKAGES) as Program[];
  const missing = await Promise.all(
    names.map(async (name) =>
      (await run(name, ['--version']).catch((error: unknown) => isMissing(error))) === true ? [name] : [],
    ),
  );
  const programs = missing.flat();
  if (programs.length === 0) return;
  const packages = [...new Set(programs.map((name) => PACKAGES[name]))].join(' ');
  throw new AppError(
    'NOT_FOUND',
    `Faltan programas para grabar: ${programs.join(', ')}. En Debian: sudo apt-get install ${packages}. O ponga SPEECH_URL.`,
  );
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}

async function run(program: Program, args: readonly string[]): Promise<string> {
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  const output: Buffer[] = [];
  const faults: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => output.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => faults.push(chunk));
  const code = await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  if (code !== 0) throw new Error(`${program} ended with ${code}: ${Buffer.concat(faults)}`);
  return Buffer.concat(output).toString();
}
