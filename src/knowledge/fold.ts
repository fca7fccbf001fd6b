/** Lower case without accents; ñ becomes n, since people write both. */
export function fold(text: string): string {
  // Marks that stand apart go first: putting a long run of them in order takes time by the square of its length.
  return text
    .replace(/\p{M}+/gu, '')
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase();
}
