import type { ShownCitation } from '../answering/citation.ts';
import type { Reply } from '../channels/channel.ts';
import { sayReply } from './replies.ts';

/** The citations of a reply as plain text, a paragraph each, to be copied into a letter. */
export function citationsAsText({ citations }: Reply): Reply {
  return sayReply('command', 'es', ...citations.map(citationLine));
}

/** "Código de Migración, artículo 6 (vigente desde 2017). https://…" */
function citationLine({ label, stateWords, url }: ShownCitation): string {
  const state = stateWords === undefined ? '' : ` (${stateWords})`;
  return `${label}${state}. ${url}`;
}
