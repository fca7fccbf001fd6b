import { AdaptiveCard as Parser, SerializationContext, Versions } from 'adaptivecards';
import type { AdaptiveCard, CardElement } from '#src/channels/teams/card-elements.ts';

/** What the parser of Adaptive Cards finds wrong with a card; empty when it takes it as it is. */
export function faultsOf(card: AdaptiveCard): readonly string[] {
  const parser = new Parser();
  const context = new SerializationContext(Versions.v1_5);
  parser.parse(structuredClone(card), context);
  const events = Array.from({ length: context.eventCount }, (_, index) => context.getEventAt(index).message);
  const { validationEvents } = parser.validateProperties();
  return [...events, ...validationEvents.map(({ message }) => message)];
}

/** Every element of a card, those in containers included, in order. */
export function elementsOf({ body }: AdaptiveCard): readonly CardElement[] {
  const within = (element: CardElement): readonly CardElement[] =>
    element.type === 'Container' ? [element, ...element.items.flatMap(within)] : [element];
  return body.flatMap(within);
}

/** The Markdown of a card's texts, in order. */
export function textsOf(card: AdaptiveCard): readonly string[] {
  return elementsOf(card).flatMap((element) => (element.type === 'TextBlock' ? [element.text] : []));
}

/** The words on a card's buttons, in order. */
export function buttonsOf(card: AdaptiveCard): readonly string[] {
  return elementsOf(card).flatMap((element) =>
    element.type === 'ActionSet' ? element.actions.map(({ title }) => title) : [],
  );
}

/** The texts in the container with that id; undefined when there is none. */
export function folded(card: AdaptiveCard, id: string): readonly string[] | undefined {
  const container = elementsOf(card).find((element) => element.type === 'Container' && element.id === id);
  return container?.type === 'Container' ? textsOf({ ...card, body: container.items }) : undefined;
}
