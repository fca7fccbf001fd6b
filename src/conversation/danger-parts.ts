import type { Cite } from '../answering/cite.ts';
import type { ReplyToDanger } from '../safety/danger-reply.ts';
import type { Triage } from '../safety/triage.ts';

/** What a danger is recognised by and answered with. */
export interface DangerParts {
  readonly triage: Triage;
  readonly reply: ReplyToDanger;
  readonly cite: Cite;
}
