import type { Assistant } from '../assistant.ts';
import { openRecordings } from '../channels/whatsapp/speech-recordings.ts';
import { recordedWords } from '../conversation/recorded-words.ts';
import { recordingSource } from '../conversation/recording-source.ts';
import type { Defect } from '../knowledge/defect.ts';
import { readRecordings } from '../knowledge/recordings.ts';

/**
 * What is wrong with the recordings: files that are missing or unfit, and recordings of what is no longer said so.
 * @param open opens the assistant, whose words they are compared with; called only where there are recordings
 */
export async function checkRecordings(
  knowledgeDir: string,
  open: () => Promise<Assistant>,
  now: () => Date,
): Promise<readonly Defect[]> {
  const [list, { defects }] = await Promise.all([readRecordings(knowledgeDir), openRecordings(knowledgeDir)]);
  if (list.recordings.length === 0) return defects;
  const assistant = await open();
  const stale = await Promise.all(
    list.recordings.map(async (recording): Promise<readonly Defect[]> => {
      if (recording.source === undefined) return [];
      const { reply, fault } = await recordingSource(recording, { ...assistant, now });
      if (fault !== undefined) return [list.at(recording, 'unit', fault)];
      if (recordedWords(reply) === recording.source) return [];
      const message =
        'lo que Orienta escribe cambió y la grabación ya no se manda; hágala otra vez con npm run recordings';
      return [list.at(recording, 'source', message)];
    }),
  );
  return [...defects, ...stale.flat()].toSorted((one, other) => one.line - other.line);
}
