import type { VNode } from 'preact';
import { renderToString } from 'preact-render-to-string';

/** A whole page as text. Preact escapes every text and attribute in it. */
export function renderPage(page: VNode): string {
  return `<!doctype html>${renderToString(page)}`;
}

/** A part of a page as text, escaped in the same way. */
export function renderFragment(part: VNode): string {
  return renderToString(part);
}
