/** A measurement: a program that prints one JSON object a line with name, ours, other, ratio and unit. */
export interface Bench {
  name: string;
  what: string;
  /** Relative to the repository's root. */
  file: string;
  /** Needs a helm beside it. */
  helm?: boolean;
  /** Run by Node itself, without Backstage's module transform. */
  native?: boolean;
}

/** In the order in which they run. */
export const BENCHES: Bench[] = [
  {
    name: 'queue',
    what: 'claim and complete on PostgreSQL, beside graphile-worker with its batching off',
    file: 'plugins/slipway-backend/bench/queue.ts',
  },
  {
    name: 'git-writer',
    what: 'queued changes through the writer, beside one push each',
    file: 'plugins/slipway-backend/bench/git-writer.ts',
  },
  {
    name: 'plan',
    what: 'plan() of Online Boutique, beside helm template of a chart of as many objects',
    file: 'packages/plan/bench/plan.ts',
    helm: true,
  },
  {
    name: 'index-memory',
    what: 'bytes kept of an Application, beside the whole object as an informer keeps it',
    file: 'plugins/slipway-backend/bench/index-memory.ts',
  },
  {
    name: 'bundle',
    what: 'the frontend plugin before anything is opened, beside the community plugin for Argo CD',
    file: 'packages/dev/src/bench/bundle.ts',
    native: true,
  },
  {
    name: 'open-card',
    what: 'from a change in the cluster to the open page that shows it, beside a page that asks every 10 s',
    file: 'plugins/slipway-backend/bench/openCard.ts',
  },
  {
    name: 'viewers',
    what: 'CPU and memory of a backend with 200 open pages, beside the same pages asking every 10 s',
    file: 'plugins/slipway-backend/bench/viewers.ts',
  },
  {
    name: 'idle-memory',
    what: 'memory of the backend with the demo at rest',
    file: 'packages/dev/src/bench/idleMemory.ts',
    native: true,
  },
];
