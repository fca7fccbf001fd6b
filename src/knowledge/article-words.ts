/** An article's number in a sentence: "artículo 6", "artículos 75 a 77". */
export function articleWords(article: string): string {
  const range = /^(\d+)-(\d+)$/.exec(article);
  return range === null ? `artículo ${article}` : `artículos ${range[1]} a ${range[2]}`;
}
