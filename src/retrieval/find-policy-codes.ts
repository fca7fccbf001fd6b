import type { Unit } from '../knowledge/unit.ts';

/*
 * The policy is cited by the place of a part in it: axis, line, action. Their ids say the same: `eje-1`, `e1-b`,
 * `e1-b-2`. So which parts there are is read from the units, and only the ways of writing a place stand here.
 */

const ordinals: Readonly<Record<string, string>> = {
  uno: '1',
  primer: '1',
  primero: '1',
  i: '1',
  dos: '2',
  segundo: '2',
  ii: '2',
  tres: '3',
  tercer: '3',
  tercero: '3',
  iii: '3',
  cuatro: '4',
  cuarto: '4',
  iv: '4',
};
const ordinal = `\\d|${Object.keys(ordinals).join('|')}`;
const axis = `(?:ejes?\\s+(?:estrategico\\s+)?(?:numero\\s+|no\\.?\\s+)?(${ordinal})|(${ordinal})\\s+eje)`;
/** "e1-b", "E1.b.2", "e1b". */
const short = /\be(\d)[\s.-]?([a-z])(?:[\s.-]?(\d{1,2}))?\b/g;
/** "línea b del eje 1", "acción 2 de la línea b del eje uno", "eje 1, línea b", "eje 1". */
const inner = '(?:accion\\s+(\\d{1,2})\\s+de\\s+la\\s+)?linea\\s+([a-z])';
const spelled = new RegExp(
  `\\b(?:${inner}\\s+(?:del|de|en\\s+el)\\s+)?${axis}\\b(?:,?\\s+(?:linea\\s+([a-z])\\b)(?:,?\\s+accion\\s+(\\d{1,2})\\b)?)?`,
  'g',
);

/** Finds the parts of the policy that a folded text names by their place, in order. */
export type FindPolicyCodes = (folded: string) => readonly Unit[];

/** Reads from the units which parts there are. */
export function createFindPolicyCodes(units: Iterable<Unit>): FindPolicyCodes {
  const byCode = new Map<string, Unit>();
  for (const unit of units) {
    const code = /^[^/]+\/(eje-\d|e\d-[a-z](?:-\d{1,2})?)$/.exec(unit.id)?.[1];
    if (code !== undefined) byCode.set(code, unit);
  }
  return (folded) => {
    const found = [
      ...[...folded.matchAll(short)].map((match) => ({
        at: match.index,
        code: codeOf(match[1], match[2], match[3]),
      })),
      ...[...folded.matchAll(spelled)].map((match) => {
        const [, action, line, numbered = '', counted = '', laterLine, laterAction] = match;
        const number = numbered === '' ? counted : numbered;
        return {
          at: match.index,
          code: codeOf(ordinals[number] ?? number, line ?? laterLine, action ?? laterAction),
        };
      }),
    ].sort((a, b) => a.at - b.at);
    return [...new Set(found.flatMap(({ code }) => byCode.get(code) ?? []))];
  };
}

function codeOf(axis: string | undefined, line: string | undefined, action: string | undefined): string {
  if (line === undefined) return `eje-${axis}`;
  return action === undefined ? `e${axis}-${line}` : `e${axis}-${line}-${action}`;
}
