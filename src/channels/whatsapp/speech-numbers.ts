/** How a number stands before what it counts: "uno" alone, "un día", "una hora". */
export type Gender = 'alone' | 'masculine' | 'feminine';

const UNITS = [
  ...['cero', 'uno', 'dos', 'tres', 'cuatro', 'cinco', 'seis', 'siete', 'ocho', 'nueve', 'diez'],
  ...['once', 'doce', 'trece', 'catorce', 'quince', 'dieciséis', 'diecisiete', 'dieciocho', 'diecinueve'],
  ...['veinte', 'veintiuno', 'veintidós', 'veintitrés', 'veinticuatro', 'veinticinco', 'veintiséis'],
  ...['veintisiete', 'veintiocho', 'veintinueve'],
];
const TENS = ['', '', '', 'treinta', 'cuarenta', 'cincuenta', 'sesenta', 'setenta', 'ochenta', 'noventa'];
const HUNDREDS = [
  ...['', 'ciento', 'doscientos', 'trescientos', 'cuatrocientos', 'quinientos', 'seiscientos', 'setecientos'],
  ...['ochocientos', 'novecientos'],
];
const ORDINALS = [
  ...['', 'primera', 'segunda', 'tercera', 'cuarta', 'quinta', 'sexta', 'séptima', 'octava', 'novena'],
  'décima',
];
const MILLION = 1_000_000;

/** A whole number from 0 to 999,999,999 in Spanish words. */
export function numberWords(value: number, gender: Gender = 'alone'): string {
  if (value === 0) return 'cero';
  const millions = Math.floor(value / MILLION);
  const thousands = Math.floor((value % MILLION) / 1_000);
  const parts = [
    millions === 0 ? '' : millions === 1 ? 'un millón' : `${belowThousand(millions, 'masculine')} millones`,
    thousands === 0 ? '' : thousands === 1 ? 'mil' : `${belowThousand(thousands, before(gender))} mil`,
    belowThousand(value % 1_000, gender),
  ];
  return parts.filter((part) => part !== '').join(' ');
}

/** The digits of a number one by one: "dos, cuatro, uno, uno". */
export function digitWords(digits: string): string {
  return [...digits].map((digit) => UNITS[Number(digit)] ?? digit).join(', ');
}

/** "sexta", of an avenue or a street; undefined beyond the tenth, which are counted plainly. */
export function ordinalWords(value: number): string | undefined {
  return ORDINALS[value] || undefined;
}

/** "treinta y un mil", as before anything that is counted. */
function before(gender: Gender): Gender {
  return gender === 'feminine' ? 'feminine' : 'masculine';
}

function belowThousand(value: number, gender: Gender): string {
  if (value === 100) return 'cien';
  const hundreds = HUNDREDS[Math.floor(value / 100)] ?? '';
  const gendered = gender === 'feminine' ? hundreds.replace(/os$/, 'as') : hundreds;
  return [gendered, belowHundred(value % 100, gender)].filter((part) => part !== '').join(' ');
}

function belowHundred(value: number, gender: Gender): string {
  if (value === 0) return '';
  const said =
    UNITS[value] ??
    [TENS[Math.floor(value / 10)], UNITS[value % 10 || -1]].filter((part) => part !== undefined).join(' y ');
  if (gender === 'alone') return said;
  if (gender === 'feminine') return said.replace(/uno$/, 'una');
  return said.replace(/veintiuno$/, 'veintiún').replace(/uno$/, 'un');
}
