import type { Block } from '../../../answering/answer.ts';
import type { Importer } from '../../../knowledge/importer.ts';
import type { Logger } from '../../../log.ts';
import type { ConversationId } from '../../channel.ts';
import { hasAttachment, isPersonal } from '../activity.ts';
import type { HandleVerb } from '../card-actions.ts';
import { errorFacts } from '../error-facts.ts';
import type { Inbound, TakeAside } from '../inbound.ts';
import type { Outgoing } from '../outgoing.ts';
import { plainText } from '../plain-text.ts';
import type { Delivery } from '../reachable-delivery.ts';
import { cardActivity, textActivities } from '../reply-activities.ts';
import { examineFile, type FileNews } from './examine-file.ts';
import type { MayFetch } from './file-hosts.ts';
import { createImportVerbs } from './import-verbs.ts';
import { mayLoad } from './may-load.ts';
import { createPendingImports } from './pending-imports.ts';
import { type SentFile, sentFiles } from './sent-files.ts';
import { NOT_AN_EDITOR, ONE_AT_A_TIME, ONLY_PERSONAL, STILL_AT_WORK, UNKNOWN_KIND } from './texts.ts';

/** How long a report may wait for a decision. */
const DECIDE_WITHIN_MS = 60 * 60_000;

/** The way in for official texts: an editor sends a file, reads what was found in it, and decides. */
export interface FileDesk {
  /** Takes files of people who may load texts, and tells the other staff that they may not. */
  readonly take: TakeAside;
  /** The buttons under reports. */
  readonly verbs: Readonly<Record<string, HandleVerb>>;
  /** Gives up what is being read and forgets what is undecided. Safe to call twice. */
  stop(): Promise<void>;
}

/** What the desk is made from. */
export interface FileDeskParts {
  readonly importer: Importer;
  readonly mayFetch: MayFetch;
  readonly outgoing: Pick<Outgoing, 'say' | 'showTyping' | 'stopTyping'>;
  readonly delivery: Pick<Delivery, 'deliver'>;
  readonly log: Logger;
  readonly now: () => Date;
}

/** @returns a desk that keeps everything in memory */
export function createFileDesk(parts: FileDeskParts): FileDesk {
  const { importer, outgoing, delivery, log, now } = parts;
  const stop = new AbortController();
  const atWork = new Map<ConversationId, Promise<void>>();
  const pending = createPendingImports({
    importer,
    now,
    ttlMs: DECIDE_WITHIN_MS,
    onFault: (error) => log.error(errorFacts(error), 'teams import failed'),
  });

  /** In the background: Teams waits 15 s for the message to be taken, and a file may need longer. */
  const begin = (inbound: Inbound, file: SentFile): void => {
    const { conversation, reference } = inbound;
    outgoing.showTyping(conversation, reference);
    const work = examineFile(inbound, file, { ...parts, pending, signal: stop.signal })
      .then(async (news) => {
        await outgoing.stopTyping(conversation);
        await delivery.deliver(reference, activitiesOf(news));
      })
      .catch((error: unknown) => log.warn(errorFacts(error), 'teams report of a file not delivered'))
      .finally(() => atWork.delete(conversation));
    atWork.set(conversation, work);
  };

  return {
    take: async (inbound) => {
      const { activity, asker, conversation, reference } = inbound;
      if (asker.role === undefined || !hasAttachment(activity)) return false;
      const isWordless = plainText(activity) === '';
      const files = sentFiles(activity);
      const [file] = files;
      if (file === undefined) {
        if (mayLoad(asker.role) && isWordless) outgoing.say(reference, UNKNOWN_KIND);
        return mayLoad(asker.role) && isWordless;
      }
      const obstacle = obstacleTo(inbound, files, atWork.has(conversation));
      if (obstacle === undefined) begin(inbound, file);
      else outgoing.say(reference, obstacle);
      // What somebody writes with a file that they may not load is a question all the same.
      return mayLoad(asker.role) || isWordless;
    },
    verbs: createImportVerbs(pending),
    stop: async () => {
      stop.abort();
      await Promise.all(atWork.values());
      await pending.clear();
    },
  };
}

function obstacleTo(
  { activity, asker }: Inbound,
  files: readonly SentFile[],
  isBusy: boolean,
): readonly Block[] | undefined {
  if (!mayLoad(asker.role)) return NOT_AN_EDITOR;
  if (!isPersonal(activity)) return ONLY_PERSONAL;
  if (files.length > 1) return ONE_AT_A_TIME;
  return isBusy ? STILL_AT_WORK : undefined;
}

function activitiesOf(news: FileNews) {
  return news.kind === 'card'
    ? [cardActivity(news.card)]
    : textActivities({ blocks: news.blocks, citations: [] });
}
