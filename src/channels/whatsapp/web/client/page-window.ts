/*
 * What Orienta itself uses of WhatsApp Web's page, beside whatsapp-web.js. WhatsApp changes it without notice: all of
 * it may be missing or different, so scripts that run in the page may throw, and their answers are checked outside.
 */

interface PageModules {
  readonly WAWebSocketModel: {
    readonly Socket: { readonly state?: string; readonly hasSynced?: boolean };
  };
  readonly WAWebCmd: { readonly Cmd?: { refreshQR?(): unknown } };
  readonly WAWebLaunchSocketUtils: { refreshQR?(): unknown };
  readonly WAWebMiscBrowserUtils: { info(): object };
  readonly WAWebWidFactory: { createWid(id: string): unknown };
  readonly WAWebCollections: {
    readonly Chat: { get(wid: unknown): PageChat | undefined; getModelsArray?(): readonly PageChat[] };
    readonly Msg: { get(id: string): PageMessage | undefined; getModelsArray?(): readonly PageMessage[] };
  };
  readonly WAWebQueryExistsJob: { queryWidExists(wid: unknown): Promise<{ readonly wid?: unknown } | null> };
  readonly WAWebChatLoadMessages: {
    loadEarlierMsgs(query: { readonly chat: PageChat }): Promise<readonly PageMessage[] | undefined>;
  };
}

/** A chat as the page keeps it. */
export interface PageChat {
  readonly id: { readonly _serialized: string };
  /** Seconds since 1970 of its last message. */
  readonly t?: number;
  readonly unreadCount?: number;
  readonly msgs?: { getModelsArray(): readonly PageMessage[] };
}

/** A message as the page keeps it; `t` is seconds since 1970. */
export type PageMessage = Readonly<Record<string, unknown>> & {
  readonly id: { readonly fromMe: boolean; readonly remote: string | { readonly _serialized: string } };
  readonly t: number;
  readonly ack?: number;
};

/** The page's `window`. */
export interface PageWindow {
  require<Name extends keyof PageModules>(name: Name): PageModules[Name];
  /** What whatsapp-web.js puts there once the chats are there. */
  readonly WWebJS?: {
    getChat(id: string, options: { readonly getAsModel: false }): Promise<PageChat | null | undefined>;
    getMessageModel(message: PageMessage): Readonly<Record<string, unknown>>;
    sendChatstate(state: 'typing' | 'stop', id: string): Promise<unknown>;
    sendClearChat(id: string): Promise<unknown>;
    sendDeleteChat(id: string): Promise<unknown>;
  };
  /** Put there by whatsapp-web.js: what it does once the chats are there. */
  onAppStateHasSyncedEvent?(): Promise<unknown>;
}
