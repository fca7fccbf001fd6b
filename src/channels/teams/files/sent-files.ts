import { z } from 'zod';
import type { InboundActivity } from '../activity.ts';

/** A file that a person put into a chat. */
export interface SentFile {
  readonly name: string;
  /** Where its bytes are for a few minutes, without further proof of who asks: never to be logged. */
  readonly url: string;
}

const FILE = 'application/vnd.microsoft.teams.file.download.info';
const fileSchema = z.looseObject({
  contentType: z.literal(FILE),
  name: z.string().nullish(),
  content: z.looseObject({ downloadUrl: z.string().min(1) }),
});

/** The files of a message. Pictures and cards are none; nor is a file that does not say where it is. */
export function sentFiles(activity: InboundActivity): readonly SentFile[] {
  return (activity.attachments ?? []).flatMap((attachment) => {
    const parsed = fileSchema.safeParse(attachment);
    if (!parsed.success) return [];
    const { name, content } = parsed.data;
    return [{ name: name?.trim() || 'archivo', url: content.downloadUrl }];
  });
}
