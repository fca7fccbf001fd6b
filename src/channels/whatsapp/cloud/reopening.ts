import { errorCode } from '../../../errors.ts';
import type { Logger } from '../../../log.ts';
import type { ConversationId } from '../../channel.ts';
import { recipientOf } from './address.ts';
import type { GraphClient } from './graph-client.ts';
import { createRecent } from './recent.ts';

/** A template that Meta has approved and that says only that there is an answer. */
export interface ReopenTemplate {
  readonly name: string;
  /** As it was approved, such as `es` or `es_MX`; `es` unless said. */
  readonly language?: string;
}

const ONCE = { most: 20_000, ttlMs: 24 * 3_600_000 };

/**
 * Tells people outside the 24 hours that there is an answer, each once a day; whoever writes back then opens the window.
 * It never rejects: the delivery that led to it has failed already.
 */
export function createReopening(parts: {
  readonly graph: GraphClient;
  readonly template: ReopenTemplate | undefined;
  readonly now: () => Date;
  readonly log: Logger;
}): (to: ConversationId) => Promise<void> {
  const { graph, template, log } = parts;
  const told = createRecent<true>({ ...ONCE, now: parts.now });
  return async (to) => {
    const recipient = recipientOf(to);
    if (template === undefined || recipient === undefined || told.get(to) === true) return;
    told.set(to, true);
    const { name, language = 'es' } = template;
    try {
      await graph.send({ ...recipient, type: 'template', template: { name, language: { code: language } } });
      log.info('whatsapp: told by a template that there is an answer');
    } catch (error) {
      told.delete(to);
      log.warn({ error: errorCode(error) }, 'whatsapp: the template was not sent');
    }
  };
}
