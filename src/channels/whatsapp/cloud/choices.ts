import type { Language } from '../../../knowledge/unit.ts';
import type { Reply } from '../../channel.ts';

/** A message with buttons or a list. Tapping one sends its id back, the number that can also be typed. */
export type Interactive =
  | {
      readonly type: 'button';
      readonly body: { readonly text: string };
      readonly action: {
        readonly buttons: readonly {
          readonly type: 'reply';
          readonly reply: { readonly id: string; readonly title: string };
        }[];
      };
    }
  | {
      readonly type: 'list';
      readonly body: { readonly text: string };
      readonly action: {
        readonly button: string;
        readonly sections: readonly { readonly title: string; readonly rows: readonly Row[] }[];
      };
    };

interface Row {
  readonly id: string;
  readonly title: string;
  readonly description?: string;
}

const MOST_BODY = 1_024;
const MOST_BUTTONS = 3;
const MOST_BUTTON_TITLE = 20;
const MOST_ROWS = 10;
const MOST_ROW_TITLE = 24;
const MOST_ROW_DESCRIPTION = 72;

/** What asks for the rest of an answer, at most 20 characters. */
const MORE: Readonly<Record<Language, string>> = {
  es: 'Ver más',
  en: 'See more',
  pt: 'Ver mais',
  fr: 'En voir plus',
  ht: 'Wè plis',
};
/** What opens a list, at most 20 characters, and the title above its rows, at most 24. */
const LIST_WORDS: Readonly<Record<Language, { readonly open: string; readonly title: string }>> = {
  es: { open: 'Ver opciones', title: 'Opciones' },
  en: { open: 'See options', title: 'Options' },
  pt: { open: 'Ver opções', title: 'Opções' },
  fr: { open: 'Voir les options', title: 'Options' },
  ht: { open: 'Gade chwa yo', title: 'Chwa yo' },
};

/**
 * The last message of a reply with its choices to tap. The text stays whole, so that whoever cannot tap can still type.
 * @returns undefined when nothing is offered, or it does not fit
 */
export function withChoices(reply: Reply, text: string): Interactive | undefined {
  if (text.length > MOST_BODY) return undefined;
  const hasMore = reply.place === 'first' || reply.place === 'middle';
  const choices = reply.kind === 'clarify' ? choicesOf(reply) : [];
  if (choices.length === 0) {
    return hasMore ? buttons(text, [{ id: '1', title: MORE[reply.language] }]) : undefined;
  }
  const titles = choices.map(({ title }) => title);
  const areShort = titles.every(({ length }) => length > 0 && length <= MOST_BUTTON_TITLE);
  // The API refuses buttons with the same title.
  const areDifferent = new Set(titles).size === titles.length;
  if (choices.length <= MOST_BUTTONS && areShort && areDifferent) return buttons(text, choices);
  return choices.length <= MOST_ROWS ? rows(text, choices, LIST_WORDS[reply.language]) : undefined;
}

/** `id` is the number that stands before it in the text. */
interface Choice {
  readonly id: string;
  readonly title: string;
}

function choicesOf({ blocks }: Reply): readonly Choice[] {
  const lists = blocks.filter((block) => block.kind === 'list').filter(({ ordered }) => ordered);
  // Two lists would give each number two meanings.
  const [only, ...others] = lists;
  if (only === undefined || others.length > 0) return [];
  const { start = 1, items } = only;
  return items.map((item, index) => ({ id: String(start + index), title: item.replace(/\s+/g, ' ').trim() }));
}

function buttons(text: string, choices: readonly Choice[]): Interactive {
  const replies = choices.map(({ id, title }) => ({ type: 'reply', reply: { id, title } }) as const);
  return { type: 'button', body: { text }, action: { buttons: replies } };
}

function rows(
  text: string,
  choices: readonly Choice[],
  words: { readonly open: string; readonly title: string },
): Interactive {
  const section = { title: words.title, rows: choices.map(row) };
  return { type: 'list', body: { text }, action: { button: words.open, sections: [section] } };
}

function row({ id, title: choice }: Choice): Row {
  const title = `${id}. ${choice}`;
  if (title.length <= MOST_ROW_TITLE) return { id, title };
  return { id, title: cut(title, MOST_ROW_TITLE), description: cut(choice, MOST_ROW_DESCRIPTION) };
}

/** At a word's end where there is one, never inside a character. */
function cut(text: string, most: number): string {
  if (text.length <= most) return text;
  let short = '';
  for (const character of text) {
    if (short.length + character.length > most - 1) break;
    short += character;
  }
  const isWholeWord = /\s/.test(text.charAt(short.length));
  const end = isWholeWord ? short.length : short.lastIndexOf(' ');
  return `${(end > most / 2 ? short.slice(0, end) : short).trimEnd()}…`;
}
