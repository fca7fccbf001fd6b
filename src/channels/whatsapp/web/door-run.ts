import type { ChildProcess } from 'node:child_process';
import type { Logger } from '../../../log.ts';
import { endProcess } from './process/end-process.ts';
import { logTold } from './process/log-told.ts';
import type { AskOptions } from './process/open-requests.ts';
import { type Ask, ProcessLink, type Told } from './process/process-link.ts';
import { Watchdog, type WatchdogListener } from './process/watchdog.ts';
import type { ClientState } from './protocol.ts';
import { killRest } from './session/browser-of-profile.ts';
import type { WhatsAppWebLimits } from './whatsapp-web-parts.ts';

/** What came in from WhatsApp. */
export type Heard = Extract<Told, { type: 'message' | 'edited' | 'deleted' | 'reaction' }>;

/** What a run tells. */
export interface RunListener extends WatchdogListener {
  readonly onClient: (client: ClientState) => void;
  readonly onQr: (qr: string) => void;
  readonly onPairingCode: (code: string) => void;
  readonly onHeard: (heard: Heard) => void;
  /** It says what is wrong, in the library's words. */
  readonly onComplaint: (what: string) => void;
  /** It is gone, with all that it started in its group. `clean`: it closed the browser and ended by itself. */
  readonly onEnded: (clean: boolean) => void;
}

/** One life of the child. */
export class DoorRun {
  readonly #link: ProcessLink;
  readonly #watchdog: Watchdog;
  readonly #listener: RunListener;
  readonly #limits: WhatsAppWebLimits;
  readonly #log: Logger;
  readonly startedAt: number = performance.now();
  #bytes = 0;
  #ending: Promise<boolean> | undefined;

  constructor(child: ChildProcess, listener: RunListener, limits: WhatsAppWebLimits, log: Logger) {
    this.#listener = listener;
    this.#limits = limits;
    this.#log = log;
    this.#watchdog = new Watchdog(listener, limits);
    this.#link = new ProcessLink(child, (told) => this.#told(told), log);
    void this.#waitForEnd();
  }

  /** Resident memory of the child and its browser, last told, in bytes. */
  get bytes(): number {
    return this.#bytes;
  }

  ask(what: Ask, options: AskOptions): Promise<unknown> {
    return this.#link.ask(what, options);
  }

  /** Begins its end, or hastens it. */
  end(how: 'clean' | 'quick' | 'kill'): void {
    const { stopMs, lostMs, killMs } = this.#limits;
    const end = endProcess(this.#link, { askMs: { clean: stopMs, quick: lostMs, kill: 0 }[how], killMs });
    this.#ending ??= end;
  }

  /** Faults are no longer told: it is being ended. */
  unwatch(): void {
    this.#watchdog.stop();
  }

  async #waitForEnd(): Promise<void> {
    await this.#link.ended;
    const isClean = (await this.#ending) ?? false;
    this.#watchdog.stop();
    if (this.#link.pid !== undefined) killRest(this.#link.pid);
    this.#listener.onEnded(isClean);
  }

  #told(told: Told): void {
    switch (told.type) {
      case 'state':
        this.#client(told.state);
        break;
      case 'qr':
        this.#client('qr');
        this.#listener.onQr(told.qr);
        break;
      case 'pairing-code':
        this.#client('pairing-code');
        this.#listener.onPairingCode(told.code);
        break;
      case 'beat':
        this.#bytes = told.bytes;
        if (this.#ending === undefined) this.#watchdog.beat(told.bytes);
        break;
      case 'log':
        logTold(this.#log, told);
        if (told.level === 'error') this.#listener.onComplaint(String(told.facts['what'] ?? ''));
        break;
      default:
        this.#listener.onHeard(told);
    }
  }

  #client(client: ClientState): void {
    if (this.#ending !== undefined) return;
    this.#watchdog.client(client);
    this.#listener.onClient(client);
  }
}
