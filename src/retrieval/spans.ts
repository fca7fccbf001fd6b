/** Where something stands in a text. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** The parts of one text that are spoken for. */
export interface SpanMap {
  isFree(span: Span): boolean;
  take(span: Span): void;
}

/** Remembers spans by character, so that telling overlaps takes time in step with the text however many there are. */
export function mapSpans(textLength: number): SpanMap {
  const taken = new Uint8Array(textLength);
  return {
    isFree: ({ start, end }) => !taken.subarray(start, end).includes(1),
    take: ({ start, end }) => {
      taken.fill(1, start, end);
    },
  };
}

/** The text with blanks in place of spans, which may come in any order. */
export function blankOut(text: string, spans: readonly Span[]): string {
  let rest = '';
  let from = 0;
  for (const { start, end } of [...spans].sort((a, b) => a.start - b.start)) {
    if (end <= from) continue;
    const begin = Math.max(start, from);
    rest += text.slice(from, begin) + ' '.repeat(end - begin);
    from = end;
  }
  return rest + text.slice(from);
}
