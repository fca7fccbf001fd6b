import type { Rule } from '../corpus.ts';

/*
 * Forms that only "tú" or "vos" have. Forms shared with "usted" or with other words (pide, lleva, pedí, te) are left
 * out on purpose: a rule that cries wolf gets switched off.
 */
const FAMILIAR = new Set(
  `tú tu tus tuyo tuya tuyos tuyas ti contigo vos
   tienes tenés puedes podés debes debés necesitas necesitás quieres querés eres sos estás sabes sabés haces hacés
   vives vivís pides pedís llevas llevás vienes venís vas tendrás podrás deberás recibirás tengas puedas quieras`.split(
    /\s+/,
  ),
);

const WORD = /\p{L}+/gu;

/** The first form of "tú" or "vos" in a text, as written. Words all in capitals are names (SOS, TI) and do not count. */
export function familiarForm(text: string): string | undefined {
  return text
    .match(WORD)
    ?.find((word) => FAMILIAR.has(word.toLowerCase()) && (word.length === 1 || word !== word.toUpperCase()));
}

/** Orienta says "usted". */
export const familiarRegister: Rule = ({ placedUnits }) =>
  placedUnits.flatMap((placed) => {
    const texts = [
      { path: ['title'], text: placed.unit.title },
      ...placed.unit.plain.map((text, index) => ({ path: ['plain', index], text })),
      ...placed.unit.claims.map((claim, index) => ({ path: ['claims', index, 'text'], text: claim.text })),
    ];
    return texts.flatMap(({ path, text }) => {
      const form = familiarForm(text);
      return form === undefined
        ? []
        : [placed.at(path, `dice «${form}»; Orienta trata de usted: cambie la frase`)];
    });
  });
