import type { Channel, ChannelName, ChannelStatus, ConversationId, Reply } from '#src/channels/channel.ts';
import { tableList } from '#src/channels/table-list.ts';

/** One reply as the platform got it. */
export interface Sent {
  readonly to: ConversationId;
  readonly text: string;
}

/** A platform that notes what it is sent. */
export interface RecordingChannel extends Channel {
  readonly sent: Sent[];
  /** Errors to throw for the next sends, first to last. */
  readonly failures: Error[];
  state: ChannelStatus;
}

export function createRecordingChannel(name: ChannelName = 'whatsapp'): RecordingChannel {
  const sent: Sent[] = [];
  const failures: Error[] = [];
  return {
    name,
    maxTextLength: 1_000,
    mayWriteFirst: false,
    sent,
    failures,
    state: { state: 'ready' },
    start: async () => {},
    async send(to, reply) {
      const failure = failures.shift();
      if (failure !== undefined) throw failure;
      sent.push({ to, text: wordsOf(reply) });
      return [`id-${sent.length}`];
    },
    status() {
      return this.state;
    },
    stop: async () => {},
  };
}

/** A reply of one paragraph. */
export function sayReply(text: string): Reply {
  return {
    kind: 'answer',
    language: 'es',
    blocks: [{ kind: 'paragraph', text }],
    citations: [],
  };
}

function wordsOf(reply: Reply): string {
  return reply.blocks
    .map((block) => (block.kind === 'table' ? tableList(block) : block))
    .map((block) => (block.kind === 'list' ? block.items.join(' ') : block.text))
    .join('\n');
}
