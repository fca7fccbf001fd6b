import { assertNever } from '../../errors.ts';
import type { Unit, Validity } from '../../knowledge/unit.ts';
import { dateWords, validityWords } from '../../knowledge/validity-words.ts';

/** How far a unit has been reviewed, as a person reads it. */
export function reviewWords({ review, asOf }: Pick<Unit, 'review' | 'asOf'>): string {
  switch (review.state) {
    case 'fuente-publica': {
      const year = asOf === undefined ? '' : ` de ${asOf.slice(0, 4)}`;
      return `Según fuentes públicas${year}; confirme en ventanilla.`;
    }
    case 'texto-oficial':
      return 'Según el texto oficial de la norma.';
    case 'validado':
      return `Revisado por ${review.by} el ${dateWords(review.on)}.`;
    default:
      return assertNever(review);
  }
}

/** How a page colours a state: in force, no longer so, or not known. */
export function stateClass({ status }: Validity): string {
  if (status === 'por-confirmar') return 'state unsure';
  return status === 'vigente' || status === 'reformado' ? 'state' : 'state off';
}

/** The state in time as the start of a line: "Vigente desde 2016". */
export function validityLine(validity: Validity): string {
  const words = validityWords(validity);
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}
