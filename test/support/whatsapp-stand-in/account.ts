import type { BrowserLink } from './browser-link.ts';
import type { Person } from './people.ts';
import type { Line, Sync } from './records.ts';
import type { Server } from './server.ts';

/** How the next message that is sent fares. */
export type SendFault =
  /** It is not shown, not sent, and the library gives nothing back. */
  | 'undefined'
  /** The page throws. */
  | 'throw'
  /** It is shown with a clock as long as the page is there, and reaches nobody. */
  | 'no-ack'
  /** It reaches the person, and the page learns of it only when it is loaded anew. */
  | 'lost-ack';

/** The phone with the account, the line, and the browser. */
export interface Account {
  /** Reads the QR. @param qr what is shown; unset, whatever the page shows by now */
  scanQr(qr?: string): Promise<void>;
  /** The words of the QR that is shown. */
  qrText(): string;
  /** Gives out another QR, as happens every 20 seconds. */
  renewQr(): Promise<void>;
  enterPairingCode(code: string): Promise<void>;
  /** Unlinks the browser on the phone. */
  logOutFromPhone(): Promise<void>;
  /** The account is opened in another browser. */
  useElsewhere(): Promise<void>;
  dropConnection(): Promise<void>;
  resumeConnection(): Promise<void>;
  /** When accounts are synced at the coming starts. */
  syncs(when: Sync): void;
  failNextSend(fault: SendFault): Promise<void>;
  /** The chat cannot be found, so that the library sends nothing and gives null back, until it is shown again. */
  hideChat(person: Person): Promise<void>;
  showChat(person: Person): Promise<void>;
  /** The person is on WhatsApp no more: nothing can be sent to them. */
  leave(person: Person): Promise<void>;
  /** Whether the page refuses a person's id ("No LID for user"). */
  loseId(person: Person, isLost?: boolean): void;
  crashPage(): Promise<void>;
  hangPage(): void;
  killBrowser(): Promise<void>;
  browserPid(): Promise<number | undefined>;
  /** `away`: no page; `linking`: it shows a QR; `open`: messages flow; `dropped`: the page is there, the line is not. */
  line(): Line;
  /** Waits until messages flow. */
  untilOpen(timeoutMs?: number): Promise<void>;
  /** Waits until there is no page. */
  untilAway(timeoutMs?: number): Promise<void>;
  /** Waits until the page asks for a QR to be scanned. */
  untilLinking(timeoutMs?: number): Promise<void>;
}

const START_MS = 60_000;
/** The page's keys, each the same. */
const KEY = Buffer.alloc(32, 7).toString('base64');
const PLATFORM = '1';

export function accountOf(server: Server, link: BrowserLink): Account {
  const untilLine = async (line: Line, timeoutMs = START_MS): Promise<void> => {
    await server.until(`line ${line}`, () => server.line === line || undefined, timeoutMs);
  };
  const linkDevice = (device: string): Promise<void> => link.tell({ type: 'link', device });
  const hide = (person: Person, isHidden: boolean): Promise<void> => {
    const ids = [person.chat];
    for (const id of ids) isHidden ? server.hidden.add(id) : server.hidden.delete(id);
    return link.tell({ type: 'hide', ids, isHidden });
  };
  return {
    scanQr: async (qr) => {
      await untilLine('linking');
      await linkDevice(qr === undefined ? server.devices.link() : server.devices.linkByQr(qr));
    },
    qrText: () => [server.devices.ref, KEY, KEY, KEY, PLATFORM].join(','),
    renewQr: () => link.tell({ type: 'ref', ref: server.devices.renewRef() }),
    enterPairingCode: async (code) => linkDevice(server.devices.linkByCode(code)),
    logOutFromPhone: async () => {
      server.devices.unlinkAll();
      await link.tell({ type: 'logOut' });
    },
    useElsewhere: () => link.tell({ type: 'state', state: 'CONFLICT' }),
    dropConnection: async () => {
      server.line = 'dropped';
      await link.tell({ type: 'dropConnection' });
    },
    resumeConnection: () => link.tell({ type: 'resumeConnection' }),
    syncs: (when) => {
      server.sync = when;
    },
    failNextSend: (fault) => link.tell({ type: 'fault', fault }),
    hideChat: (person) => hide(person, true),
    showChat: (person) => hide(person, false),
    leave: (person) => {
      for (const [id, one] of server.people) if (one === person) server.people.delete(id);
      return hide(person, true);
    },
    loseId: (person, isLost = true) =>
      void (isLost ? server.lost.add(person.chat) : server.lost.delete(person.chat)),
    crashPage: link.crashPage,
    hangPage: link.hangPage,
    killBrowser: link.killBrowser,
    browserPid: link.browserPid,
    line: () => server.line,
    untilOpen: (timeoutMs) => untilLine('open', timeoutMs),
    untilAway: (timeoutMs) => untilLine('away', timeoutMs),
    untilLinking: (timeoutMs) => untilLine('linking', timeoutMs),
  };
}
