import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clientStateSchema } from '#src/channels/whatsapp/web/protocol.ts';
import {
  type Action,
  NOT_STARTED,
  type Supervision,
  type SupervisionEvent,
  supervise,
} from '#src/channels/whatsapp/web/supervision.ts';

const event: fc.Arbitrary<SupervisionEvent> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      type: fc.constant('client' as const),
      state: fc.constantFrom(...clientStateSchema.options),
      canRestore: fc.boolean(),
    }),
  },
  { weight: 3, arbitrary: fc.record({ type: fc.constant('ended' as const), clean: fc.boolean() }) },
  { weight: 4, arbitrary: fc.constantFrom({ type: 'prepared' as const }, { type: 'held' as const }) },
  {
    weight: 1,
    arbitrary: fc.record({
      type: fc.constant('not-held' as const),
      because: fc.constantFrom('taken' as const, 'store-away' as const),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ type: 'blocked' as const, reason: 'no' }) },
  {
    weight: 4,
    arbitrary: fc
      .constantFrom('start', 'stop', 'fault', 'pause-over', 'healthy', 'quiet-hour', 'link', 'unseen')
      .map((type) => ({ type }) as SupervisionEvent),
  },
);

/** What a run of the machine came to, seen from outside. */
interface World {
  state: Supervision;
  hasChild: boolean;
  /** It is being started: that may fail. */
  isBeingBorn: boolean;
  isPreparing: boolean;
  hasNumber: boolean;
  /** The phone closed the session and no operator has asked since. */
  isLoggedOut: boolean;
  restoresSinceReady: number;
  readonly faults: string[];
}

/** The world obeys: no child ends that was not started, and nothing is prepared that was not asked for. */
function happens(world: World, event: SupervisionEvent): boolean {
  if (event.type === 'ended' || event.type === 'client') return world.hasChild;
  if (event.type === 'prepared') return world.isPreparing;
  if (event.type === 'blocked') return world.isPreparing || world.isBeingBorn;
  return true;
}

function apply(world: World, event: SupervisionEvent): void {
  if (!happens(world, event)) return;
  if (event.type === 'ended' || (event.type === 'blocked' && world.isBeingBorn)) world.hasChild = false;
  world.isBeingBorn = false;
  if (event.type === 'prepared' || (event.type === 'blocked' && world.isPreparing)) world.isPreparing = false;
  if (event.type === 'held') world.hasNumber = true;
  if (event.type === 'not-held') world.hasNumber = false;
  if (event.type === 'link') world.isLoggedOut = false;
  const before = world.state;
  const { state, actions } = supervise(before, event);
  world.state = state;
  if (event.type === 'client' && event.state === 'ready' && before.phase.kind === 'running')
    world.restoresSinceReady = 0;
  for (const action of actions) check(world, action);
}

function check(world: World, action: Action): void {
  const fail = (why: string): void => void world.faults.push(why);
  switch (action.do) {
    case 'start-child':
      if (world.hasChild) fail('two children');
      if (world.isPreparing) fail('started on a profile at work');
      if (!world.hasNumber) fail('started without the number');
      if (!world.state.wanted) fail('started after the stop');
      if (world.isLoggedOut) fail('started after a logout that nobody mended');
      world.hasChild = true;
      world.isBeingBorn = true;
      break;
    case 'end-child':
      if (!world.hasChild) fail('ended no child');
      break;
    case 'prepare':
      if (world.hasChild) fail('a profile at work under a browser');
      if (world.isPreparing) fail('two tasks on one profile');
      if (action.task === 'wipe' && !world.isLoggedOut) fail('wiped a session that lives');
      if (action.task !== 'none' && !world.hasNumber) fail('touched the profile without the number');
      if (action.task === 'restore' && ++world.restoresSinceReady > 1) fail('restored twice');
      world.isPreparing = true;
      break;
    case 'alert-logout':
      world.isLoggedOut = true;
      break;
    default:
      break;
  }
}

function newWorld(): World {
  return {
    state: NOT_STARTED,
    hasChild: false,
    isBeingBorn: false,
    isPreparing: false,
    hasNumber: false,
    isLoggedOut: false,
    restoresSinceReady: 0,
    faults: [],
  };
}

const events = fc.array(event, { maxLength: 60 });

describe('supervise', () => {
  it('whatever happens: one child, with the number, on a profile that is its own, and none after a logout', () => {
    fc.assert(
      fc.property(events, (sequence) => {
        const world = newWorld();
        apply(world, { type: 'start' });
        for (const next of sequence) apply(world, next);
        expect(world.faults).toEqual([]);
        const { kind } = world.state.phase;
        expect(world.hasChild).toBe(kind === 'running' || kind === 'ending');
        expect(world.isPreparing).toBe(kind === 'preparing');
      }),
      { numRuns: 3_000 },
    );
  });

  it('comes to rest after a stop, whatever happened before, and gives the number back', () => {
    fc.assert(
      fc.property(events, (sequence) => {
        const world = newWorld();
        apply(world, { type: 'start' });
        for (const next of sequence) apply(world, next);
        apply(world, { type: 'stop' });
        apply(world, { type: 'ended', clean: true });
        apply(world, { type: 'prepared' });
        expect(world.state.phase).toEqual({ kind: 'off' });
        expect(world.state.holding).toBe(false);
        expect(world.faults).toEqual([]);
      }),
    );
  });

  it('is never stuck while it is wanted: it waits for the number, for time, or for an operator', () => {
    fc.assert(
      fc.property(events, (sequence) => {
        const world = newWorld();
        for (const next of [{ type: 'start' } as const, ...sequence]) {
          if (next.type !== 'stop') apply(world, next);
        }
        for (let turn = 0; turn < 6; turn += 1) {
          apply(world, { type: 'not-held', because: 'taken' });
          apply(world, { type: 'held' });
          if (world.hasChild && world.state.phase.kind === 'ending')
            apply(world, { type: 'ended', clean: true });
          apply(world, { type: 'prepared' });
          apply(world, { type: 'pause-over' });
          apply(world, { type: 'link' });
        }
        apply(world, { type: 'prepared' });
        expect(['running', 'ending']).toContain(world.state.phase.kind);
      }),
    );
  });

  it('takes a snapshot only of a profile that was ready and closed cleanly', () => {
    const run = (...sequence: readonly SupervisionEvent[]): readonly Action[] => {
      let state = NOT_STARTED;
      let last: readonly Action[] = [];
      for (const next of [{ type: 'start' }, { type: 'held' }, { type: 'prepared' }, ...sequence] as const) {
        ({ state, actions: last } = supervise(state, next));
      }
      return last;
    };
    const isReady = { type: 'client', state: 'ready', canRestore: false } as const;
    const stop = { type: 'stop' } as const;
    const snapshot = [{ do: 'prepare', task: 'snapshot' }];
    expect(run(isReady, stop, { type: 'ended', clean: true })).toEqual(snapshot);
    expect(run(isReady, { type: 'quiet-hour' }, { type: 'ended', clean: true })).toEqual(snapshot);
    expect(run(isReady, stop, { type: 'ended', clean: false })).not.toEqual(snapshot);
    expect(run(stop, { type: 'ended', clean: true })).not.toEqual(snapshot);
    expect(run(isReady, { type: 'ended', clean: false })).not.toEqual(snapshot);
  });
});
