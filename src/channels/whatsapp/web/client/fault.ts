import { errorCode } from '../../../../errors.ts';

/** What of an error may stand in a log: messages of errors may quote what people wrote. */
export interface Fault {
  /** Class or code of the error; the type of what was thrown, where that is no error. */
  readonly error: string;
  /** Which of the known faults it is; empty when none. */
  readonly what: string;
}

/** Words that say what failed and hold nothing of people. */
const KNOWN: readonly RegExp[] = [
  /auth timeout|ready timeout/,
  /Target closed|Session closed|Connection closed|Execution context was destroyed|detached Frame/i,
  /Failed to launch the browser process/,
  /The browser is already running/,
  /Browser was not found/,
  /Couldn't load version/,
  /Navigation timeout|Navigating frame was detached/,
  /net::ERR_[A-Z_]+/,
  /Cannot read propert(?:y|ies) of (?:undefined|null) \(reading '\w{1,40}'\)/,
  /[\w.]{1,60} is not a (?:function|constructor)/,
  /Requesting main frame too early|Page crashed/,
];

/** Normalises whatever was thrown; whatsapp-web.js throws strings too. */
export function faultOf(thrown: unknown): Fault {
  const message = thrown instanceof Error ? thrown.message : typeof thrown === 'string' ? thrown : '';
  const what = KNOWN.map((known) => known.exec(message)?.[0]).find((found) => found !== undefined);
  return { error: errorCode(thrown), what: what ?? '' };
}
