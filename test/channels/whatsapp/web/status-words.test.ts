import { describe, expect, it } from 'vitest';
import { clientStateSchema } from '#src/channels/whatsapp/web/protocol.ts';
import { statusOf } from '#src/channels/whatsapp/web/status-words.ts';
import type { Phase } from '#src/channels/whatsapp/web/supervision.ts';

const PHASES: readonly Phase[] = [
  { kind: 'off' },
  { kind: 'waiting', because: 'asking' },
  { kind: 'waiting', because: 'taken' },
  { kind: 'waiting', because: 'store-away' },
  { kind: 'blocked', reason: 'No hay Chromium.' },
  { kind: 'preparing', next: 'start' },
  ...clientStateSchema.options.map((client) => ({ kind: 'running', client }) as const),
  { kind: 'ending', why: 'planned' },
  { kind: 'pausing' },
  { kind: 'unlinked', because: 'logged-out' },
  { kind: 'unlinked', because: 'unseen' },
];

const WELL = { since: undefined, last: undefined };
const since = new Date('2026-03-02T16:05:00Z');

describe('statusOf', () => {
  it('lets deliveries through only while messages go out', () => {
    const ready = PHASES.filter((phase) => statusOf({ phase, failures: 0 }, WELL).state === 'ready');
    expect(ready).toEqual([
      { kind: 'running', client: 'ready' },
      { kind: 'running', client: 'degraded' },
    ]);
  });

  it.each([
    [{ kind: 'unlinked', because: 'logged-out' }, /cerró la sesión.*orienta whatsapp link/],
    [{ kind: 'unlinked', because: 'unseen' }, /^Falta enlazar el teléfono: orienta whatsapp link$/],
    [{ kind: 'running', client: 'qr' }, /^Falta enlazar el teléfono: orienta whatsapp link$/],
    [{ kind: 'waiting', because: 'taken' }, /Otro proceso/],
    [{ kind: 'waiting', because: 'store-away' }, /base de datos/],
    [{ kind: 'running', client: 'disconnected' }, /internet/],
  ] as const)('says what to do in %j', (phase, words) => {
    expect(statusOf({ phase, failures: 0 }, WELL)).toMatchObject({
      reason: expect.stringMatching(words),
    });
  });

  it('counts the restarts, with the hour in Guatemala since when', () => {
    const status = statusOf({ phase: { kind: 'pausing' }, failures: 3 }, { ...WELL, since });
    expect(status).toMatchObject({
      state: 'down',
      reason: expect.stringContaining('reinicio n.º 3 desde las 10:05'),
    });
  });

  it.each([
    ['Failed to launch the browser process', /Chromium no arranca: revise CHROME_PATH/],
    ['net::ERR_INTERNET_DISCONNECTED', /revise internet en esta máquina/],
    ['Target closed', /el registro/],
    [undefined, /el registro/],
  ])('says what can be mended after "%s"', (last, words) => {
    for (const phase of [{ kind: 'pausing' }, { kind: 'preparing', next: 'start' }] as const) {
      const status = statusOf({ phase, failures: 1 }, { since, last });
      expect(status).toMatchObject({ reason: expect.stringMatching(words) });
    }
  });
});
