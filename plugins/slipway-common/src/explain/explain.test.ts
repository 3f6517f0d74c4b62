import fc from 'fast-check';
import {
  DETAIL_REASONS,
  REASONS,
  ROAD,
  speaking,
  type Condition,
} from '../conditions';
import { explain } from './explain';
import type { ExplainedEnvironment, ExplainOptions } from './types';

const AT = '2026-11-21T12:00:00.000Z';

const condition = (
  type: string,
  status: Condition['status'],
  reason: string,
  message = `${type} is ${reason}.`,
) => ({
  type,
  status,
  reason,
  message,
  lastTransitionTime: AT,
  observedGeneration: 1,
});

const healthy = (
  other: Record<string, ReturnType<typeof condition>> = {},
): ExplainedEnvironment => ({
  organization: 'shop',
  service: 'checkout',
  name: 'production',
  owner: 'group:default/payments',
  conditions: ROAD.map(
    station => other[station] ?? condition(station, 'True', station),
  ),
});

describe('explain', () => {
  it('says of a healthy environment since when, and that nothing is to be done', () => {
    expect(explain(healthy())).toMatchObject({
      headline: 'shop/checkout/production: healthy',
      sentence: 'Healthy since 2026-11-21 12:00 UTC: every station is done.',
      next: 'Nothing to do.',
      who: 'nobody',
      state: 'done',
      blockers: [],
    });
  });

  it('says who must approve, since when and why', () => {
    const waiting = condition(
      'Approved',
      'False',
      'ApprovalWanted',
      'One of group:default/payments must approve 4f2a91c.',
    );
    expect(explain(healthy({ Approved: waiting }))).toMatchObject({
      headline: 'shop/checkout/production: waiting for approval',
      sentence:
        'Waiting for approval since 2026-11-21 12:00 UTC. One of group:default/payments must approve 4f2a91c.',
      why: REASONS.ApprovalWanted.why,
      who: 'approver',
      station: 'Approved',
      state: 'waiting',
      action: 'approve',
    });
  });

  it('lets the Pod speak where it knows what is wrong', () => {
    const degraded = condition(
      'Healthy',
      'False',
      'Degraded',
      'Deployment web does not get on.',
    );
    const found = explain({
      ...healthy({ Healthy: degraded }),
      objects: [
        { kind: 'Service', name: 'web', health: 'Healthy' },
        {
          kind: 'Deployment',
          name: 'web',
          health: 'Degraded',
          reason: 'ProgressDeadlineExceeded',
        },
        {
          kind: 'Pod',
          name: 'web-1',
          health: 'Degraded',
          reason: 'ImagePullBackOff',
          message: "Pod web-1: the image web:1 can't be pulled",
        },
      ],
    });
    expect(found).toMatchObject({
      headline: 'shop/checkout/production: the image can\u2019t be pulled',
      next: DETAIL_REASONS.ImagePullBackOff.next,
      who: 'owner',
      people: ['group:default/payments'],
      station: 'Healthy',
    });
    expect(found.sentence).toContain('Deployment web does not get on.');
    expect(found.sentence).toContain("the image web:1 can't be pulled");
    expect(
      found.blockers.map(({ kind, object }) => object?.name ?? kind),
    ).toEqual(['station', 'web-1', 'web']);
  });

  it('says that something healthy has drifted, with who did what', () => {
    const found = explain(healthy(), {
      drift: {
        state: 'drifted',
        since: AT,
        objects: [
          {
            kind: 'Deployment',
            name: 'web',
            fields: [{ path: 'spec.replicas', tool: 'kubectl edit' }],
          },
        ],
      },
    });
    expect(found).toMatchObject({
      headline: 'shop/checkout/production: healthy, but drifted',
      state: 'done',
      action: 'drift',
      who: 'owner',
    });
    expect(found.sentence).toContain(
      'Deployment web: spec.replicas (by kubectl edit).',
    );
  });

  it('lets the drift speak where Argo CD only says that it is out of sync', () => {
    const found = explain({
      ...healthy({ Synced: condition('Synced', 'False', 'OutOfSync') }),
      drift: { state: 'drifted', objects: 1, fields: 1 },
    });
    expect(found).toMatchObject({
      headline: 'shop/checkout/production: drifted',
      station: 'Synced',
      who: 'owner',
      action: 'drift',
    });
  });

  it('counts the drift of a list, which names no fields', () => {
    const drift = { state: 'drifted', objects: 1, fields: 2 };
    expect(explain({ ...healthy(), drift }).sentence).toContain(
      '2 fields of 1 object differ from Git.',
    );
  });

  it('says that the last pipeline run failed, and of none before it', () => {
    const found = explain(healthy(), {
      pipelines: [
        { name: 'old', state: 'failed', startedAt: '2026-11-20T00:00:00Z' },
        {
          name: 'new',
          state: 'failed',
          startedAt: AT,
          failedStep: 'build',
          message: 'exit code 1',
        },
        {
          name: 'other',
          state: 'failed',
          environment: 'staging',
          startedAt: '2026-11-22T00:00:00Z',
        },
      ],
    });
    expect(found.blockers).toHaveLength(1);
    expect(found.sentence).toContain(
      'The last pipeline run failed since 2026-11-21 12:00 UTC: new failed at step build: exit code 1.',
    );
  });

  it('says that there is no image because none was built', () => {
    const found = explain(
      healthy({ Healthy: condition('Healthy', 'False', 'BuildGateClosed') }),
      {
        pipelines: [
          {
            name: 'build-1',
            state: 'failed',
            startedAt: AT,
            failedStep: 'a/b',
            steps: [{ id: 'a/b', name: 'test' }],
          },
        ],
      },
    );
    expect(found).toMatchObject({
      headline: 'shop/checkout/production: the last pipeline run failed',
      state: 'waiting',
      who: 'owner',
      action: 'pipelines',
    });
    expect(found.sentence).toContain('build-1 failed at step test.');
  });

  it('says the same thing once', () => {
    const message = 'Pod web-1 keeps stopping';
    const { sentence } = explain({
      ...healthy({
        Healthy: condition('Healthy', 'False', 'Degraded', `${message}.`),
      }),
      objects: [{ kind: 'Pod', name: 'web-1', health: 'Degraded', message }],
    });
    expect(sentence.split(message)).toHaveLength(2);
  });

  it('keeps saying what is wrong behind a stop', () => {
    const found = explain(
      healthy({
        Validated: condition('Validated', 'False', 'Invalid'),
        Healthy: condition('Healthy', 'False', 'Degraded'),
      }),
    );
    expect(
      found.blockers.map(({ station, state }) => [station, state]),
    ).toEqual([
      ['Validated', 'stopped'],
      ['Healthy', 'stopped'],
    ]);
  });

  it('says from when it is where the cluster is away', () => {
    const found = explain({
      ...healthy(),
      source: { name: 'eu-1', state: 'unreachable', asOf: AT },
    });
    expect(found.asOf).toBe(AT);
    expect(found.blockers).toMatchObject([
      { kind: 'source', message: `eu-1 has not answered since ${AT}.` },
    ]);
  });

  it('says something even when nobody has looked yet', () => {
    const found = explain({ ...healthy(), conditions: [] });
    expect(found.headline).toBe(
      'shop/checkout/production: declaring has not begun',
    );
    expect(found.blockers).toHaveLength(1);
  });

  const texts = fc.oneof(
    fc.string(),
    fc.constantFrom('', ' ', 'a sentence.', 'toString', '__proto__'),
  );
  const reasons = fc.oneof(
    texts,
    fc.constantFrom(...Object.keys(REASONS), ...Object.keys(DETAIL_REASONS)),
  );
  const environments: fc.Arbitrary<ExplainedEnvironment> = fc.record(
    {
      organization: fc.constant('shop'),
      service: fc.constant('checkout'),
      name: fc.constantFrom('production', 'staging'),
      owner: fc.option(texts, { nil: undefined }),
      conditions: fc.array(
        fc.record({
          type: fc.oneof(fc.constantFrom(...ROAD, 'Drifted'), texts),
          status: fc.constantFrom(
            'True' as const,
            'False' as const,
            'Unknown' as const,
          ),
          reason: reasons,
          message: texts,
          lastTransitionTime: fc.oneof(fc.constant(AT), texts),
        }),
        { maxLength: 12 },
      ),
      objects: fc.array(
        fc.record({
          kind: fc.constantFrom('Pod', 'Deployment', 'Widget'),
          name: texts,
          health: fc.constantFrom(
            'Healthy',
            'Progressing',
            'Degraded',
            'Suspended',
            'Missing',
            'Unknown',
            'toString',
          ),
          message: fc.option(texts, { nil: undefined }),
          reason: fc.option(reasons, { nil: undefined }),
        }),
        { maxLength: 4 },
      ),
    },
    { requiredKeys: ['organization', 'service', 'name', 'conditions'] },
  );
  const more: fc.Arbitrary<ExplainOptions> = fc.record(
    {
      drift: fc.record({
        state: fc.constantFrom('none', 'drifted', 'unknown'),
        objects: fc.array(
          fc.record({
            kind: fc.constant('Deployment'),
            name: texts,
            fields: fc.array(fc.record({ path: texts }), { maxLength: 7 }),
          }),
          { maxLength: 7 },
        ),
      }),
      pipelines: fc.array(
        fc.record({
          name: texts,
          state: fc.constantFrom(
            'queued',
            'running',
            'succeeded',
            'failed',
            'cancelled',
            'unknown',
          ),
          message: fc.option(texts, { nil: undefined }),
        }),
        { maxLength: 3 },
      ),
      events: fc.array(
        fc.record({
          type: fc.constantFrom('Warning', 'Normal'),
          reason: texts,
          message: texts,
        }),
        { maxLength: 3 },
      ),
    },
    { requiredKeys: [] },
  );

  it('is total, and no text in it is empty, whatever it is given', () => {
    fc.assert(
      fc.property(environments, more, (environment, options) => {
        const found = explain(environment, options);
        for (const part of [found, ...found.blockers]) {
          const { why, next } = part;
          expect([why, next].every(text => text.trim().length > 0)).toBe(true);
        }
        expect(found.headline).toMatch(/^shop\/checkout\/\w+: \S/);
        expect(found.sentence.trim()).not.toBe('');
        for (const { title, message, reason } of found.blockers)
          expect(
            [title, message, reason].every(text => text.trim().length > 0),
          ).toBe(true);
      }),
    );
  });

  it('never says that something is stopped which is done', () => {
    fc.assert(
      fc.property(environments, more, (environment, options) => {
        const found = explain(environment, options);
        const doneStations = environment.conditions
          .filter(
            ({ type, status }, i, all) =>
              status === 'True' &&
              all.findIndex(other => other.type === type) === i,
          )
          .map(({ type }) => type);
        for (const { station } of found.blockers)
          expect(doneStations).not.toContain(station);
        expect(doneStations).not.toContain(found.station);
        expect(found.state === 'done').toBe(found.station === undefined);
        const behind = found.blockers.filter(({ kind }) => kind === 'object');
        expect(doneStations.includes('Healthy') && behind.length > 0).toBe(
          false,
        );
        for (const { object } of found.blockers)
          expect(
            environment.objects?.some(
              ({ name, health }) =>
                name === object?.name && health === 'Healthy',
            ) &&
              !environment.objects.some(
                ({ name, health }) =>
                  name === object?.name && health !== 'Healthy',
              ),
          ).toBeFalsy();
      }),
    );
  });

  it('speaks of the station that the road speaks of', () => {
    fc.assert(
      fc.property(environments, environment => {
        const conditions = environment.conditions as unknown as Condition[];
        const here = speaking(conditions);
        expect(explain(environment)).toMatchObject({
          state: here?.state ?? 'done',
        });
        expect(explain(environment).station).toBe(here?.station);
      }),
    );
  });
});
