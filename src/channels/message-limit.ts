/** Longest message that is taken from a person, in UTF-16 code units: a long letter, and no book. */
export const MAX_MESSAGE_LENGTH = 2_000;
