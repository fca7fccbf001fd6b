import type { VNode } from 'preact';
import type { Line } from '../../knowledge/unit.ts';

/** The numbers that are always in sight, with a word short enough for a small screen. */
const ALWAYS_SHOWN = [
  { number: '110', word: 'Policía' },
  { number: '122', word: 'Bomberos' },
  { number: '1555', word: 'PDH' },
] as const;

/** Emergency numbers in one quiet line; one the knowledge does not confirm is left out. */
export function EmergencyLine({ lines }: { readonly lines: readonly Line[] }): VNode | null {
  const shown = ALWAYS_SHOWN.filter(({ number }) => lines.some((line) => line.number === number));
  if (shown.length === 0) return null;
  return (
    <aside class="ring" aria-label="Números de emergencia">
      <ul class="wrap">
        <li>En peligro:</li>
        {shown.map(({ number, word }) => (
          <li key={number}>
            <a href={`tel:${number}`}>
              <b>{number}</b> {word}
            </a>
          </li>
        ))}
      </ul>
    </aside>
  );
}
