import { Writable } from 'node:stream';
import { pino } from 'pino';
import { z } from 'zod';
import type { Logger } from '#src/log.ts';

/** A log that a test can read. */
export interface LogBook {
  readonly log: Logger;
  /** Everything written, one object a line. */
  lines(): readonly Readonly<Record<string, unknown>>[];
  /** Everything written, as it would stand in the file. */
  text(): string;
}

/** A log kept in memory, everything from debug up. */
export function createLogBook(): LogBook {
  const written: string[] = [];
  const stream = new Writable({
    write: (chunk, _encoding, done) => {
      written.push(String(chunk));
      done();
    },
  });
  return {
    log: pino({ level: 'debug', base: null }, stream),
    lines: () => written.map((line) => z.record(z.string(), z.unknown()).parse(JSON.parse(line))),
    text: () => written.join(''),
  };
}
