import { REASONS, road, speaking } from '@slipway/plugin-slipway-common';
import fc from 'fast-check';
import { decide } from './decide';
import type { ConditionDraft } from './decision';
import { mayFollow } from './lifecycle';
import type { Observation } from './observation';
import { healthy, settled, synced } from './__testUtils__/observations';

const text = fc.string({ minLength: 1, maxLength: 12 });
const texts = fc.array(text, { maxLength: 4 });
const filled = fc.array(text, { minLength: 1, maxLength: 4 });
const none = fc.constant({ state: 'unseen' } as const);
const state = <S extends string, T extends object>(
  name: S,
  fields: { [K in keyof T]: fc.Arbitrary<T[K]> },
) =>
  fc.record({ state: fc.constant(name), ...fields }) as unknown as fc.Arbitrary<
    { state: S } & T
  >;
const gone = fc.constantFrom(
  'present' as const,
  'deleting' as const,
  'gone' as const,
);
const live = (type: 'Synced' | 'Healthy'): fc.Arbitrary<ConditionDraft> =>
  fc.oneof(
    fc.constant(type === 'Synced' ? synced : healthy),
    fc.record({
      type: fc.constant(type),
      status: fc.constantFrom('False' as const, 'Unknown' as const),
      reason: fc.constantFrom(
        'OutOfSync',
        'SyncFailed',
        'Degraded',
        'BuildGateClosed',
        'ClusterUnreachable',
        'StatusUnknown',
      ),
      message: text,
    }) as fc.Arbitrary<ConditionDraft>,
  );

const observations: fc.Arbitrary<Observation> = fc.record({
  name: text,
  previous: fc.record({
    phase: fc.constantFrom(
      undefined,
      'queued',
      'ready',
      'failed',
      'deleting',
      'retained',
      'deleted',
    ),
    conditions: fc.constantFrom([], settled([synced, healthy])),
  }) as fc.Arbitrary<Observation['previous']>,
  declaration: fc.oneof(
    state('declared', {}),
    state('undeclared', {}),
    state('unreadable', { message: text }),
    state('held', { message: text }),
  ),
  validity: fc.oneof(
    none,
    state('valid', {}),
    state('invalid', { problems: texts, runsLastValid: fc.boolean() }),
    state('class-unknown', { class: text, known: texts }),
    state('reference-unknown', { message: text }),
  ),
  placement: fc.oneof(
    none,
    state('recorded', { cluster: text }),
    state('chosen', { cluster: text, because: text }),
    state('none', { message: text }),
    state('unknown', { cluster: text, known: texts }),
    state('fixed', { recorded: text, wanted: text }),
  ),
  domains: fc.oneof(
    none,
    state('held', {}),
    state('unsettled', { claim: filled, release: texts }),
    state('taken', { domain: text, by: text }),
  ),
  plan: fc.oneof(
    none,
    state('failed', { message: text }),
    state('unreachable', { message: text, sameGeneration: fc.boolean() }),
    fc.record({
      state: fc.constant('ready' as const),
      digest: text,
      approvalDigest: text,
      files: fc.nat(9),
      objects: fc.nat(9),
      passed: fc.nat(9),
      warnings: texts,
      denials: texts,
      brokenRules: texts,
      misfits: texts,
      gates: fc.array(fc.record({ workload: text, open: fc.boolean() }), {
        maxLength: 2,
      }),
      approval: fc.record({
        required: fc.boolean(),
        count: fc.integer({ min: 1, max: 3 }),
        groups: texts,
      }),
    }),
  ),
  approvals: fc.oneof(none, state('counted', { given: fc.nat(3), by: texts })),
  delivered: fc.oneof(
    none,
    state('same', { commit: text }),
    state('differs', {
      by: fc.constantFrom(
        'commit' as const,
        'propose' as const,
        'hand-over' as const,
      ),
    }),
    state('handed-over', {
      stage: fc.constantFrom(
        'write' as const,
        'commit' as const,
        'branch' as const,
        'push' as const,
      ),
      where: text,
    }),
    state('change-open', { change: text }),
    state('change-closed', { change: text }),
    state('unavailable', { message: text }),
  ),
  platform: fc.oneof(
    none,
    state('applied', { objects: fc.nat(9) }),
    state('pending', { message: text, quiet: fc.boolean() }),
    state('terminating', { namespace: text }),
    state('unreachable', { message: text }),
    state('refused', { message: text }),
    state('conflict', { message: text }),
    state('namespace-taken', { namespace: text, by: text }),
    state('argocd-missing', { message: text }),
    state('left-to-others', { missing: texts }),
  ),
  remains: fc.oneof(
    none,
    state('unreachable', { message: text }),
    state('refused', { message: text }),
    state('git-unavailable', { message: text }),
    state('looked', {
      keeps: texts,
      application: gone,
      project: gone,
      objects: texts,
      namespace: fc.constantFrom(
        'present',
        'deleting',
        'gone',
        'kept',
        'foreign',
      ),
      folder: fc.constantFrom('present', 'gone'),
      domains: fc.constantFrom('held', 'released'),
    }),
  ) as fc.Arbitrary<Observation['remains']>,
  live: fc.record({ synced: live('Synced'), healthy: live('Healthy') }),
});

