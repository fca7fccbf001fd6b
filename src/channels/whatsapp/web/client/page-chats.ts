import { z } from 'zod';
import type { PageMessage, PageWindow } from './page-window.ts';

declare const window: PageWindow;

export const chatIdsSchema = z.array(z.string());
export const messagesSchema = z.array(z.unknown());
export const foundSchema = z.boolean();
export const ackSchema = z.number().nullable();
export const doneSchema = z.unknown();
export const clearedSchema = z.enum(['cleared', 'none', 'failed']);

/** Runs in the page: private chats with something newer, or unread; those that have waited longest first. */
export function recentChats(query: { readonly sinceSeconds: number; readonly most: number }): unknown {
  const { Chat, Msg } = window.require('WAWebCollections');
  const reached = new Map<string, number>();
  const see = (id: string, t: number): void => {
    reached.set(id, Math.max(t, reached.get(id) ?? 0));
  };
  for (const { id, t, unreadCount } of Chat.getModelsArray?.() ?? []) {
    if ((t ?? 0) >= query.sinceSeconds || (unreadCount ?? 0) > 0) see(id._serialized, t ?? 0);
  }
  for (const { id, t } of Msg.getModelsArray?.() ?? []) {
    const chat = typeof id.remote === 'string' ? id.remote : id.remote._serialized;
    if (!id.fromMe && t >= query.sinceSeconds) see(chat, t);
  }
  return [...reached]
    .filter(([id]) => /@(c\.us|lid|s\.whatsapp\.net)$/.test(id))
    .toSorted(([, a], [, b]) => a - b)
    .slice(-query.most)
    .map(([id]) => id);
}

/**
 * Runs in the page: messages of one chat since then, newest `most` of them, as plain data without pictures. Earlier
 * ones are loaded where the page still knows how.
 */
export async function chatMessages(query: {
  readonly chat: string;
  readonly sinceSeconds: number;
  readonly most: number;
  readonly fromMe: boolean;
}): Promise<unknown> {
  const LOADS = 4;
  const { Chat, Msg } = window.require('WAWebCollections');
  const chat = Chat.get(window.require('WAWebWidFactory').createWid(query.chat)) ?? undefined;
  const isHere = ({ id }: PageMessage): boolean =>
    (typeof id.remote === 'string' ? id.remote : id.remote._serialized) === query.chat;
  const held = (): readonly PageMessage[] =>
    chat?.msgs?.getModelsArray() ?? Msg.getModelsArray?.().filter(isHere) ?? [];
  const loadEarlier = async (): Promise<number> => {
    try {
      if (chat === undefined) return 0;
      const loader = window.require('WAWebChatLoadMessages');
      return (await loader.loadEarlierMsgs({ chat }))?.length ?? 0;
    } catch {
      return 0;
    }
  };
  const plain = (message: PageMessage): unknown => {
    let model: Readonly<Record<string, unknown>> = message;
    try {
      model = window.WWebJS?.getMessageModel(message) ?? message;
    } catch {
      // The fields below are read from the message itself.
    }
    const { id, type, subtype, from, t, caption, filename, duration, lat, lng } = model;
    const { broadcast, isStatusV3, protocolMessageKey, pollName, ack, size, filehash, quotedMsg } = model;
    // The body of anything else is a small picture.
    const body = /^(chat|\w+_response|template_button_reply)$/.test(`${type}`) ? model['body'] : undefined;
    const kept = { id, type, subtype, from, t, body, caption, filename, duration, lat, lng, broadcast };
    const more = { isStatusV3, protocolMessageKey, pollName, ack, size, filehash, quotedMsg };
    return JSON.parse(JSON.stringify({ ...kept, ...more }));
  };
  for (let load = 0; load < LOADS; load += 1) {
    const reachesBack = held().some(({ t }) => t < query.sinceSeconds);
    if (reachesBack || held().length >= query.most || (await loadEarlier()) === 0) break;
  }
  return held()
    .filter(({ id, t }) => id.fromMe === query.fromMe && t >= query.sinceSeconds)
    .toSorted((a, b) => a.t - b.t)
    .slice(-query.most)
    .map(plain);
}

/** Runs in the page: whether somebody is there to write to. */
export async function hasChat(chat: string): Promise<unknown> {
  const found = await window.WWebJS?.getChat(chat, { getAsModel: false });
  return found !== undefined && found !== null;
}

/** Runs in the page: whether WhatsApp knows this id; asking also teaches the page the person's other id. */
export async function isKnown(id: string): Promise<unknown> {
  const wid = window.require('WAWebWidFactory').createWid(id);
  const found = await window.require('WAWebQueryExistsJob').queryWidExists(wid);
  return found?.wid !== undefined && found.wid !== null;
}

/** Runs in the page: how far a message got; 0 waits here, 1 a server has it. */
export function ackOf(id: string): unknown {
  return window.require('WAWebCollections').Msg.get(id)?.ack ?? null;
}

/** Runs in the page. */
export async function showTyping(query: { readonly chat: string; readonly on: boolean }): Promise<unknown> {
  await window.WWebJS?.sendChatstate(query.on ? 'typing' : 'stop', query.chat);
  return true;
}

/** Runs in the page: clears the chat and takes it off the list, on the phone too. Either alone leaves nothing said. */
export async function clearChat(id: string): Promise<unknown> {
  const wid = window.require('WAWebWidFactory').createWid(id);
  const chat = window.require('WAWebCollections').Chat.get(wid);
  if (chat === undefined || chat === null) return 'none';
  const succeeds = (step: Promise<unknown> | undefined): Promise<boolean> =>
    step?.then(
      () => true,
      () => false,
    ) ?? Promise.resolve(false);
  const isCleared = await succeeds(window.WWebJS?.sendClearChat(id));
  const isDeleted = await succeeds(window.WWebJS?.sendDeleteChat(id));
  return isCleared || isDeleted ? 'cleared' : 'failed';
}
