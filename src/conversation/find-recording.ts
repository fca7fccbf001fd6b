import type { Reply } from '../channels/channel.ts';
import { type Recording, recordingKey } from '../knowledge/recordings.ts';
import { sourceOf } from './recorded-words.ts';
import type { FindRecording } from './turn.ts';

/** What recordings are found among. */
export interface FindRecordingParts {
  /** Those whose files may be sent. */
  readonly recordings: readonly Recording[];
  /** The notice in Spanish as this Orienta gives it; undefined where it gives none. */
  readonly notice: Reply | undefined;
}

/**
 * Finds recordings by the words that they say: to whoever was sent other words, or words of another language, none is
 * sent.
 */
export function createFindRecording({ recordings, notice }: FindRecordingParts): FindRecording {
  const bySource = new Map(recordings.map((recording) => [recording.source, recordingKey(recording)]));
  return (of) => {
    const reply = of.kind === 'notice' ? notice : of.reply;
    return reply?.language === 'es' ? bySource.get(sourceOf(reply)) : undefined;
  };
}
