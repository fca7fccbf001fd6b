import type { ChildProcess } from 'node:child_process';
import type { Logger } from '../../../log.ts';
import type { Reply } from '../../channel.ts';
import { LONGEST_MESSAGE } from '../../render-whatsapp.ts';
import type { Speak, TakeMessage } from '../message.ts';
import type { ChildOptions } from './protocol.ts';

/** A part that only one process may run, held for a while. */
export interface NumberLease {
  readonly name: string;
  readonly owner: string;
  readonly token: number;
}

/** Who may run the number. */
export interface NumberLeases {
  /** Takes or renews it. @returns undefined while somebody else holds it */
  hold(name: string, owner: string, forMs: number): Promise<NumberLease | undefined>;
  release(lease: NumberLease): Promise<void>;
}

/** What of the configuration this door looks at. */
export interface WhatsAppWebConfig {
  /** Folder of the session, on a local disk. */
  readonly sessionDir: string;
  /** Version of WhatsApp Web to serve from `webCacheDir`; undefined: the one that WhatsApp sends. */
  readonly webVersion?: string | undefined;
  readonly webCacheDir: string;
  /** Chromium options, added after Orienta's own, separated by spaces. */
  readonly chromeArgs?: string | undefined;
  /** Program file of Chromium; undefined: it is looked for. */
  readonly chromePath?: string | undefined;
}

/** What came of an edited message: `amended` before it was answered, `closed` after that, `unknown` was never kept. */
export type Amended = 'amended' | 'closed' | 'unknown';

/** What the channel is made from. */
export interface WhatsAppWebParts {
  readonly config: WhatsAppWebConfig;
  readonly take: TakeMessage;
  /** The messages a reply comes to, each at most `maxTextLength` long. */
  readonly render: (reply: Reply) => readonly string[];
  readonly speak?: Speak | undefined;
  /** Forgets what a message said, by the platform's id, because its writer deleted it. */
  readonly forget: (id: string) => Promise<unknown>;
  /** Replaces the words of a message whose writer edited it. */
  readonly amend: (id: string, text: string) => Promise<Amended>;
  readonly leases: NumberLeases;
  readonly now: () => Date;
  /** 0 ≤ random() < 1 */
  readonly random: () => number;
  readonly log: Logger;
  /** Starts the process that runs whatsapp-web.js, as leader of its own process group, with an IPC channel. */
  readonly startChild?: (options: ChildOptions) => ChildProcess;
  /** The Chromium to use. @throws {AppError} `CHANNEL_UNAVAILABLE` saying how to get one */
  readonly findChromium?: (chosen: string | undefined) => string;
  readonly limits?: Partial<WhatsAppWebLimits>;
}

/** How long things may take, and how often they may happen. Milliseconds unless said. */
export interface WhatsAppWebLimits {
  /** Longest message, in UTF-16 code units. */
  readonly maxTextLength: number;
  readonly gatherMs: number;
  /** Without a beat for this long the child hangs: three of its intervals. */
  readonly silentMs: number;
  /** Longest without a QR, a session or a failure. */
  readonly startingMs: number;
  /** Longest between `authenticated` and `ready`: the phone sends its chats. */
  readonly authenticatedMs: number;
  readonly disconnectedMs: number;
  readonly degradedMs: number;
  /** How long a QR is offered while nobody looks at it. */
  readonly linkingMs: number;
  /** Resident memory of the child and its browser, in bytes. */
  readonly mostBytes: number;
  readonly restart: { readonly firstMs: number; readonly longestMs: number };
  /** Between two looks whether what blocks the start is gone: no Chromium, no folder. */
  readonly blockedMs: number;
  /** After so long in `ready` earlier failures no longer count. */
  readonly healthyMs: number;
  /** Clean end of the child before SIGTERM, and from SIGTERM to SIGKILL. */
  readonly stopMs: number;
  readonly killMs: number;
  /** The child's end when the number is lost: others may start it. */
  readonly lostMs: number;
  /** A snapshot taken while Orienta stops is given up after this; one at the planned restart has ten times as long. */
  readonly snapshotMs: number;
  /** A snapshot older than this is not restored. */
  readonly snapshotAgeMs: number;
  readonly leaseMs: number;
  /** A send, from the request to the server's receipt. */
  readonly sendMs: number;
  readonly requestMs: number;
  /** A voice note, the phone's own upload of it included. */
  readonly downloadMs: number;
  /** Between two messages to one chat, at least. */
  readonly chatGapMs: number;
  /** Longest that typing is shown before a message. */
  readonly typingMs: number;
  /** Most messages at once, and how many a minute over time. */
  readonly burst: number;
  readonly perMinute: number;
  /** Waits between tries to keep a message that came in. */
  readonly takeRetry: { readonly firstMs: number; readonly longestMs: number };
  /** Messages that came in before this are not looked for. */
  readonly sweepAgeMs: number;
  /** Waits between tries to read what came in while nobody listened. */
  readonly sweepRetry: { readonly firstMs: number; readonly longestMs: number };
  /** How often it is looked whether it is the quiet hour, and how long a child runs before it is restarted in it. */
  readonly quietEveryMs: number;
  readonly quietAgeMs: number;
}

export const DEFAULT_LIMITS: WhatsAppWebLimits = {
  maxTextLength: LONGEST_MESSAGE,
  gatherMs: 2_500,
  silentMs: 45_000,
  startingMs: 3 * 60_000,
  authenticatedMs: 5 * 60_000,
  disconnectedMs: 2 * 60_000,
  degradedMs: 15 * 60_000,
  linkingMs: 15 * 60_000,
  mostBytes: 1_500 * 1024 * 1024,
  restart: { firstMs: 1_000, longestMs: 5 * 60_000 },
  blockedMs: 60_000,
  healthyMs: 10 * 60_000,
  stopMs: 6_000,
  killMs: 2_000,
  lostMs: 2_000,
  snapshotMs: 3_000,
  snapshotAgeMs: 7 * 24 * 3_600_000,
  leaseMs: 30_000,
  sendMs: 60_000,
  requestMs: 30_000,
  downloadMs: 45_000,
  chatGapMs: 1_200,
  typingMs: 2_500,
  // Numbers were blocked after 30 messages to strangers at one every 2 s (wwebjs/whatsapp-web.js#196793). Only people
  // who wrote are answered here, and still never faster than a clerk with a busy morning.
  burst: 8,
  perMinute: 20,
  takeRetry: { firstMs: 500, longestMs: 30_000 },
  sweepAgeMs: 72 * 3_600_000,
  sweepRetry: { firstMs: 2_000, longestMs: 5 * 60_000 },
  quietEveryMs: 60_000,
  quietAgeMs: 60 * 60_000,
};

/** How the door is, in numbers: for metrics. */
export interface WhatsAppWebFacts {
  readonly state: string;
  /** Restarts after a failure since the process started. */
  readonly restarts: number;
  /** Resident memory of the child and its browser, last told; 0 while none runs. */
  readonly bytes: number;
  readonly sending: number;
  /** Messages that came in and are not kept yet. */
  readonly taking: number;
}
