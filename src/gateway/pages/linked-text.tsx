import type { ComponentChildren, VNode } from 'preact';

/** Phones as Guatemala writes them, spans of years left out, and mail addresses. */
const REACHABLE = /\b(?!(?:19|20)\d\d-(?:19|20)\d\d)\d{4}-\d{4}\b|[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g;

/** A sentence in which phones and mail addresses can be tapped. */
export function LinkedText({ text }: { readonly text: string }): VNode {
  const parts: ComponentChildren[] = [];
  let end = 0;
  for (const match of text.matchAll(REACHABLE)) {
    const found = match[0];
    parts.push(text.slice(end, match.index));
    const href = found.includes('@') ? `mailto:${found}` : `tel:+502${found.replace('-', '')}`;
    parts.push(
      <a key={match.index} href={href}>
        {found}
      </a>,
    );
    end = match.index + found.length;
  }
  return (
    <>
      {parts}
      {text.slice(end)}
    </>
  );
}
