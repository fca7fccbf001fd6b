import { assertNever } from '../../../errors.ts';
import type { ImportDifference, ImportReport } from '../../../knowledge/importer.ts';
import { execute } from '../card-buttons.ts';
import { type AdaptiveCard, adaptiveCard, type CardElement, textBlock } from '../card-elements.ts';
import { cardText } from '../card-text.ts';
import type { Decision, ImportOutcome, PendingImport } from './pending-imports.ts';

/** The verbs of the buttons; each bears the id of the examination. */
export const IMPORT_VERBS = {
  apply: 'orienta.aplicar-archivo',
  discard: 'orienta.descartar-archivo',
} as const satisfies Readonly<Record<Decision, string>>;

const MOST_LABELS = 20;
const LONGEST_NAME = 120;
const KINDS = ['new', 'changed', 'gone'] as const satisfies readonly ImportDifference['kind'][];
const KIND_WORDS = {
  new: 'Nuevos',
  changed: 'Cambian',
  gone: 'Ya no están',
} as const satisfies Readonly<Record<ImportDifference['kind'], string>>;

/** The report of a file. The buttons are there as long as there is something to decide. */
export function importCard(
  { id, name, report }: PendingImport,
  outcome: ImportOutcome | undefined,
): AdaptiveCard {
  const title = `Revisión de «${short(name)}»`;
  const lines = [...reportLines(report), ...(outcome === undefined ? [] : [outcomeWords(outcome)])];
  const isOpen = outcome === undefined || outcome.kind === 'failed';
  const body: readonly CardElement[] = [
    textBlock(cardText(title), { weight: 'bolder', style: 'heading' }),
    ...reportLines(report).map((line) => textBlock(cardText(line))),
    ...(outcome === undefined ? [] : [textBlock(cardText(outcomeWords(outcome)), { weight: 'bolder' })]),
    ...(isOpen ? [decisions(id)] : []),
  ];
  return adaptiveCard(body, { fallbackText: [title, ...lines].join('\n'), speak: title });
}

function decisions(occasion: string): CardElement {
  return {
    type: 'ActionSet',
    actions: [
      execute('Aplicar', IMPORT_VERBS.apply, { occasion }),
      execute('Descartar', IMPORT_VERBS.discard, { occasion }),
    ],
  };
}

function reportLines({ title, found, gaps, duplicates, differences }: ImportReport): readonly string[] {
  return [
    `Pertenece a: ${title}`,
    `Encontrados: ${found}`,
    `Faltan: ${counted(gaps)}`,
    `Repetidos: ${counted(duplicates)}`,
    ...differenceLines(differences),
  ];
}

function differenceLines(differences: readonly ImportDifference[]): readonly string[] {
  if (differences.length === 0) return ['No hay diferencias con lo que ya está cargado.'];
  return KINDS.flatMap((kind) => {
    const labels = differences.filter((difference) => difference.kind === kind).map(({ label }) => label);
    return labels.length === 0 ? [] : [`${KIND_WORDS[kind]}: ${counted(labels)}`];
  });
}

function counted(labels: readonly string[]): string {
  if (labels.length === 0) return 'ninguno';
  const rest = labels.length - MOST_LABELS;
  const some = labels.slice(0, MOST_LABELS).join(', ');
  return `${labels.length} (${some}${rest > 0 ? ` y ${rest} más` : ''})`;
}

function outcomeWords(outcome: ImportOutcome): string {
  switch (outcome.kind) {
    case 'applied':
      return 'Aplicado. Las respuestas ya usan este texto.';
    case 'discarded':
      return 'Descartado. No cambié nada.';
    case 'expired':
      return 'Este informe ya venció. Envíe el archivo otra vez.';
    case 'failed':
      return 'No se pudo y no cambié nada. Inténtelo otra vez.';
    case 'refused':
      return `No lo apliqué. ${outcome.reason}`;
    default:
      return assertNever(outcome);
  }
}

function short(name: string): string {
  return name.length <= LONGEST_NAME ? name : `${name.slice(0, LONGEST_NAME - 1)}…`;
}
