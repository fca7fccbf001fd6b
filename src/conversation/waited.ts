import { fill, type Phrases } from '../answering/phrases.ts';
import { guatemalanDay, guatemalanHour } from './guatemalan-time.ts';

/** A reply within this time needs no word about which message it answers. */
const SOON_MS = 10 * 60 * 1000;
const DAY_MS = 24 * 60 * 60 * 1000;

/** Says which message a late reply answers, by its hour; undefined when it did not wait long. */
export function waitedWords(receivedAt: Date, now: Date, phrases: Phrases): string | undefined {
  if (now.getTime() - receivedAt.getTime() <= SOON_MS) return undefined;
  const day = guatemalanDay(receivedAt);
  const [, month = '', date = ''] = day.split('-');
  const words = fill(phraseOf(day, now, phrases), {
    hora: guatemalanHour(receivedAt),
    dia: String(Number(date)),
    mes: phrases.months[Number(month) - 1] ?? '',
  });
  // Spanish says "las 21:40" and "la 1:40".
  return words.replace(/\blas 1:/, 'la 1:');
}

function phraseOf(day: string, now: Date, phrases: Phrases): string {
  if (day === guatemalanDay(now)) return phrases.waitedToday;
  const yesterday = guatemalanDay(new Date(now.getTime() - DAY_MS));
  return day === yesterday ? phrases.waitedYesterday : phrases.waitedDay;
}
