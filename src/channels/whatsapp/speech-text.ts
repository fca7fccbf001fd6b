import type { Language } from '../../knowledge/unit.ts';
import { addressWords, initialsWords } from './speech-abbreviations.ts';
import { digitWords, type Gender, numberWords, ordinalWords } from './speech-numbers.ts';

/** Signs that mean something only to the eye. */
const SIGNS = /[*∗ˍ∼‘`~«»“”"•›]/g;
const LINK = /https?:\/\/\S+/g;
const ADDRESS = /\b[\w.-]+@[\w-]+(?:\.[\w-]+)+\b|\b(?:[a-z0-9-]+\.)+(?:gt|org|com|net|int|gob)\b/g;
/** With the prefix of Guatemala where it is for who rings from abroad. */
const EIGHT_DIGITS = /(?:\+ ?(502) ?)?(?<!\d)(\d{4})[- ](\d{4})(?![\d-])/g;
const INITIALS = /\b[A-ZÑ]{2,}(?:i[A-Z]+)?\b/g;
/** "RP3", "CA-4". */
const CODE = /\b([A-Z]{2,3})-?(\d{1,3})\b/g;
const ABBREVIATIONS: readonly (readonly [RegExp, string])[] = [
  [/EE\. ?UU\./g, 'Estados Unidos'],
  [/\b[Aa]rt\. ?(?=\d)/g, 'artículo '],
  [/\b(?:[Nn]o|[Nn]úm)\. ?(?=\d)/g, 'número '],
  [/\betc\./g, 'etcétera.'],
  [/\by\/o\b/g, 'o'],
  [/(?<=\d) ?%/g, ' por ciento'],
  [/(?<=\d) ?km\b/g, ' kilómetros'],
  [/ \((\d+) a (\d+) de (\d+)\)/g, ', del $1 al $2, de $3'],
  // The title of a guide says again what was asked.
  [/(?<=^Lo dice: .*)(Guía de trámites|Directorio de instituciones): [^;\n]*/gm, '$1'],
  [/\bEscriba 1 para ver más\b/g, 'Escriba el número 1 para saber más'],
];

/**
 * What WhatsApp shows, written out for the ear: no markup, no links; in Spanish also amounts, telephone numbers (digit by
 * digit, those of eight digits twice), hours, initials and addresses in words. One sentence after another, in one line.
 */
export function textForEar(shown: string, language: Language): string {
  const lines = shown
    .replace(LINK, '')
    .split('\n')
    .map((line) => line.replace(SIGNS, '').trim())
    .filter((line) => line !== '');
  const said = language === 'es' ? spanish(lines.join('\n')).split('\n') : lines;
  return tidy(
    said
      .filter((line) => line !== '')
      .map(sentence)
      .join(' '),
  );
}

/** A line of a list ends nowhere to the ear unless it is told so. */
function sentence(line: string): string {
  return /[.:;!?…]$/.test(line) ? line : `${line}.`;
}

function spanish(whole: string): string {
  const steps: readonly ((text: string) => string)[] = [
    withoutSaidSources,
    (text) => ABBREVIATIONS.reduce((said, [written, word]) => said.replace(written, word), text),
    (text) => text.replace(/^(\d+)\. /gm, (_, count: string) => `${capital(numberWords(Number(count)))}: `),
    withoutIdleInitials,
    (text) => text.replace(/\s*\(([^()]*)\)/g, ', $1,'),
    (text) => text.replace(ADDRESS, addressWords),
    money,
    phones,
    hours,
    places,
    (text) => text.replace(CODE, (_, letters: string, digits: string) => `${letters} ${digits}`),
    (text) => text.replace(INITIALS, initialsWords),
    numbers,
  ];
  return steps.reduce((text, step) => step(text), whole);
}

/** What names its articles as it goes has no need to name them again at the end. */
function withoutSaidSources(text: string): string {
  return text.replace(/^Lo dice: (.+)$/gm, (_, line: string, at: number) => {
    const before = text.slice(0, at);
    const unsaid = line.split('; ').filter((source) => !before.includes(source));
    return unsaid.length === 0 ? '' : `Lo dice: ${unsaid.join('; ')}`;
  });
}

/** "Instituto Guatemalteco de Migración (IGM)": the initials are said only where they are used again. */
function withoutIdleInitials(text: string): string {
  return text.replace(/(?<=\p{L}) \(([A-ZÑ]{2,}(?:i[A-Z]+)?)\)/gu, (written, initials: string) => {
    const isUsed = new RegExp(`(?<![\\p{L}(])${initials}(?![\\p{L}])`, 'u').test(text);
    return isUsed ? written : '';
  });
}

/** "Q3,000" and "USD 25", with cents where there are any. */
function money(text: string): string {
  const units = {
    Q: ['quetzal', 'quetzales'],
    USD: ['dólar', 'dólares'],
    US$: ['dólar', 'dólares'],
  } as const;
  return text.replace(
    /(?<![\p{L}\d])(USD|US\$|Q)\.? ?(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d{2}))?(?!\d)/gu,
    (_, code: keyof typeof units, whole: string, cents: string | undefined) => {
      const value = Number(whole.replaceAll(',', ''));
      const [one, many] = units[code];
      const rest = Number(cents ?? 0);
      const tail = rest === 0 ? '' : ` con ${numberWords(rest, 'masculine')} centavos`;
      return `${numberWords(value, 'masculine')} ${value === 1 ? one : many}${tail}`;
    },
  );
}

/** Eight digits are said twice where they are first said; the short lines, known by what stands before them, once. */
function phones(text: string): string {
  return text
    .replace(
      EIGHT_DIGITS,
      (written, abroad: string | undefined, first: string, second: string, at: number) => {
        const said = `${digitWords(first)}; ${digitWords(second)}`;
        const whole = abroad === undefined ? said : `más, ${digitWords(abroad)}; ${said}`;
        const isRepeated = text.slice(0, at).includes(written.slice(-'0000-0000'.length));
        return isRepeated ? whole : `${whole}. Repito: ${whole}`;
      },
    )
    .replace(
      /(?<=\b(?:al|el|la|o|y|es|teléfono|línea|número|llame|marque)[ :]+|: )(1[125]\d{1,2})(?![\d,.:-]*\d)/gi,
      (digits) => digitWords(digits),
    );
}

function hours(text: string): string {
  return text.replace(/\b([01]?\d|2[0-3]):([0-5]\d)(?: (?:horas|hrs?\.?))?/g, (_, h: string, m: string) => {
    const hour = Number(h);
    const twelve = hour % 12 === 0 ? 12 : hour % 12;
    const minutes = m === '00' ? '' : m === '30' ? ' y media' : ` y ${numberWords(Number(m))}`;
    const part = hour < 12 ? 'de la mañana' : hour < 19 ? 'de la tarde' : 'de la noche';
    return `${numberWords(twelve, 'feminine')}${minutes} ${hour === 12 ? 'del mediodía' : part}`;
  });
}

/** "6a avenida 3-11", and the numbers of decrees, which are said alike. */
function places(text: string): string {
  return text
    .replace(/\b(\d{1,2})[aª]\.? (?=avenida|calle)/gi, (_, count: string) => {
      const value = Number(count);
      return `${ordinalWords(value) ?? numberWords(value)} `;
    })
    .replace(/(?<=\d)-(?=\d)/g, ' guion ');
}

const NO_NOUN = /^(?:a|al|o|y|e|de|del|para|en|por|con|que|si|no|es|más|guion|punto|según|hasta|el|la|se)$/;

function numbers(text: string): string {
  return text
    .replace(/(?<=\p{L})(?=\d)|(?<=\d)(?=\p{L})/gu, ' ')
    .replace(
      /(?<!\d)(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d+))?(?=(?: ([\p{L}]+))?)/gu,
      (_, whole: string, decimals: string | undefined, next: string | undefined) => {
        const digits = whole.replaceAll(',', '');
        if (digits.length > 9) return digitWords(digits);
        if (decimals !== undefined) return `${numberWords(Number(digits))} punto ${digitWords(decimals)}`;
        return numberWords(Number(digits), genderBefore(next));
      },
    );
}

function genderBefore(next: string | undefined): Gender {
  if (next === undefined || NO_NOUN.test(next)) return 'alone';
  if (/^(?:días?|mapas?|problemas?|programas?)$/.test(next)) return 'masculine';
  return /(?:as?|ciones|ción|dad|dades)$/.test(next) ? 'feminine' : 'masculine';
}

function capital(word: string): string {
  return word.slice(0, 1).toUpperCase() + word.slice(1);
}

function tidy(text: string): string {
  return text
    .replace(/[\s_]+/g, ' ')
    .replace(/ ([,.;:!?])/g, '$1')
    .replace(/,(?=[,.;:!?])/g, '')
    .replace(/;(?=\.)/g, '')
    .trim();
}
