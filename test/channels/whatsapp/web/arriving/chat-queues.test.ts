import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createChatQueues } from '#src/channels/whatsapp/web/arriving/chat-queues.ts';

describe('createChatQueues', () => {
  it('does all work, that of a chat in order, no more chats at once than allowed', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c', 'd', 'e'), fc.nat(3)), { maxLength: 40 }),
        fc.integer({ min: 1, max: 4 }),
        async (jobs, atOnce) => {
          const queues = createChatQueues(atOnce);
          const done: { chat: string; index: number }[] = [];
          const running = new Set<string>();
          for (const [index, [chat, turns]] of jobs.entries()) {
            queues.add(chat, async () => {
              expect(running.has(chat)).toBe(false);
              running.add(chat);
              expect(running.size).toBeLessThanOrEqual(atOnce);
              for (let turn = 0; turn < turns; turn += 1) await Promise.resolve();
              running.delete(chat);
              done.push({ chat, index });
            });
          }
          await queues.idle();
          expect(done).toHaveLength(jobs.length);
          expect(queues.size).toBe(0);
          for (const chat of 'abcde') {
            const order = done.filter((one) => one.chat === chat).map(({ index }) => index);
            expect(order).toEqual(order.toSorted((a, b) => a - b));
          }
        },
      ),
    );
  });

  it('forgets what has not begun', async () => {
    const queues = createChatQueues(1);
    const done: string[] = [];
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    queues.add('a', () => held.then(() => void done.push('one')));
    queues.add('a', async () => void done.push('two'));
    queues.add('b', async () => void done.push('three'));
    queues.drop();
    expect(queues.size).toBe(1);
    release();
    await queues.idle();
    expect(done).toEqual(['one']);
  });
});
