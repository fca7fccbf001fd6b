import type { Logger } from '../../../../log.ts';
import type { Told } from './process-link.ts';

/** Phones, ids of people and codes are longer than any figure worth logging; an address has an @. */
const TELLING = /\d{7,}|\S*@\S*/g;

/** Logs a fact that the child tells. It is not to hold anything of people; what looks like it is taken out here too. */
export function logTold(log: Logger, { level, text, facts }: Extract<Told, { type: 'log' }>): void {
  const safe = Object.entries(facts).map(([name, value]) => [
    name,
    typeof value === 'string' ? value.replace(TELLING, '…') : value,
  ]);
  log[level]({ whatsapp: Object.fromEntries(safe) }, text.replace(TELLING, '…'));
}
