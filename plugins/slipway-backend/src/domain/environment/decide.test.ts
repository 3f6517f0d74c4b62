import { speaking } from '@slipway/plugin-slipway-common';
import { decide } from './decide';
import type { Next } from './decision';
import { unseen, type Observation } from './observation';
import {
  arrived,
  healthy,
  looked,
  ready,
  settled,
  synced,
} from './__testUtils__/observations';

/** What comes next, in one word. */
function wordOf(next: Next): string {
  if (next.type === 'act') return next.act;
  if (next.type === 'wait') return next.for;
  return next.type;
}

describe('decide', () => {
  it('looks at one thing after the other, in the order of the road', () => {
    const order: string[] = [];
    let seen = unseen(arrived);
    const wanted: Observation = {
      ...arrived,
      plan: { ...ready, approval: { required: true, count: 1, groups: [] } },
      approvals: { state: 'counted', given: 1, by: ['user:default/ana'] },
    };
    for (let i = 0; i < 20; i++) {
      const { next } = decide(seen);
      if (next.type !== 'look') break;
      order.push(next.at);
      seen = { ...seen, [next.at]: wanted[next.at] };
    }
    expect(order).toEqual([
      'validity',
      'placement',
      'domains',
      'plan',
      'approvals',
      'delivered',
      'platform',
    ]);
  });

  it.each<[string, Partial<Observation>, string, string, string]>([
    ['everything is done', {}, 'Healthy', 'ready', 'rest'],
    [
      'the source is unreadable',
      { declaration: { state: 'unreadable', message: 'x' } },
      'SourceUnreadable',
      'queued',
      'git',
    ],
    [
      'many specs vanished',
      { declaration: { state: 'held', message: 'x' } },
      'MassDeletionHeld',
      'queued',
      'people',
    ],
    [
      'the spec is wrong and nothing ever ran',
      { validity: { state: 'invalid', problems: ['p'], runsLastValid: false } },
      'Invalid',
      'failed',
      'rest',
    ],
    [
      'the spec is wrong and an older one runs',
      { validity: { state: 'invalid', problems: ['p'], runsLastValid: true } },
      'Invalid',
      'failed',
      'rest',
    ],
    [
      'no cluster is allowed',
      { placement: { state: 'none', message: 'x' } },
      'NoClusterAllowed',
      'failed',
      'rest',
    ],
    [
      'a cluster was chosen',
      { placement: { state: 'chosen', cluster: 'eu', because: 'x' } },
      'Reconciling',
      'reconciling',
      'record-cluster',
    ],
    [
      'a domain is taken',
      { domains: { state: 'taken', domain: 'd', by: 'o' } },
      'DomainTaken',
      'failed',
      'rest',
    ],
    [
      'a policy denies',
      { plan: { ...ready, denials: ['no'] } },
      'PolicyDenied',
      'failed',
      'rest',
    ],
    [
      'a rule is broken',
      { plan: { ...ready, brokenRules: ['x'], denials: ['no'] } },
      'PolicyError',
      'failed',
      'rest',
    ],
    [
      'the quota is too small',
      { plan: { ...ready, misfits: ['cpu'] } },
      'QuotaExceeded',
      'failed',
      'rest',
    ],
    [
      'Git is away',
      { delivered: { state: 'unavailable', message: 'x' } },
      'GitUnavailable',
      'reconciling',
      'git',
    ],
    [
      'Git differs',
      { delivered: { state: 'differs', by: 'commit' } },
      'Committing',
      'reconciling',
      'commit',
    ],
    [
      'Git differs and people merge',
      { delivered: { state: 'differs', by: 'propose' } },
      'Committing',
      'reconciling',
      'propose',
    ],
    [
      'a delivery change is open',
      { delivered: { state: 'change-open', change: '7' } },
      'DeliveryChangeOpen',
      'reconciling',
      'people',
    ],
    [
      'the cluster is away',
      { platform: { state: 'unreachable', message: 'x' } },
      'ClusterUnreachable',
      'reconciling',
      'cluster',
    ],
    [
      'somebody owns a field',
      { platform: { state: 'conflict', message: 'x' } },
      'FieldConflict',
      'failed',
      'cluster',
    ],
    [
      'the namespace is somebody else’s',
      { platform: { state: 'namespace-taken', namespace: 'n', by: 'x' } },
      'NamespaceTaken',
      'failed',
      'cluster',
    ],
    [
      'others apply, and have',
      { platform: { state: 'left-to-others', missing: [] } },
      'Healthy',
      'ready',
      'rest',
    ],
    [
      'others apply, and have not',
      { platform: { state: 'left-to-others', missing: ['Namespace n'] } },
      'LeftToOthers',
      'reconciling',
      'cluster',
    ],
    [
      'Argo CD syncs',
      {
        live: {
          synced: { ...synced, status: 'False', reason: 'Syncing' },
          healthy,
        },
      },
      'Syncing',
      'reconciling',
      'argocd',
    ],
    [
      'the build gate is closed',
      {
        live: {
          synced,
          healthy: { ...healthy, status: 'False', reason: 'BuildGateClosed' },
        },
      },
      'BuildGateClosed',
      'ready',
      'argocd',
    ],
  ])(
    'when %s, says so and knows what comes next',
    (_when, change, reason, phase, next) => {
      const decision = decide({ ...arrived, ...change });
      const speaks = speaking(settled(decision.conditions));
      expect(speaks?.condition?.reason ?? 'Healthy').toBe(reason);
      expect(decision.phase).toBe(phase);
      expect(wordOf(decision.next)).toBe(next);
    },
  );

  it('counts approvals and says who may give the missing ones', () => {
    const plan = {
      ...ready,
      approval: { required: true, count: 2, groups: ['group:default/leads'] },
    };
    const one = decide({
      ...arrived,
      plan,
      approvals: { state: 'counted', given: 1, by: ['user:default/ana'] },
    });
    expect(one.phase).toBe('pending_approval');
    expect(speaking(settled(one.conditions))!.message).toBe(
      'One of group:default/leads must approve a1b2c3d.',
    );
    const two = decide({
      ...arrived,
      plan,
      approvals: {
        state: 'counted',
        given: 2,
        by: ['user:default/ana', 'user:default/bo'],
      },
    });
    expect(two.conditions[3]).toMatchObject({
      status: 'True',
      reason: 'Approved',
    });
  });

  it('keeps what runs visible while a newer spec is stopped, and drops it where nothing ran', () => {
    const previous = {
      phase: 'ready' as const,
      conditions: settled(decide(arrived).conditions),
    };
    const denied = { ...arrived, plan: { ...ready, denials: ['no'] } };
    expect(
      decide({ ...denied, previous })
        .conditions.slice(6)
        .map(c => c.status),
    ).toEqual(['True', 'True', 'True']);
    expect(
      decide(denied)
        .conditions.slice(6)
        .map(c => c.reason),
    ).toEqual(['Ahead', 'Ahead', 'Ahead']);
  });

  it('goes on with the last valid version where the newest has errors', () => {
    const seen: Partial<Observation> = {
      validity: { state: 'invalid', problems: ['p'], runsLastValid: true },
      delivered: { state: 'differs', by: 'commit' },
    };
    expect(decide({ ...arrived, ...seen }).next).toEqual({
      type: 'act',
      act: 'commit',
    });
  });

  it('removes the folder first where Argo CD would make the Application of it again', () => {
    const remains: Extract<Observation['remains'], { state: 'looked' }> = {
      ...looked,
      generated: true,
    };
    const next = (more: Partial<typeof remains>) =>
      wordOf(
        decide({
          ...arrived,
          declaration: { state: 'undeclared' },
          remains: { ...remains, ...more },
        }).next,
      );
    expect([
      next({ folder: 'present' }),
      next({ folder: 'handed-over' }),
      next({ folder: 'gone' }),
    ]).toEqual(['delete-folder', 'people', 'delete-application']);
  });

  it('removes in order, and ends as soon as everything is gone', () => {
    const acts: string[] = [];
    let end: string | undefined;
    let remains: Extract<Observation['remains'], { state: 'looked' }> = looked;
    const after: Record<string, Partial<typeof remains>> = {
      'delete-application': { application: 'gone' },
      'delete-project': { project: 'gone' },
      'delete-objects': { objects: [] },
      'delete-namespace': { namespace: 'gone' },
      'delete-folder': { folder: 'gone' },
      'release-domains': { domains: 'released' },
    };
    for (let i = 0; i < 10; i++) {
      const { next, phase } = decide({
        ...arrived,
        declaration: { state: 'undeclared' },
        remains,
      });
      end = phase;
      if (next.type !== 'act') break;
      acts.push(next.act);
      remains = { ...remains, ...after[next.act] };
    }
    expect(end).toBe('deleted');
    expect(acts).toEqual([
      'delete-application',
      'delete-project',
      'delete-objects',
      'delete-namespace',
      'delete-folder',
      'release-domains',
    ]);
  });

  it('keeps the namespace where databases are kept', () => {
    const keep = { ...looked, keeps: ['StatefulSet db'] };
    const at = (more: object) =>
      decide({
        ...arrived,
        declaration: { state: 'undeclared' },
        remains: { ...keep, ...more },
      }).next;
    expect(at({})).toEqual({ type: 'act', act: 'delete-application' });
    const last = {
      application: 'gone',
      project: 'gone',
      objects: [],
    };
    expect(at(last)).toEqual({ type: 'act', act: 'keep-namespace' });
    const end = decide({
      ...arrived,
      declaration: { state: 'undeclared' },
      remains: {
        ...keep,
        ...last,
        namespace: 'kept',
        folder: 'gone',
        domains: 'released',
      } as Observation['remains'],
    });
    expect(end.phase).toBe('retained');
    expect(speaking(settled(end.conditions))!.title).toBe(
      'Removed, databases kept',
    );
  });

  describe('while the cluster can’t even be asked what it serves', () => {
    const away = (
      sameGeneration: boolean,
      agreement?: { given: number; by: string[] },
    ) =>
      decide({
        ...arrived,
        previous: {
          phase: 'ready',
          conditions: settled(decide(arrived).conditions),
        },
        plan: {
          state: 'unreachable',
          message: 'no route',
          sameGeneration,
          ...(agreement && {
            agreement: {
              approvalDigest: 'sha256:abc',
              approval: { required: true, count: 2, groups: [] },
              ...agreement,
            },
          }),
        },
        live: {
          synced: {
            ...synced,
            status: 'Unknown',
            reason: 'ClusterUnreachable',
          },
          healthy,
        },
      });

    it('takes back nothing that was settled for what is declared', () => {
      const { conditions, next } = away(true);
      expect(
        conditions.slice(0, 7).map(({ status, reason }) => [status, reason]),
      ).toEqual(
        decide(arrived)
          .conditions.slice(0, 7)
          .map(({ status, reason }) => [status, reason]),
      );
      expect(conditions[7].reason).toBe('ClusterUnreachable');
      expect(next).toEqual({ type: 'wait', for: 'cluster' });
    });

    it('says all the same that an agreement is missing by now', () => {
      const { conditions, phase, next } = away(true, {
        given: 1,
        by: ['user:default/ann'],
      });
      expect(conditions.slice(0, 4).map(({ reason }) => reason)).toEqual([
        'Declared',
        'Valid',
        'PolicyPassed',
        'ApprovalWanted',
      ]);
      expect(conditions).toHaveLength(9);
      // What runs stays what it was.
      expect(conditions[6]).toMatchObject({ status: 'True' });
      expect(conditions[7].reason).toBe('ClusterUnreachable');
      expect(phase).toBe('pending_approval');
      expect(next).toEqual({ type: 'rest' });
    });

    it('takes nothing back where everybody still agrees', () => {
      const by = ['user:default/ann', 'user:default/bob'];
      expect(away(true, { given: 2, by })).toEqual(away(true));
    });

    it('claims nothing of a spec that has changed since', () => {
      const { conditions } = away(false);
      expect(conditions[1]).toMatchObject({
        type: 'Validated',
        status: 'Unknown',
        reason: 'ClusterUnreachable',
      });
    });
  });
});
