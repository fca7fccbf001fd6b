import type { Institutions, ShownCitation, Wording } from '../answering/citation.ts';
import { claimWords } from '../answering/claim-words.ts';
import { sourceHosts } from '../answering/source-hosts.ts';
import type { ChannelName } from '../channels/channel.ts';
import { type Knowledge, speakingClaims } from '../knowledge/knowledge.ts';
import type { Unit } from '../knowledge/unit.ts';
import type { Turn } from './turn.ts';

/** On Teams a reply carries the words of what it cites, and who answers for it, for the card to show. */
export function withWording(
  turn: Turn,
  channel: ChannelName,
  { knowledge }: { readonly knowledge: Knowledge },
): Turn {
  const { reply } = turn;
  if (channel !== 'teams' || reply === undefined || reply.citations.length === 0) return turn;
  const citations = reply.citations.map((citation) => unfolded(citation, knowledge.units.get(citation.unit)));
  return { ...turn, reply: { ...reply, citations } };
}

function unfolded(citation: ShownCitation, unit: Unit | undefined): ShownCitation {
  if (unit === undefined) return citation;
  const [wording, institutions] = [wordingOf(unit), institutionsOf(unit)];
  return {
    ...citation,
    ...(wording === undefined ? {} : { wording }),
    ...(institutions === undefined ? {} : { institutions }),
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

function institutionsOf({ responsible, linked }: Unit): Institutions | undefined {
  if (responsible === undefined && linked.length === 0) return undefined;
  return { ...(responsible === undefined ? {} : { responsible }), linked };
}
