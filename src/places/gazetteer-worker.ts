import { parentPort } from 'node:worker_threads';
import { readGazetteer } from './read-gazetteer.ts';

/* The whole world's towns take 90 MB while they are read: a thread of its own gives them back when it ends. */
parentPort?.postMessage(readGazetteer());
