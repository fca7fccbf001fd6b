import { maskPersonalData } from '../safety/mask-personal-data.ts';
import { LONGEST_TOPIC, type Matter } from './understand.ts';

/** The source that a quoted answer names: on the same line, or the first of the lines below. */
const SOURCE = /^[^\p{L}\n]*(?:Lo dice|Source|Fonte|Sous)\s?:[\s•*_-]*(?<label>[^\n]+)/imu;
/** What may stand after the source's name: its state in brackets, its address. */
const BESIDE_LABEL = /(?:\(|https?:).*$/u;
const TRAILING = /[\s.:*_]+$/u;
/** More than is ever sent at once, in UTF-16 units: strangers may quote a book. */
const LONGEST_QUOTE = 2_000;

/**
 * What a talk is about for whoever answers an older message: the article that an answer of ours rests on, else the
 * quoted words themselves.
 */
export function quotedMatter(quoted: string): Matter {
  const text = quoted.slice(0, LONGEST_QUOTE);
  const line = SOURCE.exec(text)?.groups?.['label'] ?? '';
  const label = line.replace(BESIDE_LABEL, '').replace(TRAILING, '');
  const topic = label === '' ? text : label;
  return { topic: maskPersonalData(topic).slice(0, LONGEST_TOPIC) };
}
