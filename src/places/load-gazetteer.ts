import { Worker } from 'node:worker_threads';
import { AppError, errorCode } from '../errors.ts';
import type { Entry } from './place.ts';

/** Brings the gazetteer. @throws {AppError} `PLACES_UNAVAILABLE`, retryable */
export type LoadGazetteer = () => Promise<readonly Entry[]>;

/** Reads the gazetteer on a thread of its own, from the compiled program. */
export const loadGazetteer: LoadGazetteer = () =>
  new Promise((resolve, reject) => {
    const fail = (cause: unknown) =>
      reject(
        new AppError('PLACES_UNAVAILABLE', `The gazetteer could not be read: ${errorCode(cause)}.`, {
          retryable: true,
          cause,
        }),
      );
    const worker = new Worker(new URL('gazetteer-worker.js', import.meta.url));
    worker.once('message', (entries: readonly Entry[]) => resolve(entries));
    worker.once('error', fail);
    worker.once('exit', (code) => fail(`exit ${code}`));
  });
