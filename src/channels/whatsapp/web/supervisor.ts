import type { ChildProcess } from 'node:child_process';
import { assertNever, errorCode } from '../../../errors.ts';
import type { Logger } from '../../../log.ts';
import { backOffMs } from './back-off.ts';
import { folderReason, startReason } from './blocked-reason.ts';
import { DoorError } from './door-error.ts';
import { DoorRun, type Heard, type RunListener } from './door-run.ts';
import type { LinkingBoard } from './linking/linking.ts';
import { FailureCount } from './process/failure-count.ts';
import type { AskOptions } from './process/open-requests.ts';
import type { Ask } from './process/process-link.ts';
import type { Fault } from './process/watchdog.ts';
import type { ClientState } from './protocol.ts';
import type { NumberHold } from './session/number-lease.ts';
import type { ProfileKeeper } from './session/profile-keeper.ts';
import { everyQuietNight } from './session/quiet-hour.ts';
import {
  type Action,
  NOT_STARTED,
  type ProfileTask,
  type Supervision,
  type SupervisionEvent,
  supervise,
  type Unheld,
} from './supervision.ts';
import type { WhatsAppWebLimits } from './whatsapp-web-parts.ts';

/** What a supervisor is made from. */
export interface SupervisorParts {
  readonly limits: WhatsAppWebLimits;
  readonly log: Logger;
  readonly now: () => Date;
  readonly random: () => number;
  readonly makeHold: (onChange: (now: 'held' | Unheld) => void) => NumberHold;
  readonly keeper: ProfileKeeper;
  readonly board: LinkingBoard;
  /** @throws {AppError} with a Spanish sentence when this machine cannot run it */
  readonly startChild: () => ChildProcess;
  /** What the child hears from WhatsApp. */
  readonly onHeard: (heard: Heard) => void;
  /** How the session is; undefined: there is none. Called on every change. */
  readonly onClient: (client: ClientState | undefined) => void;
  /** Nothing is on its way in or out. */
  readonly isIdle: () => boolean;
}

/** Runs the process around whatsapp-web.js: starts it, watches it, ends it, starts it again. */
export class Supervisor {
  readonly #parts: SupervisorParts;
  readonly #hold: NumberHold;
  readonly failures: FailureCount;
  #state: Supervision = NOT_STARTED;
  #run: DoorRun | undefined;
  #pause: NodeJS.Timeout | undefined;
  #preparing: AbortController | undefined;
  #stopNights: () => void = () => {};
  #client: ClientState | undefined;
  #released: Promise<void> = Promise.resolve();
  readonly #events: SupervisionEvent[] = [];
  #isHandling = false;
  readonly #onOff: (() => void)[] = [];

  constructor(parts: SupervisorParts) {
    this.#parts = parts;
    this.failures = new FailureCount(parts.now);
    this.#hold = parts.makeHold((now) => this.#handle(holdEvent(now)));
  }

