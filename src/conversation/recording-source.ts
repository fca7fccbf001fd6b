import type { PhraseBook } from '../answering/phrases.ts';
import type { Reply } from '../channels/channel.ts';
import type { Knowledge } from '../knowledge/knowledge.ts';
import type { Recording } from '../knowledge/recordings.ts';
import { noticeReply } from './first-notice.ts';
import type { HandleMessage } from './handle-message.ts';
import type { TurnMessage } from './turn-message.ts';

/** What the words of recordings are taken from. */
export interface RecordingSourceParts {
  readonly knowledge: Knowledge;
  readonly phrases: PhraseBook;
  readonly handle: HandleMessage;
  readonly now: () => Date;
}

/** What somebody is sent today for what a recording says; or, in Spanish, why that is something else. */
export type RecordingSource =
  | { readonly reply: Reply; readonly fault?: undefined }
  | { readonly reply?: undefined; readonly fault: string };

/** Asks what a recording answers as a person on WhatsApp would who has not written before. */
export async function recordingSource(
  recording: Recording,
  parts: RecordingSourceParts,
): Promise<RecordingSource> {
  if (recording.kind === 'notice') return { reply: noticeReply(recording, 'es', parts) };
  const { reply } = await parts.handle(messageOf(recording, parts), undefined);
  if (reply === undefined || reply.language !== 'es') return { fault: 'eso no se responde en español' };
  if (recording.kind === 'danger') {
    if (reply.kind !== 'emergency') return { fault: 'eso ya no se responde como un peligro' };
    return { reply };
  }
  if (recording.kind === 'menu') return { reply };
  const [main] = reply.citations;
  if (main?.unit === recording.unit) return { reply };
  return { fault: `eso lo responde ${main?.unit ?? 'ninguna ficha'}; cambie la pregunta o la ficha` };
}

function messageOf(
  recording: Exclude<Recording, { kind: 'notice' }>,
  { now }: RecordingSourceParts,
): TurnMessage {
  const message = { channel: 'whatsapp', audience: 'public', receivedAt: now() } as const;
  if (recording.kind === 'menu') return { ...message, text: '', unread: new Set(['voice']) };
  if (recording.kind === 'answer') return { ...message, text: recording.asks };
  return { ...message, text: recording.asks, outsideGuatemala: recording.outsideGuatemala };
}
