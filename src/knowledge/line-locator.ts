import { isMap, isScalar, LineCounter, parseDocument } from 'yaml';

/** A way into a parsed YAML file: `['units', 3, 'claims', 0, 'text']`. */
type DataPath = readonly PropertyKey[];

/** Finds the line (from 1) on which the value at a path starts; the nearest parent's where it does not exist. */
export type LineLocator = (path: DataPath) => number;

/**
 * Locates values in one YAML text. The text is parsed a second time, with positions, and only when a line is
 * first asked for: files without defects never pay for it.
 */
export function createLineLocator(text: string): LineLocator {
  let positions:
    | { readonly lines: LineCounter; readonly document: ReturnType<typeof parseDocument> }
    | undefined;
  return (path) => {
    if (positions === undefined) {
      const lines = new LineCounter();
      positions = { lines, document: parseDocument(text, { lineCounter: lines, logLevel: 'silent' }) };
    }
    for (let length = path.length; length > 0; length -= 1) {
      const offset = offsetOf(positions.document, path.slice(0, length));
      if (offset !== undefined) return positions.lines.linePos(offset).line;
    }
    return 1;
  };
}

function offsetOf(document: ReturnType<typeof parseDocument>, path: DataPath): number | undefined {
  const parent = path.length === 1 ? document.contents : document.getIn(path.slice(0, -1), true);
  const last = path.at(-1);
  // A key says where a field is; its value may start on the next line.
  if (isMap(parent)) {
    const pair = parent.items.find((item) => isScalar(item.key) && item.key.value === last);
    if (pair !== undefined && isScalar(pair.key)) return pair.key.range?.[0];
  }
  const node = document.getIn([...path], true);
  return rangeStart(node);
}

function rangeStart(node: unknown): number | undefined {
  if (typeof node !== 'object' || node === null || !('range' in node)) return undefined;
  return Array.isArray(node.range) && typeof node.range[0] === 'number' ? node.range[0] : undefined;
}
