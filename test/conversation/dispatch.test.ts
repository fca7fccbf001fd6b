import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { loadPhrases } from '#src/answering/phrases.ts';
import type { Channel, ConversationId, InboundMessage, Reply } from '#src/channels/channel.ts';
import { createDispatcher } from '#src/conversation/dispatch.ts';
import { knowledgeDir } from '#src/paths.ts';

const phrases = await loadPhrases(knowledgeDir);
const talkA = 'web:a' as ConversationId;
const talkB = 'web:b' as ConversationId;

function message(conversation: ConversationId, text: string): InboundMessage {
  return { channel: 'web', id: text, conversation, audience: 'public', text, receivedAt: new Date(0) };
}
function reply(text: string): Reply {
  return {
    kind: 'answer',
    language: 'es',
    blocks: [{ kind: 'paragraph', text }],
    citations: [],
  };
}
function recordingChannel(): { channel: Channel; sent: string[] } {
  const sent: string[] = [];
  const channel: Channel = {
    name: 'web',
    maxTextLength: 1000,
    mayWriteFirst: false,
    start: async () => undefined,
    send: async (_to, { blocks }) => {
      sent.push(...blocks.map((block) => (block.kind === 'list' ? '' : block.text)));
      return ['1'];
    },
    status: () => ({ state: 'ready' }),
    stop: async () => undefined,
  };
  return { channel, sent };
}

describe('the dispatcher', () => {
  it('answers one conversation in order while others go on beside it', async () => {
    const { channel, sent } = recordingChannel();
    const release = new Map<string, () => void>();
    const handle = async ({ text }: InboundMessage) => {
      await new Promise<void>((resolve) => release.set(text, resolve));
      return { reply: reply(text), retrieved: [], context: undefined, sensitive: false, erasePerson: false };
    };
    const dispatcher = createDispatcher({ handle, phrases, log: pino({ level: 'silent' }) });
    const receive = dispatcher.receiverFor(channel);
    await receive(message(talkA, 'a1'));
    await receive(message(talkA, 'a2'));
    await receive(message(talkB, 'b1'));
    await expect.poll(() => [...release.keys()]).toEqual(['a1', 'b1']);
    release.get('b1')?.();
    await expect.poll(() => sent).toEqual(['b1']);
    release.get('a1')?.();
    await expect.poll(() => release.has('a2')).toBe(true);
    release.get('a2')?.();
    await dispatcher.drain();
    expect(sent).toEqual(['b1', 'a1', 'a2']);
  });

  it('apologises with a case number when a turn fails, and logs no word of it', async () => {
    const { channel, sent } = recordingChannel();
    const lines: string[] = [];
    const log = pino({}, { write: (line: string) => void lines.push(line) });
    const handle = () => Promise.reject(new Error('secreto: palabra de la persona'));
    const dispatcher = createDispatcher({ handle, phrases, log });
    await dispatcher.receiverFor(channel)(message(talkA, 'hola secreto'));
    await dispatcher.drain();
    expect(sent[0]).toMatch(/Caso [0-9a-f]{8}\./);
    expect(lines.join()).toContain('turn failed');
    expect(lines.join()).not.toContain('secreto');
  });
});
