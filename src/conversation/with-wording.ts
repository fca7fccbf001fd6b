import type { PolicyAction, ShownCitation, Wording } from '../answering/citation.ts';
import { claimWords } from '../answering/claim-words.ts';
import { sourceHosts } from '../answering/source-hosts.ts';
import type { ChannelName } from '../channels/channel.ts';
import { type Knowledge, speakingClaims } from '../knowledge/knowledge.ts';
import type { Unit } from '../knowledge/unit.ts';
import { validityWords } from '../knowledge/validity-words.ts';
import type { Turn } from './turn.ts';

/** On Teams a reply carries the words of what it cites, and who answers for the policy's actions, for the card to show. */
export function withWording(
  turn: Turn,
  channel: ChannelName,
  { knowledge }: { readonly knowledge: Knowledge },
): Turn {
  const { reply } = turn;
  if (channel !== 'teams' || reply === undefined || reply.citations.length === 0) return turn;
  // What staff order says by itself who answers.
  const saysWho = turn.context?.order !== undefined;
  const citations = reply.citations.map((citation) => unfolded(citation, knowledge, saysWho));
  return { ...turn, reply: { ...reply, citations } };
}

function unfolded(citation: ShownCitation, knowledge: Knowledge, saysWho: boolean): ShownCitation {
  const unit = knowledge.units.get(citation.unit);
  if (unit === undefined) return citation;
  const [wording, actions] = [wordingOf(unit), saysWho ? [] : actionsOf(unit, knowledge)];
  const isPolicy = unit.kind === 'policy' || unit.kind === 'action';
  return {
    ...citation,
    // Elsewhere there is no room to say since when the policy holds.
    stateWords: citation.stateWords ?? (isPolicy ? validityWords(unit.validity) : undefined),
    ...(wording === undefined ? {} : { wording }),
    ...(actions.length === 0 ? {} : { actions }),
  };
}

function wordingOf(unit: Unit): Wording | undefined {
  const claims = speakingClaims(unit);
  if (claims.length === 0) return undefined;
  return {
    statements: claims.map(claimWords),
    sources: sourceHosts(claims.flatMap(({ sources }) => sources)),
  };
}

/** A line of the policy is about all of its actions; whoever may read the line need not be staff. */
function actionsOf(unit: Unit, { units }: Knowledge): readonly PolicyAction[] {
  if (unit.kind === 'action') return actionOf(unit);
  if (unit.kind !== 'policy') return [];
  return [...units.values()]
    .filter(
      ({ parent, audience }) => parent === unit.id && (audience === 'public' || unit.audience === 'staff'),
    )
    .flatMap(actionOf);
}

function actionOf({ title, responsible, linked }: Unit): readonly PolicyAction[] {
  if (responsible === undefined && linked.length === 0) return [];
  return [{ title, ...(responsible === undefined ? {} : { responsible }), linked }];
}