describe('decide, whatever it sees', () => {
  it('answers every observation, with one condition a station and reasons that the table explains', () => {
    fc.assert(
      fc.property(observations, seen => {
        const { conditions } = decide(seen);
        const types = conditions.map(({ type }) => type);
        expect(types).toEqual([
          'Declared',
          'Validated',
          'PolicyPassed',
          'Approved',
          'Rendered',
          'Committed',
          'Provisioned',
          'Synced',
          'Healthy',
        ]);
        conditions.forEach(({ reason }) =>
          expect(REASONS[reason]).toBeDefined(),
        );
      }),
      { numRuns: 2000 },
    );
  });

  it('lets exactly one station speak, unless all are done', () => {
    fc.assert(
      fc.property(observations, seen => {
        const conditions = settled(decide(seen).conditions);
        const speaks = speaking(conditions);
        const unfinished = road(conditions).filter(
          station => station.state !== 'done',
        );
        expect(speaks?.station).toBe(unfinished[0]?.station);
        if (!speaks) return;
        expect(speaks.message).not.toBe('');
        expect(speaks.condition!.reason).not.toBe('Ahead');
        const loud = unfinished.filter(({ state: shown }) =>
          ['here', 'waiting', 'stopped'].includes(shown),
        );
        expect(loud.length).toBeLessThanOrEqual(1);
      }),
      { numRuns: 2000 },
    );
  });

  it('never acts on a cluster or on Git before policy and approval are settled', () => {
    fc.assert(
      fc.property(observations, seen => {
        const { conditions, next } = decide(seen);
        if (seen.declaration.state === 'undeclared' || next.type !== 'act')
          return;
        if (!['commit', 'propose', 'apply'].includes(next.act)) return;
        const status = (type: string) =>
          conditions.find(c => c.type === type)?.status;
        expect(status('PolicyPassed')).toBe('True');
        expect(status('Approved')).toBe('True');
      }),
      { numRuns: 2000 },
    );
  });

  it('removes nothing unless nobody declares the environment', () => {
    const removing = [
      'delete-application',
      'delete-project',
      'delete-objects',
      'delete-namespace',
      'delete-folder',
    ];
    fc.assert(
      fc.property(observations, seen => {
        const { next } = decide(seen);
        const removes = next.type === 'act' && removing.includes(next.act);
        expect(removes && seen.declaration.state !== 'undeclared').toBe(false);
      }),
      { numRuns: 2000 },
    );
  });

  it('only proposes phases that the lifecycle knows', () => {
    fc.assert(
      fc.property(observations, seen => {
        const { phase, next } = decide(seen);
        const known =
          next.type === 'look' || mayFollow(seen.previous.phase, phase);
        expect([seen.previous.phase, phase, known]).toEqual([
          seen.previous.phase,
          phase,
          true,
        ]);
      }),
      { numRuns: 2000 },
    );
  });
});
