import fc from 'fast-check';
import type { Lease, Outcome } from '../../ports/WorkQueue';
import type { DatabaseWorkQueue } from '../DatabaseWorkQueue';
import type { TestClock } from './clock';

export const LEASE_MS = 100;
export const MAX_ATTEMPTS = 3;
export const BASE_MS = 16;
export const KEYS = ['a', 'b', 'c'];

/** What the queue should know of one key, told without SQL. */
interface Expected {
  /** When work that no run has taken is due; undefined when there is none. */
  due?: number;
  /** When the work of the last run comes back. */
  again?: number;
  run?: { lease: Lease; until: number };
  failures: number;
  dead: boolean;
}

/** What the queue should know, and what the test remembers of what it did. */
export interface QueueModel {
  keys: Map<string, Expected>;
  /** Every lease that was ever handed out: the lost ones are used, too. */
  leases: Lease[];
  /** Counts marks, to tell which of them a run has begun after. */
  moment: number;
  lastMark: Map<string, number>;
  begun: Map<Lease, number>;
  servedUpTo: Map<string, number>;
}

/** Two processes on one database. */
export interface QueueSystem {
  queues: DatabaseWorkQueue[];
  clock: TestClock;
}

type Command = fc.AsyncCommand<QueueModel, QueueSystem>;

export function createQueueModel(): QueueModel {
  return {
    keys: new Map(),
    leases: [],
    moment: 0,
    lastMark: new Map(),
    begun: new Map(),
    servedUpTo: new Map(),
  };
}

/** Keys with a mark that no completed run has begun after. */
export function owedKeys(model: QueueModel): string[] {
  return [...model.lastMark]
    .filter(([key, at]) => at > (model.servedUpTo.get(key) ?? 0))
    .map(([key]) => key);
}

function expected(model: QueueModel, key: string): Expected {
  const known = model.keys.get(key) ?? { failures: 0, dead: false };
  model.keys.set(key, known);
  return known;
}

const earliest = (...times: Array<number | undefined>) =>
  Math.min(...times.map(time => time ?? Infinity));

const isClaimable = ({ run, due, again }: Expected, now: number) =>
  (run ? run.until : earliest(due, again)) <= now;

function mark(queue: number, keys: string[], delayMs: number): Command {
  return {
    check: () => true,
    toString: () => `mark(${queue}, ${keys}, ${delayMs})`,
    async run(model, { queues, clock }) {
      await queues[queue].mark(keys, { delayMs });
      model.moment += 1;
      for (const key of keys) {
        const known = expected(model, key);
        known.due = earliest(known.due, known.again, clock.ms + delayMs);
        if (known.dead) known.failures = 0;
        known.dead = false;
        model.lastMark.set(key, model.moment);
      }
    },
  };
}

function advance(ms: number): Command {
  return {
    check: () => true,
    toString: () => `advance(${ms})`,
    async run(_, { clock }) {
      clock.advance(ms);
    },
  };
}

function claim(queue: number): Command {
  return {
    check: () => true,
    toString: () => `claim(${queue})`,
    async run(model, { queues, clock }) {
      const now = clock.ms;
      const runnable: Array<[string, number]> = [];
      for (const [key, known] of model.keys) {
        if (!isClaimable(known, now)) continue;
        if (known.run) known.failures += 1;
        if (known.due !== undefined && known.due <= now) known.due = undefined;
        known.run = undefined;
        known.again = undefined;
        if (known.failures < MAX_ATTEMPTS) runnable.push([key, known.failures]);
        else {
          // A lease that ended once too often: buried, unless something is marked for later.
          known.failures += 1;
          known.dead = known.due === undefined;
        }
      }
      const leases = await queues[queue].claim(KEYS.length);
      expect(leases.map(lease => [lease.key, lease.attempts]).sort()).toEqual(
        runnable.sort(),
      );
      for (const lease of leases) {
        expect(lease.now).toEqual(new Date(now));
        expected(model, lease.key).run = { lease, until: now + LEASE_MS };
        model.leases.push(lease);
        model.begun.set(lease, model.moment);
      }
    },
  };
}

