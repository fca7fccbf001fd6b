/*
 * Takes out of a text what tells who somebody is. It runs on what people write before that text is kept, so it leans
 * to masking too much. Numbers of norms ("Decreto 44-2016"), articles, prices and short phone lines (1555) stay.
 */

interface Mask {
  readonly pattern: RegExp;
  readonly replacement: string;
}

/*
 * Every repetition has an upper end, and no part can match what the next one can: the text comes from strangers, and
 * trying all the ways to match it must not take time by the square of its length.
 */
const NAME = String.raw`\p{Lu}[\p{L}'’-]{1,40}(?:\s{1,3}(?:de|del|la|las|los|da|dos|du|y|e|\p{Lu}[\p{L}'’-]{1,40})){0,4}`;
const ANY_NAME = String.raw`[\p{L}'’-]{1,40}(?:\s{1,3}[\p{L}'’-]{1,40}){0,2}`;

const MASKS: readonly Mask[] = [
  {
    pattern: /[\p{L}\p{N}._%+-]{1,64}@[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63}){1,8}/gu,
    replacement: '[correo]',
  },
  { pattern: /https?:\/\/\S+/g, replacement: '[enlace]' },
  // Guatemala's DPI: thirteen digits, usually as 1234 12345 1234.
  { pattern: /(?<!\d)\d{4}[\s-]?\d{5}[\s-]?\d{4}(?!\d)/g, replacement: '[documento]' },
  // Honduras' identity card 0801-1990-12345, Nicaragua's 001-010190-0001A.
  { pattern: /(?<!\d)\d{3,4}-\d{4,6}-\d{4,5}\p{Lu}?(?!\d)/gu, replacement: '[documento]' },
  { pattern: /(?<!\d)\+\d[\d\s().-]{6,18}\d/g, replacement: '[teléfono]' },
  { pattern: /(?<!\d)\d{4}[\s.-]\d{4}(?!\d)/g, replacement: '[teléfono]' },
  // Passports and file numbers: letters with digits, or a long run of digits.
  { pattern: /(?<![\p{L}\d])\p{L}{1,3}[-\s]?\d{5,10}(?![\p{L}\d])/gu, replacement: '[documento]' },
  { pattern: /(?<!\d)\d{6,}(?!\d)/g, replacement: '[número]' },
  {
    pattern: new RegExp(
      String.raw`\b(me llamo|mi nombre (?:completo )?es|my name is|meu nome é|me chamo|je m['’ ]?appelle|mon nom est|mwen rele|non mwen se)\s{1,3}${ANY_NAME}`,
      'giu',
    ),
    replacement: '$1 [nombre]',
  },
  {
    pattern: new RegExp(
      String.raw`\b([Ss]oy|[Ii] am|[Ii]['’]m|[Ss]ou|[Jj]e suis|[Ss]e mwen)\s{1,3}${NAME}(?=[\s,.;:!?]|$)`,
      'gu',
    ),
    replacement: '$1 [nombre]',
  },
];

/** The text with mails, phones, identity numbers and names that somebody gives as their own replaced by what they are. */
export function maskPersonalData(text: string): string {
  return MASKS.reduce((masked, { pattern, replacement }) => masked.replace(pattern, replacement), text);
}
