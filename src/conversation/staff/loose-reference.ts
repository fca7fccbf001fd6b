import { fold } from '../../knowledge/fold.ts';

/** Short forms as officials write them, and what they stand for. */
const SHORT: readonly (readonly [RegExp, string])[] = [
  [/\b(?:dto|dcto|decr|dec)\b\.?/g, 'decreto'],
  [/\bdecretos?\s*-?\s*ley\b/g, 'decreto ley'],
  [/\b(?:a\.?\s?g|ac\.?\s?gub|acdo\.?\s?gub|acuerdo\s+gub)\b\.?/g, 'acuerdo gubernativo'],
  [/\b(?:acdo|acdo|ac)\b\.?(?=\s)/g, 'acuerdo'],
  [/\bcod\b\.?/g, 'codigo'],
  [/\bconst\b\.?/g, 'constitucion'],
  [/\b(?:reg|regl|rgto|regto)\b\.?/g, 'reglamento'],
  [/\b(?:arts?|artic|articulos)\b\.?/g, 'articulo'],
  [/\b(?:num(?:ero)?|no|nro)\b\.?\s*(?=\d)/g, ''],
  [/#\s*(?=\d)/g, ''],
];
/** "95 98", "16/2025", "44.2016", "5 del 2022": the two halves of a norm's number, the second one a year. */
const HALVES = /\b(\d{1,4})(?:\s*[./–_-]\s*|\s+(?:del?\s+)?)((?:19|20)\d{2}|[5-9]\d)\b(?!\s*[-/]\s*\d)/g;
/** A number that stands for an article: no half of a norm's number. */
const LONE = /(?<![\d-])(\d{1,3}(?:\s(?:bis|ter|quater|transitorio))?)\b(?![\d-]|\s*[-–/]\s*\d)/;
/** Numbers of norms without a year are told by the word before them. */
const NUMBERED = /(?:decreto(?: ley)?|acuerdo(?: gubernativo)?|amn|igm|renap|resolucion|eje|ca)[\s-]+$/;

/**
 * Writes a loose reference so that it can be read: short forms in full, "95 98" as 95-98, and "artículo" before a number
 * that stands alone. @returns folded text
 */
export function spellOut(said: string): string {
  const folded = fold(said).replace(/\s+/g, ' ');
  const full = SHORT.reduce((text, [short, long]) => text.replace(short, long), folded)
    .replace(HALVES, '$1-$2')
    .replace(/\s+/g, ' ')
    .trim();
  const lone = LONE.exec(full);
  if (lone === null || /\barticulo/.test(full)) return full;
  const before = full.slice(0, lone.index);
  return NUMBERED.test(before) ? full : `${before}articulo ${full.slice(lone.index)}`;
}
