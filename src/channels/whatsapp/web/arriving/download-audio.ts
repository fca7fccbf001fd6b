import { z } from 'zod';
import type { Audio } from '../../message.ts';
import type { AskOptions } from '../process/open-requests.ts';
import type { Ask } from '../process/process-link.ts';

/** `data` is base64. */
const fileSchema = z.object({ data: z.string().min(1), type: z.string() });

/** @returns undefined when it cannot be had */
export async function downloadAudio(
  ask: (what: Ask, options: AskOptions) => Promise<unknown>,
  id: string,
  timeoutMs: number,
): Promise<Audio | undefined> {
  const value = await ask({ type: 'download', id }, { timeoutMs }).catch(() => undefined);
  const file = fileSchema.safeParse(value).data;
  return file === undefined ? undefined : { bytes: Buffer.from(file.data, 'base64'), type: file.type };
}
