import { describe, expect, it } from 'vitest';
import { createMetrics } from '#src/metrics.ts';
import type { Store } from '#src/storage/store.ts';

const counts = (count: () => Promise<number>): Pick<Store, 'inbox' | 'outbox' | 'deadLetters'> => {
  const never = () => Promise.reject(new Error('not asked for'));
  return {
    inbox: {
      ...{ accept: never, claim: never, renew: never, close: never, fail: never },
      ...{ release: never, giveUp: never, amendMessage: never, deleteMessage: never, openCount: count },
    },
    outbox: {
      ...{ put: never, claim: never, renew: never, delivered: never, retry: never },
      ...{ release: never, giveUp: never, replyTo: never, openCount: count },
    },
    deadLetters: { list: never, resend: never, count },
  };
};

describe('the metrics', () => {
  it('count and time what they are told', async () => {
    const { measures, read } = createMetrics(counts(async () => 3));
    measures.turnClosed({ channel: 'web', kind: 'answer', handleMs: 20, sinceReceivedMs: 1_500 });
    measures.turnFailed({ channel: 'teams', outcome: 'dead' });
    measures.deliveryEnded({ channel: 'web', outcome: 'delivered', sinceClosedMs: 40 });
    measures.deliveryEnded({ channel: 'web', outcome: 'retried', sinceClosedMs: 40 });
    measures.stageTook('retrieve', 4);
    const { text } = await read();
    for (const line of [
      'orienta_turns_total{channel="web",kind="answer"} 1',
      'orienta_turn_seconds_sum{channel="web"} 1.5',
      'orienta_turn_failures_total{channel="teams",outcome="dead"} 1',
      'orienta_deliveries_total{channel="web",outcome="retried"} 1',
      'orienta_delivery_seconds_count{channel="web"} 1',
      'orienta_stage_seconds_sum{stage="handle"} 0.02',
      'orienta_stage_seconds_bucket{le="0.005",stage="retrieve"} 1',
      'orienta_inbox_open 3',
      'orienta_dead_letters 3',
    ]) {
      expect(text.split('\n')).toContain(line);
    }
    expect(text).toMatch(/^process_resident_memory_bytes \d/m);
  });

  it('show the process of WhatsApp’s browser as it is when they are read', async () => {
    const { watchBrowser, read } = createMetrics(counts(async () => 0));
    let state = 'starting';
    watchBrowser(() => ({ state, restarts: 2, bytes: 300_000_000 }));
    expect((await read()).text).toMatch(/^orienta_whatsapp_ready 0$/m);
    state = 'ready';
    const { text } = await read();
    for (const line of ['ready 1', 'restarts 2', 'bytes 300000000']) {
      expect(text.split('\n')).toContain(`orienta_whatsapp_${line}`);
    }
  });

  it('are there while the database is away, which is told apart from none', async () => {
    const { read } = createMetrics(counts(() => Promise.reject(new Error('away'))));
    expect((await read()).text).toMatch(/^orienta_inbox_open Nan$/im);
  });
});
