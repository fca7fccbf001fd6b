import type { InboundMessage, MessageForm } from '../channels/channel.ts';

/** What a person sent in one turn, its fragments made one. A plain message of text is one as it is. */
export interface TurnMessage
  extends Pick<InboundMessage, 'channel' | 'audience' | 'text' | 'quoted' | 'receivedAt' | 'asOf'> {
  /** What was understood of voice notes; it stands in `text` too. */
  readonly heard?: string;
  /** The forms among what was sent that hold something which cannot be read. */
  readonly unread?: ReadonlySet<MessageForm>;
  /** The id of the place whose location was sent; empty when it is none that is known. */
  readonly place?: string;
  /** The emoji of a reaction. */
  readonly reaction?: string;
  /** True when it came from a telephone of another country; absent when that is not known. */
  readonly outsideGuatemala?: boolean;
}

/** What is read of one message of a turn. */
export interface Fragment {
  readonly form: MessageForm;
  readonly text: string;
  readonly quoted?: string | undefined;
}

/**
 * Makes the fragments of a turn one: what was written, said or captioned is the text, line by line; the last location,
 * reaction and quote count.
 */
export function gatherFragments(
  fragments: readonly Fragment[],
): Pick<TurnMessage, 'text' | 'quoted' | 'heard' | 'unread' | 'place' | 'reaction'> {
  const textOf = (forms: readonly MessageForm[]) =>
    fragments
      .filter(({ form, text }) => forms.includes(form) && text.trim() !== '')
      .map(({ text }) => text)
      .join('\n');
  const lastOf = (wanted: MessageForm) => fragments.findLast(({ form }) => form === wanted)?.text;
  const quoted = fragments.findLast((fragment) => fragment.quoted !== undefined)?.quoted;
  const heard = textOf(['voice']);
  const [place, reaction] = [lastOf('location'), lastOf('reaction')];
  return {
    text: textOf(['text', 'voice', 'picture', 'document']),
    unread: new Set(fragments.filter(isUnread).map(({ form }) => form)),
    ...(quoted === undefined ? {} : { quoted }),
    ...(heard === '' ? {} : { heard }),
    ...(place === undefined ? {} : { place }),
    ...(reaction === undefined ? {} : { reaction }),
  };
}

/** The words under a picture are read, the picture is not. */
function isUnread({ form, text }: Fragment): boolean {
  switch (form) {
    case 'text':
    case 'location':
    case 'reaction':
      return false;
    case 'voice':
      return text.trim() === '';
    default:
      return true;
  }
}
