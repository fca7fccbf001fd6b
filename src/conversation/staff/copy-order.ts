import type { Block } from '../../answering/answer.ts';
import type { ShownCitation } from '../../answering/citation.ts';
import { fill, type Phrases } from '../../answering/phrases.ts';
import type { Reply } from '../../channels/channel.ts';
import { renderWhatsApp } from '../../channels/render-whatsapp.ts';
import type { Knowledge } from '../../knowledge/knowledge.ts';
import { sayReply } from '../replies.ts';
import { decodeReply } from '../reply-codec.ts';

/** The part of a reply, given as it was kept, that everybody may read, as text for a colleague's WhatsApp. */
export type CopyForWhatsApp = (kept: string | undefined) => Reply;

const NOTHING =
  'Todavía no hay una respuesta que copiar. Haga primero una pregunta y después escriba «copiar para whatsapp».';
const STAFF_ONLY = 'La última respuesta es de uso interno: no la puedo preparar para compartir.';
const HEADING = 'Copie este texto y péguelo en WhatsApp:';

/** @param phrases Spanish ones, for what the public is told of how far it has been reviewed */
export function createCopyForWhatsApp(parts: {
  readonly knowledge: Knowledge;
  readonly phrases: Phrases;
}): CopyForWhatsApp {
  return (kept) => {
    if (kept === undefined) return sayReply('command', 'es', NOTHING);
    const shared = publicVersion(decodeReply(kept), parts);
    if (shared === undefined) return sayReply('command', 'es', STAFF_ONLY);
    return sayReply('command', 'es', HEADING, renderWhatsApp(shared).join('\n\n'));
  };
}

/**
 * What of a reply rests on public units: their own words and their validity. What was said for staff, and whatever
 * cannot be told to rest on a public unit beside a staff one, is left out. Undefined when nothing is left.
 */
function publicVersion(
  reply: Reply,
  { knowledge, phrases }: { readonly knowledge: Knowledge; readonly phrases: Phrases },
): Reply | undefined {
  const isPublic = (id: string | undefined): boolean => {
    const unit = knowledge.units.get(id ?? '');
    return unit?.audience === 'public' && knowledge.norm(unit.norm)?.audience !== 'staff';
  };
  const citations = reply.citations.filter(({ unit }) => isPublic(unit));
  const [main] = citations;
  if (main === undefined) return undefined;
  const hasStaffUnits = citations.length < reply.citations.length;
  const blocks = reply.blocks.flatMap((block): readonly Block[] => {
    const isOwn = isPublic(block.unit ?? reply.citations[0]?.unit);
    const isBeside = block.unit === undefined && block.worth !== undefined && block.worth !== 'lead';
    if (!isOwn || isForStaff(block) || (hasStaffUnits && isBeside)) return [];
    return [block.kind === 'table' ? publicRows(block, isPublic) : block];
  });
  if (blocks.length === 0) return undefined;
  return { ...reply, blocks: [...blocks, reviewBlock(main, phrases)], citations };
}

/** The state of review as staff read it, and the numbers to go on with. */
function isForStaff(block: Block): boolean {
  return (
    (block.kind === 'notice' && block.worth !== 'warning') ||
    (block.kind === 'list' && block.ordered && block.worth === 'aside')
  );
}

function publicRows(
  table: Extract<Block, { kind: 'table' }>,
  isPublic: (id: string | undefined) => boolean,
): Block {
  const { rowUnits, rows } = table;
  if (rowUnits === undefined) return table;
  const kept = rows.map((_, at) => isPublic(rowUnits[at]));
  return { ...table, rows: rows.filter((_, at) => kept[at]), rowUnits: rowUnits.filter((_, at) => kept[at]) };
}

function reviewBlock({ review, validity }: ShownCitation, phrases: Phrases): Block {
  const year = (validity.checkedOn ?? '').slice(0, 4);
  switch (review.state) {
    case 'fuente-publica':
      return { kind: 'notice', text: fill(phrases.publicNotice, { year: year === '' ? 'hoy' : year }) };
    case 'texto-oficial':
      return { kind: 'notice', text: phrases.officialNotice };
    case 'validado':
      return { kind: 'notice', text: fill(phrases.validatedNotice, { role: review.by, date: review.on }) };
  }
}
