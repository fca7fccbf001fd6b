/** A text of a card. `text` is Markdown: what people or the knowledge wrote goes through `cardText` first. */
export interface TextBlock {
  readonly type: 'TextBlock';
  readonly text: string;
  readonly wrap: true;
  readonly size?: 'small';
  readonly weight?: 'bolder';
  readonly color?: 'attention';
  readonly isSubtle?: true;
  readonly spacing?: 'none' | 'small' | 'medium';
  readonly style?: 'heading';
}

/** Elements that are shown, hidden and coloured together. */
export interface Container {
  readonly type: 'Container';
  readonly id?: string;
  readonly items: readonly CardElement[];
  readonly isVisible?: false;
  readonly separator?: true;
  readonly style?: 'emphasis' | 'warning';
  readonly spacing?: 'medium';
}

/** A field to write in. */
export interface TextInput {
  readonly type: 'Input.Text';
  readonly id: string;
  readonly label: string;
  readonly isMultiline: true;
  readonly maxLength: number;
  readonly isRequired: true;
  readonly errorMessage: string;
}

/** Buttons in a row; three at most, so that a phone shows them all. */
export interface ActionSet {
  readonly type: 'ActionSet';
  readonly actions: readonly CardButton[];
  readonly spacing?: 'small';
}

/** A button that unfolds a container, or asks Orienta for something. */
export type CardButton = ToggleButton | ExecuteButton;

/** Shows and hides, without asking anybody. */
interface ToggleButton {
  readonly type: 'Action.ToggleVisibility';
  readonly title: string;
  readonly targetElements: readonly string[];
}

/**
 * Sends an `adaptiveCard/action`. Its verb and `occasion` are its idempotency key: pressed again with the same ones it is
 * done once. Not `key`: the Playground's renderer keeps that name for itself, and then sends nothing.
 */
export interface ExecuteButton {
  readonly type: 'Action.Execute';
  readonly title: string;
  readonly verb: string;
  readonly data: { readonly occasion: string } & Readonly<Record<string, string>>;
  /** `auto` sends what was written in the card's fields along. */
  readonly associatedInputs: 'none' | 'auto';
}

/** What stands in a card. */
export type CardElement = TextBlock | Container | TextInput | ActionSet;

/** A card as Teams and the Playground take it. */
export interface AdaptiveCard {
  readonly type: 'AdaptiveCard';
  readonly $schema: 'http://adaptivecards.io/schemas/adaptive-card.json';
  readonly version: '1.5';
  /** What a client shows that cannot show the card. */
  readonly fallbackText: string;
  /** What is read aloud. */
  readonly speak: string;
  readonly body: readonly CardElement[];
  /** Teams shows a card narrow unless asked. */
  readonly msteams: { readonly width: 'Full' };
}

/** Text that wraps; `more` says how it looks. */
export function textBlock(
  text: string,
  more: Partial<Omit<TextBlock, 'type' | 'text' | 'wrap'>> = {},
): TextBlock {
  return { type: 'TextBlock', text, wrap: true, ...more };
}

/** A card around a body. */
export function adaptiveCard(
  body: readonly CardElement[],
  words: Pick<AdaptiveCard, 'fallbackText' | 'speak'>,
): AdaptiveCard {
  return {
    type: 'AdaptiveCard',
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    version: '1.5',
    ...words,
    body,
    msteams: { width: 'Full' },
  };
}
