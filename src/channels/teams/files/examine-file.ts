import { randomUUID } from 'node:crypto';
import type { Block } from '../../../answering/answer.ts';
import { assertNever } from '../../../errors.ts';
import type { Importer } from '../../../knowledge/importer.ts';
import type { Logger } from '../../../log.ts';
import type { AdaptiveCard } from '../card-elements.ts';
import { errorFacts } from '../error-facts.ts';
import type { Inbound } from '../inbound.ts';
import { plainText } from '../plain-text.ts';
import { type Download, download } from './download.ts';
import { fileFormat } from './file-format.ts';
import type { MayFetch } from './file-hosts.ts';
import { importCard } from './import-card.ts';
import type { PendingImports } from './pending-imports.ts';
import type { SentFile } from './sent-files.ts';
import { broke, FORBIDDEN, NOT_FETCHED, refused, TOO_LARGE, UNKNOWN_KIND } from './texts.ts';

/** What is told of a file: its report on a card, or why there is none. */
export type FileNews =
  | { readonly kind: 'card'; readonly card: AdaptiveCard }
  | { readonly kind: 'words'; readonly blocks: readonly Block[] };

/** What a file is examined with. */
export interface ExamineParts {
  readonly importer: Importer;
  readonly mayFetch: MayFetch;
  readonly pending: PendingImports;
  readonly log: Logger;
  /** Gives up. */
  readonly signal: AbortSignal;
}

/**
 * Fetches a file and has it examined. Of a file that is refused, for whatever reason, nothing is kept.
 * @returns what to tell its sender; never rejects
 */
export async function examineFile(
  { activity, conversation }: Inbound,
  { name, url }: SentFile,
  { importer, mayFetch, pending, log, signal }: ExamineParts,
): Promise<FileNews> {
  const fetched = await download(url, { mayFetch, signal });
  if (fetched.kind !== 'bytes') return words(whyNot(fetched.kind));
  const format = fileFormat(fetched.bytes);
  if (format === undefined) return words(UNKNOWN_KIND);
  try {
    const note = plainText(activity);
    const examination = await importer.examine({ name, format, bytes: fetched.bytes, note });
    if (examination.kind === 'refused') return words(refused(examination.reason));
    const { id, report } = examination;
    const waiting = { id, conversation, name, report };
    await pending.add(waiting);
    return { kind: 'card', card: importCard(waiting, undefined) };
  } catch (error) {
    const caseId = randomUUID().slice(0, 8);
    log.error({ case: caseId, format, ...errorFacts(error) }, 'teams file not examined');
    return words(broke(caseId));
  }
}

function whyNot(kind: Exclude<Download['kind'], 'bytes'>): readonly Block[] {
  switch (kind) {
    case 'forbidden':
      return FORBIDDEN;
    case 'too-large':
      return TOO_LARGE;
    case 'failed':
      return NOT_FETCHED;
    default:
      return assertNever(kind);
  }
}

function words(blocks: readonly Block[]): FileNews {
  return { kind: 'words', blocks };
}
