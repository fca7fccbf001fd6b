import type { Block } from '../../answering/answer.ts';
import type { Days } from '../../answering/validity-on.ts';
import type { ReplyKind } from '../../channels/channel.ts';
import type { Audience, Unit } from '../../knowledge/unit.ts';

/** What staff can order by a word: a norm, its validity, who answers for an action, an institution's actions. */
export type LookupWord = 'norma' | 'vigencia' | 'responsable' | 'acciones';

/** One thing that may be picked by its number. */
export interface DeskChoice {
  readonly label: string;
  /** What is asked when it is picked. */
  readonly ask: string;
}

/** What an order comes to. */
export interface DeskAnswer {
  readonly kind: Extract<ReplyKind, 'answer' | 'clarify' | 'declined'>;
  readonly blocks: readonly Block[];
  /** The units it rests on, the one it is about first; each is cited. */
  readonly units: readonly Unit[];
  /** What it is about, as a question that the next message may lean on; empty for nothing. */
  readonly topic: string;
  /** What the numbers of its last list stand for. */
  readonly choices?: readonly DeskChoice[];
}

/** The limits within which an order is answered. */
export interface DeskLimits extends Required<Days> {
  readonly audience: Audience;
}

/** Answers one order's argument; undefined when it is none, and the message a question after all. */
export type Lookup = (
  argument: string,
  limits: DeskLimits,
) => DeskAnswer | undefined | Promise<DeskAnswer | undefined>;

/** Says that something is not held, and offers what is called nearly so. */
export function notHeld(sentence: string, offer: string, choices: readonly DeskChoice[]): DeskAnswer {
  const said = { kind: 'paragraph', text: sentence, worth: 'lead' } as const;
  if (choices.length === 0) return { kind: 'declined', blocks: [said], units: [], topic: '' };
  return { kind: 'declined', blocks: [said, offerList(offer, choices)], units: [], topic: '', choices };
}

/** Choices by number under a title. */
export function offerList(title: string, choices: readonly DeskChoice[]): Block {
  return {
    kind: 'list',
    title,
    ordered: true,
    items: choices.map(({ label }) => label),
    worth: 'aside',
  };
}
