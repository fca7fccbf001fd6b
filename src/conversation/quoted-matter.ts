import { maskPersonalData } from '../safety/mask-personal-data.ts';
import { LONGEST_TOPIC, type Matter } from './understand.ts';

/** The source that a quoted answer names: on the same line, or the first of the lines below. */
const SOURCE = /^[^\p{L}\n]*(?:Lo dice|Source|Fonte|Sous)\s?:[\s•*_-]*(?<label>[^\n]+)/imu;
/** What may stand after the source's name: its state in brackets, its address. */
const BESIDE_LABEL = /\s*(?:\(|https?:).*$/u;

/**
 * What a talk is about for whoever answers an older message: the article that an answer of ours rests on, else the
 * quoted words themselves.
 */
export function quotedMatter(quoted: string): Matter {
  const label = SOURCE.exec(quoted)
    ?.groups?.['label']?.replace(BESIDE_LABEL, '')
    .replace(/[\s.*_]+$/u, '');
  const topic = label === undefined || label === '' ? quoted : label;
  return { topic: maskPersonalData(topic).slice(0, LONGEST_TOPIC) };
}
