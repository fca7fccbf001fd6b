import type { Reply } from '../channels/channel.ts';
import { type Recording, recordingKey } from '../knowledge/recordings.ts';
import { MORE_LINE, recordedWords, statementsOf } from './recorded-words.ts';
import type { FindRecording } from './turn.ts';

/** What recordings are found among. */
export interface FindRecordingParts {
  /** Those whose files may be sent. */
  readonly recordings: readonly Recording[];
  /** The notice in Spanish as this Orienta gives it; undefined where it gives none. */
  readonly notice: Reply | undefined;
}

/** A recording, and what it says. */
interface Recorded {
  readonly key: string;
  readonly statements: ReadonlySet<string>;
  readonly length: number;
  readonly promisesMore: boolean;
}

/**
 * What was sent may leave a little out that the recording says: a message that carries the address of its source has less
 * room. Of whom only the price was asked is not to hear all steps.
 */
const LEAST_SHARE = 0.6;

/**
 * Finds recordings by what they say: all that the person was sent, in the same words, and little more. None says what was
 * sent in another language.
 */
export function createFindRecording({ recordings, notice }: FindRecordingParts): FindRecording {
  const recorded = recordings.map(toRecorded);
  return (of) => {
    const reply = of.kind === 'notice' ? notice : of.reply;
    if (reply?.language !== 'es') return undefined;
    const statements = statementsOf(recordedWords(reply));
    const hasMore = reply.place === 'first' || reply.place === 'middle';
    const [best] = recorded
      .filter(({ promisesMore }) => hasMore || !promisesMore)
      .filter((one) => statements.every((statement) => one.statements.has(statement)))
      .map((one) => ({ key: one.key, share: lengthOf(statements) / one.length }))
      .filter(({ share }) => share >= LEAST_SHARE)
      .toSorted((one, other) => other.share - one.share);
    return best?.key;
  };
}

function toRecorded(recording: Recording): Recorded {
  const { source = '' } = recording;
  const statements = statementsOf(source);
  return {
    key: recordingKey(recording),
    statements: new Set(statements),
    length: lengthOf(statements),
    promisesMore: source.endsWith(MORE_LINE),
  };
}

function lengthOf(statements: readonly string[]): number {
  return statements.reduce((sum, { length }) => sum + length, 0);
}
