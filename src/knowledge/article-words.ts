/** "46", "75-77", "22 bis", "19 transitorio", "102 literal n"; not "78 (del Código de Migración)", another norm's. */
const NUMBER = /^\d+(-\d+)?( (bis|ter|quater|transitorio|literal [a-zñ]))?$/;

/** Whether an article's value is a number under which people find it in its own norm. */
export function isArticleNumber(article: string): boolean {
  return NUMBER.test(article);
}

/** An article's number in a sentence: "artículo 6", "artículos 75 a 77". */
export function articleWords(article: string): string {
  const range = /^(\d+)-(\d+)$/.exec(article);
  return range === null ? `artículo ${article}` : `artículos ${range[1]} a ${range[2]}`;
}