  start(): void {
    const { now, limits } = this.#parts;
    this.#stopNights = everyQuietNight({
      now,
      everyMs: limits.quietEveryMs,
      act: () => this.#restartQuietly(),
    });
    this.#handle({ type: 'start' });
  }

  /** Resolves when nothing runs and the number is free for others. */
  async stop(): Promise<void> {
    this.#stopNights();
    const preparing = this.#preparing;
    // What is copied meanwhile is given up in time: the stop has its deadline.
    const deadline = setTimeout(() => preparing?.abort(), this.#parts.limits.snapshotMs);
    const off = new Promise<void>((resolve) => this.#onOff.push(resolve));
    this.#handle({ type: 'stop' });
    if (this.#state.phase.kind !== 'off') await off;
    clearTimeout(deadline);
    await this.#released;
  }

  /** An operator wants to link the phone, or has mended what blocked the start. */
  link(): void {
    this.#handle({ type: 'link' });
  }

  fault(fault: Fault): void {
    if (this.#state.phase.kind !== 'running') return;
    this.#parts.log.warn({ fault }, 'the WhatsApp process is ended');
    this.#handle({ type: 'fault' });
  }

  /** @throws {DoorError} `gone` while no child runs */
  async ask(what: Ask, options: AskOptions): Promise<unknown> {
    if (this.#run === undefined) throw new DoorError('gone');
    return this.#run.ask(what, options);
  }

  get state(): Supervision {
    return this.#state;
  }

  get bytes(): number {
    return this.#run?.bytes ?? 0;
  }

  /** One event at a time: an action may bring up the next. */
  #handle(event: SupervisionEvent): void {
    this.#events.push(event);
    if (this.#isHandling) return;
    this.#isHandling = true;
    try {
      for (let next = this.#events.shift(); next !== undefined; next = this.#events.shift()) this.#step(next);
    } finally {
      this.#isHandling = false;
    }
  }

  #step(event: SupervisionEvent): void {
    const before = this.#state;
    const { state, actions } = supervise(before, event);
    this.#state = state;
    this.failures.note(before.failures, state.failures);
    if (before.phase.kind !== state.phase.kind) this.#changePhase(before, state);
    this.#tellClient(state);
    for (const action of actions) this.#do(action);
    if (state.phase.kind === 'off') for (const resolve of this.#onOff.splice(0)) resolve();
  }

  #changePhase(before: Supervision, { phase }: Supervision): void {
    this.#parts.log.info({ from: before.phase.kind, to: phase.kind, ...whyOf(phase) }, 'WhatsApp');
    clearTimeout(this.#pause);
    if (before.phase.kind === 'running') this.#run?.unwatch();
    if (phase.kind === 'unlinked') {
      this.#parts.board.rest(phase.because === 'unseen' ? 'resting' : 'logged-out');
    } else this.#parts.board.clear();
  }

  #tellClient({ phase }: Supervision): void {
    const client = phase.kind === 'running' ? phase.client : undefined;
    if (client === this.#client) return;
    this.#client = client;
    this.#parts.onClient(client);
  }

  #do(action: Action): void {
    switch (action.do) {
      case 'hold-number':
        this.#hold.start();
        break;
      case 'release-number':
        this.#released = this.#hold.release();
        break;
      case 'start-child':
        this.#startChild();
        break;
      case 'end-child':
        this.#run?.end(action.how);
        break;
      case 'prepare':
        this.#prepare(action.task);
        break;
      case 'pause':
        this.#pauseFor(action.failures);
        break;
      case 'alert-logout':
        this.#parts.log.error('the phone closed the WhatsApp session: link it again (orienta whatsapp link)');
        break;
      case 'drop-snapshot':
        this.#dropSnapshot();
        break;
      default:
        assertNever(action);
    }
  }

  #dropSnapshot(): void {
    const { keeper, log } = this.#parts;
    keeper
      .dropSnapshot()
      .catch((error: unknown) => log.error({ error: errorCode(error) }, 'the snapshot was not deleted'));
  }

  #startChild(): void {
    const { limits, log } = this.#parts;
    try {
      this.#run = new DoorRun(this.#parts.startChild(), this.#listener(), limits, log);
    } catch (error) {
      this.#handle({ type: 'blocked', reason: startReason(error) });
    }
  }

  #listener(): RunListener {
    const { board, onHeard } = this.#parts;
    return {
      onFault: (fault) => this.fault(fault),
      onHealthy: () => this.#handle({ type: 'healthy' }),
      onUnseen: () => this.#handle({ type: 'unseen' }),
      isWatched: () => board.watchers > 0,
      onClient: (client) => this.#clientIs(client),
      // A QR that comes while a snapshot is put back is nobody's.
      onQr: (qr) => this.#client === 'qr' && board.showQr(qr),
      onPairingCode: (code) => this.#client === 'pairing-code' && board.showPairingCode(code),
      onHeard,
      onComplaint: (what) => this.failures.complain(what),
      onEnded: (clean) => this.#ended(clean),
    };
  }

  #ended(clean: boolean): void {
    this.#parts.keeper.endBrowser();
    this.#run = undefined;
    this.#handle({ type: 'ended', clean });
  }

  #prepare(task: ProfileTask): void {
    const { keeper, limits } = this.#parts;
    const work = new AbortController();
    this.#preparing = work;
    const deadline = setTimeout(() => work.abort(), limits.snapshotMs * (this.#state.wanted ? 10 : 1));
    keeper
      .prepare(task, work.signal)
      .finally(() => clearTimeout(deadline))
      .then(
        () => this.#handle({ type: 'prepared' }),
        (error: unknown) => this.#handle({ type: 'blocked', reason: folderReason(error) }),
      );
  }

  #pauseFor(failures: number): void {
    const { limits, random } = this.#parts;
    const isBlocked = this.#state.phase.kind === 'blocked';
    const ms = isBlocked ? limits.blockedMs : backOffMs(limits.restart, failures, random());
    this.#pause = setTimeout(() => this.#handle({ type: 'pause-over' }), ms);
  }

  #clientIs(state: ClientState): void {
    const { keeper, board } = this.#parts;
    this.#handle({ type: 'client', state, canRestore: state === 'qr' && keeper.canRestore() });
    if (this.#client !== undefined) board.client(this.#client);
  }

  /** @returns false when something is on its way, or it has hardly started */
  #restartQuietly(): boolean {
    const { limits, isIdle } = this.#parts;
    const run = this.#run;
    if (run === undefined || !isIdle() || performance.now() - run.startedAt < limits.quietAgeMs) return false;
    this.#handle({ type: 'quiet-hour' });
    return true;
  }
}

function holdEvent(now: 'held' | Unheld): SupervisionEvent {
  return now === 'held' ? { type: 'held' } : { type: 'not-held', because: now };
}

function whyOf(phase: Supervision['phase']): Readonly<Record<string, string>> {
  if (phase.kind === 'ending') return { why: phase.why };
  return phase.kind === 'waiting' || phase.kind === 'unlinked' ? { why: phase.because } : {};
}
