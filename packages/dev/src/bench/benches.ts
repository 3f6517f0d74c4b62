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
  /** Needs real clusters: so many, each with these. */
  testbed?: { clusters: number; with: string[] };
  /** A Git server for Argo CD. */
  git?: boolean;
  /** A Gitea that keeps the repositories. */
  gitea?: boolean;
  /** Packages of others, as they are published. */
  peers?: boolean;
}

/** In the order in which they run. */
export const BENCHES: Bench[] = [
  {
    name: 'peers',
    what: 'one entity page, beside what people install for it today, on the same clusters and the same Argo CD',
    file: 'plugins/slipway-backend/bench/peers.ts',
    testbed: { clusters: 3, with: ['argocd', 'tekton-crds'] },
    git: true,
    peers: true,
  },
  {
    name: 'status-read',
    what: 'how an environment is, from the index, beside one GET of its Application from the API server',
    file: 'plugins/slipway-backend/bench/statusRead.ts',
    testbed: { clusters: 1, with: ['argocd-crds'] },
  },
  {
    name: 'open-card',
    what: 'from a change in the cluster to the open page that shows it, beside a page that asks every 10 s',
    file: 'plugins/slipway-backend/bench/openCard.ts',
  },
  {
    name: 'open-card-browser',
    what: 'from a change of an Application in a real API server to the text on the open entity card, in Chromium',
    file: 'packages/dev/src/bench/openCardBrowser.ts',
    testbed: { clusters: 1, with: ['argocd-crds'] },
    native: true,
  },
  {
    name: 'provision',
    what: 'from the push of a thousand environments until each is provisioned, beside bare server-side apply of the same objects',
    file: 'plugins/slipway-backend/bench/provision.ts',
    testbed: { clusters: 1, with: ['argocd-crds'] },
  },
  {
    name: 'index-memory',
    what: "bytes kept of an Application, beside the whole object in an informer's cache",
    file: 'plugins/slipway-backend/bench/index-memory.ts',
  },
  {
    name: 'scale',
    what: '5,000 Applications and 1,000 environments: start, memory, rest, 200 changes a second, the platform page in a browser',
    file: 'packages/dev/src/bench/scale.ts',
    testbed: { clusters: 1, with: ['argocd-crds', 'kwok'] },
    native: true,
  },
  {
    name: 'viewers',
    what: 'CPU and memory of a backend with 200 open pages, beside the same pages asking every 10 s',
    file: 'plugins/slipway-backend/bench/viewers.ts',
  },
  {
    name: 'queue',
    what: 'claim and complete on PostgreSQL, beside graphile-worker with its batching off',
    file: 'plugins/slipway-backend/bench/queue.ts',
  },
  {
    name: 'revision-to-healthy',
    what: 'from a revision that CI hands over until Argo CD says Synced and Healthy, beside Argo CD alone after the same push',
    file: 'plugins/slipway-backend/bench/revisionToHealthy.ts',
    testbed: { clusters: 1, with: ['argocd'] },
    git: true,
  },
  {
    name: 'git-writer',
    what: 'queued changes through the writer to a real Gitea, beside one commit and push each to the same Gitea',
    file: 'plugins/slipway-backend/bench/gitWriter.ts',
    gitea: true,
  },
  {
    name: 'plan',
    what: 'plan() of Online Boutique, beside helm template of a chart of as many objects',
    file: 'packages/plan/bench/plan.ts',
    helm: true,
  },
  {
    name: 'chart',
    what: 'plan() beside helm template of infra/charts/service, both to the objects of the same specs',
    file: 'packages/plan/bench/chart.ts',
    helm: true,
  },
  {
    name: 'bundle',
    what: 'the frontend plugin before anything is opened, beside the community plugin for Argo CD',
    file: 'packages/dev/src/bench/bundle.ts',
    native: true,
  },
  {
    name: 'idle-memory',
    what: 'memory of the backend with the demo at rest',
    file: 'packages/dev/src/bench/idleMemory.ts',
    native: true,
  },
];
