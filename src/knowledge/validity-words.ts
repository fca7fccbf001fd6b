import { assertNever } from '../errors.ts';
import type { Validity } from './unit.ts';

const MONTHS = [
  'enero',
  'febrero',
  'marzo',
  'abril',
  'mayo',
  'junio',
  'julio',
  'agosto',
  'septiembre',
  'octubre',
  'noviembre',
  'diciembre',
];

/** A partial date in words: "8 de octubre de 2025", "octubre de 2025", "2025". */
export function dateWords(date: string): string {
  const [year, month, day] = date.split('-');
  const monthName = month === undefined ? undefined : MONTHS[Number(month) - 1];
  if (monthName === undefined) return year ?? date;
  return day === undefined ? `${monthName} de ${year}` : `${Number(day)} de ${monthName} de ${year}`;
}

function sinceWords(date: string): string {
  return date.length === 10 ? `el ${dateWords(date)}` : dateWords(date);
}

/** The state of a norm or unit in a few words: "vigente", "ya no está vigente desde 2016". */
export function validityWords(validity: Validity): string {
  switch (validity.status) {
    case 'vigente':
      return validity.since === undefined ? 'vigente' : `vigente desde ${sinceWords(validity.since)}`;
    case 'reformado':
      return 'vigente, con reformas';
    case 'derogado':
      return validity.until === undefined
        ? 'ya no está vigente'
        : `ya no está vigente desde ${sinceWords(validity.until)}`;
    case 'anulado':
      return validity.until === undefined ? 'anulado' : `anulado desde ${sinceWords(validity.until)}`;
    case 'por-confirmar':
      return 'vigencia por confirmar';
    default:
      return assertNever(validity.status);
  }
}
