/** Words that point back at what was said just before; at the very start, or after one word ("Sin ese permiso"). */
const POINTS_BACK =
  /^(?:(?:con|sin|en|por|para|de|a|desde|hasta) )?(?:es[aeo]s?|est[aeo]s?|ell[ao]s?|dich[ao]s?|tal(?:es)?)(?=[\s,:])/i;
/** Words that take back or limit what was said just before. */
const LIMITS =
  /^(?:pero|sin embargo|no obstante|aunque|aun as[ií]|salvo|excepto|menos|la excepci[oó]n|s[oó]lo|solamente|[uú]nicamente|lo dem[aá]s|otr[ao]s?|si no|de lo contrario|(?:las|dos) fuentes)(?=[\s,:])/i;
/** "También", "El IGM también". */
const ADDS = /^(?:\S+ ){0,2}(?:tambi[eé]n|tampoco|adem[aá]s)(?=[\s,:])/i;

/** Whether a sentence limits the one before it or points at it, so that apart from it either would mislead. */
export function dependsOnBefore(text: string): boolean {
  return POINTS_BACK.test(text) || LIMITS.test(text);
}

/** Whether a sentence reads as a second one: nobody begins with "También se pide en…". */
export function cannotOpen(text: string): boolean {
  return dependsOnBefore(text) || ADDS.test(text);
}