/** Whether a write goes through is a matter of whose lease it is. */
function mustBe(written: boolean, ours: boolean) {
  expect(written).toBe(ours);
}

/** A command that uses some lease, held or lost. */
function withLease(
  name: string,
  act: (
    system: QueueSystem,
    lease: Lease,
    known: Expected,
    ours: boolean,
    model: QueueModel,
  ) => Promise<void>,
) {
  return (pick: number): Command => ({
    check: model => model.leases.length > 0,
    toString: () => `${name}(${pick})`,
    async run(model, system) {
      const lease = model.leases[pick % model.leases.length];
      const known = expected(model, lease.key);
      await act(system, lease, known, known.run?.lease === lease, model);
    },
  });
}

const heartbeat = withLease(
  'heartbeat',
  async ({ queues, clock }, lease, known, ours) => {
    mustBe(await queues[0].heartbeat(lease), ours);
    if (ours) known.run!.until = clock.ms + LEASE_MS;
  },
);

const release = withLease(
  'release',
  async ({ queues, clock }, lease, known, ours) => {
    mustBe(await queues[1].release(lease), ours);
    if (!ours) return;
    known.run = undefined;
    known.again = clock.ms;
  },
);

const complete = (outcome: Outcome) =>
  withLease(
    `complete as ${outcome.type}`,
    async ({ queues, clock }, lease, known, ours, model) => {
      mustBe(await queues[0].complete(lease, outcome), ours);
      if (!ours) return;
      known.run = undefined;
      if (outcome.type === 'done' || outcome.type === 'requeue') {
        known.failures = 0;
        if (outcome.type === 'requeue')
          known.again = clock.ms + outcome.afterMs;
        model.servedUpTo.set(lease.key, model.begun.get(lease)!);
        return;
      }
      known.failures = lease.attempts + 1;
      const used =
        outcome.type === 'terminal' || known.failures >= MAX_ATTEMPTS;
      // What was marked meanwhile doesn't die with the run.
      if (used) known.dead = known.due === undefined;
      else
        known.again =
          clock.ms + Math.floor(0.5 * BASE_MS * 2 ** lease.attempts);
    },
  );

function replay(keys: string[]): Command {
  return {
    check: () => true,
    toString: () => `replay(${keys})`,
    async run(model, { queues, clock }) {
      const dead = keys.filter(key => model.keys.get(key)?.dead);
      expect(await queues[1].replay(keys)).toBe(dead.length);
      for (const key of dead)
        model.keys.set(key, { due: clock.ms, failures: 0, dead: false });
    },
  };
}

/** The figures of the queue are those of the model, whatever happened before. */
function look(): Command {
  return {
    check: () => true,
    toString: () => 'look',
    async run(model, { queues, clock }) {
      const now = clock.ms;
      const count = (is: (known: Expected) => boolean | undefined) =>
        [...model.keys.values()].filter(is).length;
      expect(await queues[0].stats()).toMatchObject({
        due: count(known => isClaimable(known, now)),
        leased: count(known => known.run && known.run.until > now),
        waiting: count(({ run, due, again }) => {
          const next = earliest(due, again);
          return !run && next > now && next < Infinity;
        }),
        dead: count(known => known.dead),
      });
    },
  };
}

const which = fc.nat({ max: 1 });
const pick = fc.nat({ max: 1_000 });
const keys = fc.uniqueArray(fc.constantFrom(...KEYS), {
  minLength: 1,
  maxLength: 3,
});

/** What may happen to a queue, in any order. */
export const queueCommands = fc.commands(
  [
    fc
      .tuple(which, keys, fc.constantFrom(0, 0, 0, 20, 150))
      .map(args => mark(...args)),
    fc.constantFrom(1, 10, 50, LEASE_MS).map(advance),
    which.map(claim),
    which.map(claim),
    pick.map(heartbeat),
    pick.map(release),
    pick.map(complete({ type: 'done' })),
    pick.map(complete({ type: 'requeue', afterMs: 30 })),
    pick.map(complete({ type: 'retry', error: 'down' })),
    pick.map(complete({ type: 'terminal', error: 'no' })),
    keys.map(replay),
    fc.constant(look()),
  ],
  { maxCommands: 60, size: '+1' },
);
