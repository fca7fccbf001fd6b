import type { PhraseBook } from '../answering/phrases.ts';
import type { Reply } from '../channels/channel.ts';
import { assertNever } from '../errors.ts';
import type { Knowledge } from '../knowledge/knowledge.ts';
import type { Recording } from '../knowledge/recordings.ts';
import { noticeReply } from './first-notice.ts';
import type { HandleMessage } from './handle-message.ts';
import type { Turn } from './turn.ts';
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
  let turn: Turn | undefined;
  for (const message of messagesOf(recording)) {
    const received = { channel: 'whatsapp', audience: 'public', receivedAt: parts.now() } as const;
    turn = await parts.handle({ ...received, ...message }, turn?.context);
  }
  const reply = turn?.reply;
  if (reply === undefined || reply.language !== 'es') return { fault: 'eso no se responde en español' };
  return faultOf(recording, reply) ?? { reply };
}

type Asked = Exclude<Recording, { kind: 'notice' }>;
type Message = Pick<TurnMessage, 'text' | 'unread' | 'outsideGuatemala'>;

/** A voice note that cannot be understood is answered with the menu. */
const FOR_MENU: Message = { text: '', unread: new Set(['voice']) };

function messagesOf(recording: Asked): readonly Message[] {
  switch (recording.kind) {
    case 'menu':
      return [FOR_MENU];
    case 'pick':
      return [FOR_MENU, ...recording.picks.map((number) => ({ text: String(number) }))];
    case 'danger':
      return [{ text: recording.asks, outsideGuatemala: recording.outsideGuatemala }];
    case 'answer':
      return [{ text: recording.asks }];
    default:
      return assertNever(recording);
  }
}

function faultOf(recording: Asked, { kind, citations: [main] }: Reply): RecordingSource | undefined {
  if (recording.kind === 'menu') return undefined;
  if (recording.kind === 'danger') {
    return kind === 'emergency' ? undefined : { fault: 'eso ya no se responde como un peligro' };
  }
  if (kind === 'emergency') return { fault: 'eso se responde como un peligro; cambie la pregunta' };
  if (main?.unit === recording.unit) return undefined;
  return { fault: `eso lo responde ${main?.unit ?? 'ninguna ficha'}; cambie la pregunta o la ficha` };
}
