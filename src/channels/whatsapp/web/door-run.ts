import type { ChildProcess } from 'node:child_process';
import type { Logger } from '../../../log.ts';
import { killRest } from './browser-of-profile.ts';
import { endProcess } from './end-process.ts';
import { logTold } from './log-told.ts';
import { type Ask, type AskOptions, linkProcess, type Told } from './process-link.ts';
import type { ClientState } from './protocol.ts';
import { createWatchdog, type WatchdogParts } from './watchdog.ts';
import type { WhatsAppWebLimits } from './whatsapp-web-parts.ts';

/** What came in from WhatsApp. */
export type Heard = Extract<Told, { type: 'message' | 'edited' | 'deleted' | 'reaction' }>;

/** One life of the child. */
export interface DoorRun {
  ask(what: Ask, options: AskOptions): Promise<unknown>;
  /** Begins its end, or hastens it. */
  end(how: 'clean' | 'quick' | 'kill'): void;
  /** Faults are no longer told: it is being ended. */
  unwatch(): void;
  /** Resident memory of the child and its browser, last told, in bytes. */
  readonly bytes: number;
  readonly startedAt: number;
}

/** What a run tells, while it is watched and after. */
export interface RunListener extends Omit<WatchdogParts, 'limits'> {
  readonly onClient: (client: ClientState) => void;
  readonly onQr: (qr: string) => void;
  readonly onPairingCode: (code: string) => void;
  readonly onHeard: (heard: Heard) => void;
  /** It is gone, with all that it started in its group. `clean`: it closed the browser and ended by itself. */
  readonly onEnded: (clean: boolean) => void;
}

export function startRun(
  child: ChildProcess,
  listener: RunListener,
  limits: WhatsAppWebLimits,
  log: Logger,
): DoorRun {
  const watchdog = createWatchdog({ ...listener, limits });
  let bytes = 0;
  let ending: Promise<boolean> | undefined;
  const is = (client: ClientState): void => {
    watchdog.client(client);
    listener.onClient(client);
  };
  const onTold = (told: Told): void => {
    switch (told.type) {
      case 'state':
        is(told.state);
        break;
      case 'qr':
        is('qr');
        listener.onQr(told.qr);
        break;
      case 'pairing-code':
        is('pairing-code');
        listener.onPairingCode(told.code);
        break;
      case 'beat':
        bytes = told.bytes;
        watchdog.beat(bytes);
        break;
      case 'log':
        logTold(log, told);
        break;
      default:
        listener.onHeard(told);
    }
  };
  const link = linkProcess(child, onTold, log);
  const gone = async (): Promise<void> => {
    await link.ended;
    const clean = (await ending) ?? false;
    watchdog.stop();
    if (link.pid !== undefined) killRest(link.pid);
    listener.onEnded(clean);
  };
  void gone();
  return {
    ask: link.ask,
    unwatch: watchdog.stop,
    end: (how) => {
      const askMs = { clean: limits.stopMs, quick: limits.lostMs, kill: 0 }[how];
      const end = endProcess(link, { askMs, killMs: limits.killMs });
      ending ??= end;
    },
    get bytes() {
      return bytes;
    },
    startedAt: performance.now(),
  };
}
