/** How each letter is called. */
const LETTERS: Readonly<Record<string, string>> = {
  ...{ a: 'a', b: 'be', c: 'ce', d: 'de', e: 'e', f: 'efe', g: 'ge', h: 'hache', i: 'i', j: 'jota' },
  ...{ k: 'ka', l: 'ele', m: 'eme', n: 'ene', ñ: 'eñe', o: 'o', p: 'pe', q: 'cu', r: 'erre', s: 'ese' },
  ...{ t: 'te', u: 'u', v: 'uve', w: 'doble uve', x: 'equis', y: 'i griega', z: 'zeta' },
};
/** Said as words though they do not look like any. */
const SAID_AS: Readonly<Record<string, string>> = {
  SVET: 'Esvet',
  IGSS: 'Igs',
  'EE. UU.': 'Estados Unidos',
};
/** One syllable of Spanish, as far as initials make some. */
const SYLLABLE = '(?:[BCDFGPT][LR]|QU|CH|LL|[BCDFGJKLMNPRSTVXYZÑ])?[AEIOUÁÉÍÓÚ]{1,2}[BCDFGLMNPRSTXZ]?';
const WORD = new RegExp(`^(?:${SYLLABLE})+$`);
/** "OIM" makes a syllable, and yet is spelled. */
const SPELLED = /^(?:[AEIOU]{2}[^AEIOU]|[^AEIOU]?[AEIOU]|[AEIOU][^AEIOU])$/;

/** Initials as they are said: "Renap" where they make a word, "i ge eme" where they make none. */
export function initialsWords(initials: string): string {
  const known = SAID_AS[initials];
  if (known !== undefined) return known;
  const upper = initials.toUpperCase();
  if (SPELLED.test(upper) || !WORD.test(upper)) return spell(initials);
  return `${upper.slice(0, 1)}${upper.slice(1).toLowerCase()}`;
}

/** A web or mail address as it is said: "i ge eme punto gob punto ge te". */
export function addressWords(address: string): string {
  return address
    .replace(/^www\./i, '')
    .split(/(@|\.|-|_)/)
    .map((part) => SIGNS[part] ?? addressPart(part))
    .join(' ');
}

const SIGNS: Readonly<Record<string, string>> = {
  '@': 'arroba',
  '.': 'punto',
  '-': 'guion',
  _: 'guion bajo',
};

function addressPart(part: string): string {
  if (part.length <= 3 && !/^(?:gob|com|org|net|int)$/.test(part)) return initialsWords(part.toUpperCase());
  return part;
}

function spell(initials: string): string {
  return [...initials.toLowerCase()].map((letter) => LETTERS[letter] ?? letter).join(' ');
}
