import type { ApiEnvironment } from '@slipway/plugin-slipway-common';
import {
  ago,
  environmentDetails,
  environmentList,
  fleetEmpty,
  fleetPartial,
  FakeProblem,
  never,
  noDrift,
  operations,
  pipelineRuns,
  preview,
  production,
  service,
  staging,
  unknownDrift,
  world,
  type FakeAnswers,
} from './fake';

/** The states that every view has, and the one in which all is there. */
export const STATES = [
  'ready',
  'loading',
  'empty',
  'partial',
  'stale',
  'forbidden',
  'error',
] as const;

export type StateName = (typeof STATES)[number];

/** What is answered to who may not see it. */
export const forbidden = () => {
  throw new FakeProblem({
    title: 'NotAllowedError',
    status: 403,
    detail: 'You are not in a group that may see shop.',
  });
};

/** What is answered when something behind the backend is down. */
export const unavailable = () => {
  throw new FakeProblem({
    title: 'ServiceUnavailableError',
    status: 503,
    detail: 'The database does not answer.',
    instance: 'req-7f3a9c',
  });
};

const unreachable = (environment: ApiEnvironment): ApiEnvironment => ({
  ...environment,
  source: {
    name: environment.cluster,
    state: 'unreachable',
    asOf: ago(14),
    message: 'connect ECONNREFUSED 10.0.0.7:6443',
  },
  conditions: environment.conditions.map(condition =>
    condition.type === 'Healthy'
      ? {
          ...condition,
          status: 'Unknown',
          reason: 'ClusterUnreachable',
          lastTransitionTime: ago(14),
          message: 'Last known: Healthy, 14 min ago.',
        }
      : condition,
  ),
  drift: { state: 'unknown', objects: 0, fields: 0, checkedAt: ago(14) },
});

/** The one that an address names; staging where it names another. */
const environmentAt = (path: string): ApiEnvironment =>
  [preview, production].find(({ name }) => path.split('/')[5] === name) ??
  staging;

const everything = (
  answers: FakeAnswers,
  change: (answer: FakeAnswers[string]) => FakeAnswers[string],
): FakeAnswers =>
  Object.fromEntries(
    Object.entries(answers).map(([key, answer]) => [
      key,
      key.startsWith('GET') ? change(answer) : answer,
    ]),
  );

const empty: FakeAnswers = {
  ...fleetEmpty,
  'GET /v1alpha1/services/*/*': () => service({ environments: [] }),
  'GET /v1alpha1/environments': environmentList([]),
  'GET /v1alpha1/environments/*/*/*': () =>
    environmentDetails(preview, { timeline: [], objects: [] }),
  'GET /v1alpha1/environments/*/*/*/pipelines': () => ({
    items: [],
    sources: [],
  }),
  'GET /v1alpha1/services/*/*/pipelines': () => ({ items: [], sources: [] }),
  'GET /v1alpha1/environments/*/*/*/drift': () => noDrift(),
  'GET /v1alpha1/change-requests': () => ({ items: [] }),
  'GET /v1alpha1/operations': () =>
    operations({
      queue: { due: 0, leased: 0, waiting: 0, dead: 0, oldestDueMs: 0 },
      sources: [],
      clusters: [],
      gitHosts: [],
    }),
  'GET /v1alpha1/operations/queue': () => ({ items: [] }),
  'GET /v1alpha1/organizations/*/bindings': () => ({ items: [] }),
};

const partial: FakeAnswers = {
  ...fleetPartial,
  'GET /v1alpha1/services/*/*': () =>
    service({ environments: [preview, staging, unreachable(production)] }),
  'GET /v1alpha1/environments': environmentList([
    preview,
    staging,
    unreachable(production),
  ]),
  'GET /v1alpha1/environments/*/*/*': ({ path }) =>
    environmentDetails(unreachable(environmentAt(path))),
  'GET /v1alpha1/environments/*/*/*/pipelines': ({ path }) => ({
    items: [],
    sources: [
      {
        name: environmentAt(path).cluster,
        state: 'unreachable',
        asOf: ago(14),
      },
    ],
  }),
  'GET /v1alpha1/services/*/*/pipelines': () => ({
    items: pipelineRuns.slice(0, 2),
    sources: [{ name: 'sandbox-us', state: 'unreachable', asOf: ago(14) }],
  }),
  'GET /v1alpha1/environments/*/*/*/drift': ({ path }) =>
    unknownDrift(environmentAt(path).cluster),
  'GET /v1alpha1/operations': () =>
    operations({
      clusters: operations().clusters.map(cluster => ({
        ...cluster,
        age: { name: cluster.name, state: 'unreachable', asOf: ago(14) },
      })),
    }),
};

/** What the backend answers in a state, and where one view needs another answer than all. */
export function answersIn(
  state: StateName,
  changes: FakeAnswers = {},
): FakeAnswers {
  return { ...commonAnswersIn(state), ...changes };
}

function commonAnswersIn(state: StateName): FakeAnswers {
  switch (state) {
    case 'loading':
      return everything(world(), () => never);
    case 'empty':
      return world(empty);
    case 'partial':
      return world(partial);
    case 'forbidden':
      return everything(world(), () => forbidden);
    case 'error':
      return everything(world(), () => unavailable);
    case 'stale':
      // The first answer comes, the next polls fail.
      return everything(world(), answer => {
        const asked = new Set<string>();
        return request => {
          const key = `${request.path}?${request.query}`;
          if (asked.has(key)) {
            return unavailable();
          }
          asked.add(key);
          return answer(request);
        };
      });
    default:
      return world();
  }
}
