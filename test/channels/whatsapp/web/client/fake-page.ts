import { runInNewContext } from 'node:vm';
import type { ScriptPage } from '#src/channels/whatsapp/web/client/page-call.ts';

/** A message as WhatsApp Web keeps it. */
export interface HeldMessage {
  readonly id: {
    readonly fromMe: boolean;
    readonly remote: string;
    readonly id: string;
    readonly _serialized: string;
  };
  readonly t: number;
  readonly type: string;
  readonly body?: string;
  readonly ack?: number;
  readonly filehash?: string;
  readonly size?: number;
}

/** What the page has; parts that are left out are missing, as after one of WhatsApp's updates. */
export interface FakePageParts {
  readonly messages?: readonly HeldMessage[];
  /** Chats with their own lists; else the page has only its list of messages. */
  readonly chats?: readonly string[];
  /** Ids that WhatsApp knows; undefined: the page cannot tell. */
  readonly known?: readonly string[];
  readonly modules?: Readonly<Record<string, unknown>>;
}

/** Runs the real page scripts in a page without a browser. */
export function fakePage({ messages = [], chats = [], known, modules = {} }: FakePageParts): ScriptPage {
  const chatOf = (id: string): unknown =>
    chats.includes(id)
      ? {
          id: { _serialized: id },
          t: Math.max(0, ...messages.filter((one) => one.id.remote === id).map(({ t }) => t)),
          msgs: { getModelsArray: () => messages.filter((one) => one.id.remote === id) },
        }
      : undefined;
  const all: Readonly<Record<string, unknown>> = {
    WAWebWidFactory: { createWid: (id: string) => id },
    WAWebCollections: {
      Chat: { get: chatOf, ...(chats.length > 0 ? { getModelsArray: () => chats.map(chatOf) } : {}) },
      Msg: {
        get: (id: string) => messages.find((one) => one.id._serialized === id),
        getModelsArray: () => messages,
      },
    },
    ...(known === undefined
      ? {}
      : {
          WAWebQueryExistsJob: {
            queryWidExists: async (id: string) => (known.includes(id) ? { wid: id } : null),
          },
        }),
    ...modules,
  };
  const window = {
    require: (name: string): unknown => {
      if (!(name in all)) throw new Error(`Requiring unknown module "${name}"`);
      return all[name];
    },
    WWebJS: { getChat: async (id: string) => chatOf(id) },
  };
  // As through the debugging protocol: only plain data comes back.
  const copy = (value: unknown): unknown => (value === undefined ? value : JSON.parse(JSON.stringify(value)));
  return { evaluate: async (source) => copy(await runInNewContext(source, { window })) };
}

export function held(
  id: string,
  facts: Partial<HeldMessage> & { readonly chat?: string; readonly fromMe?: boolean } = {},
): HeldMessage {
  const { chat = '50255550101@c.us', fromMe = false, ...rest } = facts;
  const key = { fromMe, remote: chat, id, _serialized: `${fromMe}_${chat}_${id}` };
  return { id: key, t: 1_800_000_000, type: 'chat', body: id, ...rest };
}
