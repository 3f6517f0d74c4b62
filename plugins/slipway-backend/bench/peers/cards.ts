import type { Viewer } from './viewers';

/** What a page got: bytes, and what it would show. */
export interface Shown {
  bytes: number;
  /** In the words of the answers, of each environment or cluster. */
  says: string[];
}

/** The service whose entity page is opened. */
export const SERVICE = { organization: 'shop', service: 'web' };

/** Any page that has not got its answers by then is a page that shows nothing. */
export const PATIENCE_MS = 15_000;

/** Loads one entity page as its cards do. */
export type Card = (portal: Viewer) => Promise<Shown>;

interface Answer<T> {
  body: T;
  bytes: number;
}

async function ask<T>(
  { url, token }: Viewer,
  path: string,
  body?: object,
): Promise<Answer<T>> {
  const answer = await fetch(`${url}/api${path}`, {
    method: body ? 'POST' : 'GET',
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
    },
    ...(body && { body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(PATIENCE_MS),
  });
  const text = await answer.text();
  if (!answer.ok)
    throw new Error(`${path}: ${answer.status} ${text.slice(0, 200)}`);
  return { body: JSON.parse(text) as T, bytes: text.length };
}

const sum = (answers: Array<{ bytes: number }>) =>
  answers.reduce((all, { bytes }) => all + bytes, 0);

interface Application {
  metadata: { name: string; instance?: { name: string } };
  status: {
    sync: { status: string };
    health: { status: string };
    history?: Array<{ revision: string }>;
  };
}

const stateOf = ({ metadata, status }: Application) =>
  `${metadata.name.split('--').pop()}: ${status.sync.status}, ${status.health.status}`;

const SELECTOR = `slipway.dev/service=${SERVICE.service}`;

/** The cards for synchronisation, drift and pipelines: they share the answer about the service. */
export const slipwayCards: Card = async portal => {
  const path = `/slipway/v1alpha1/services/${SERVICE.organization}/${SERVICE.service}`;
  const [service, ...others] = await Promise.all([
    ask<{
      environments: Array<{
        name: string;
        conditions: Array<{ type: string; status: string; reason: string }>;
        source: { name: string; state: string; asOf?: string };
      }>;
    }>(portal, path),
    ask(portal, `${path}/releases`),
    ask(portal, `${path}/pipelines`),
  ]);
  return {
    bytes: sum([service, ...others]),
    says: service.body.environments.map(({ name, conditions, source }) => {
      const [synced, healthy] = ['Synced', 'Healthy'].map(
        type => conditions.find(c => c.type === type)?.reason ?? '–',
      );
      return `${name}: ${synced}, ${healthy}; ${source.name} ${source.state}`;
    }),
  };
};

/** `ArgoCDDetailsCard` and `ArgoCDHistoryCard`, which ask by themselves, and for each revision that was ever synced. */
export const roadieCards: Card = async portal => {
  const details = async () => {
    const found = await ask<Array<{ name: string }>>(
      portal,
      `/argocd/find/selector/${encodeURIComponent(SELECTOR)}`,
    );
    const lists = await Promise.all(
      found.body.map(({ name }) =>
        ask<{ items: Application[] }>(
          portal,
          `/argocd/argoInstance/${name}/applications/selector/${encodeURIComponent(SELECTOR)}`,
        ),
      ),
    );
    return {
      bytes: sum([found, ...lists]),
      items: lists.flatMap(({ body }) => body.items ?? []),
    };
  };
  const history = async () => {
    const { bytes, items } = await details();
    const revisions = await Promise.all(
      items.flatMap(({ metadata, status }) =>
        // Without a setting it leaves out the oldest.
        (status.history ?? [])
          .slice(0, -1)
          .map(({ revision }) =>
            ask(
              portal,
              `/argocd/argoInstance/${metadata.instance?.name}/applications/name/${metadata.name}/revisions/${revision}/metadata`,
            ),
          ),
      ),
    );
    return { bytes: bytes + sum(revisions) };
  };
  const [overview, past] = await Promise.all([details(), history()]);
  return {
    bytes: overview.bytes + past.bytes,
    says: overview.items.map(stateOf),
  };
};

/** `DeploymentSummary` and `DeploymentLifecycle`: each lists by itself, the second asks for the revisions. */
export const communityCards: Card = async portal => {
  const list = async () => {
    const path = `/backstage-community-argocd/argoInstance/argocd/applications/selector/${encodeURIComponent(SELECTOR)}?selector=${encodeURIComponent(SELECTOR)}`;
    const { body, bytes } = await ask<{ items: Application[] }>(portal, path);
    return { bytes, items: body.items ?? [] };
  };
  const lifecycle = async () => {
    const { bytes, items } = await list();
    const revisions = [
      ...new Map(
        items.flatMap(item =>
          (item.status.history ?? []).map(
            ({ revision }) => [revision, item] as const,
          ),
        ),
      ),
    ];
    const details = await Promise.all(
      revisions.map(([revision, { metadata }]) =>
        ask(
          portal,
          `/backstage-community-argocd/argoInstance/argocd/applications/name/${metadata.name}/revisions/${revision}/metadata`,
        ),
      ),
    );
    return { bytes: bytes + sum(details) };
  };
  const [summary, cycle] = await Promise.all([list(), lifecycle()]);
  return {
    bytes: summary.bytes + cycle.bytes,
    says: summary.items.map(stateOf),
  };
};

/** The component in the catalog, with what the Tekton card looks for. */
export const ENTITY = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: {
    name: SERVICE.service,
    annotations: {
      'backstage.io/kubernetes-id': SERVICE.service,
      'tekton.dev/cicd': 'true',
    },
  },
  spec: { type: 'service', lifecycle: 'production', owner: 'guests' },
};

/** The Tekton card: everything that the Kubernetes plugin knows of the entity, on each cluster. */
export const tektonCard: Card = async portal => {
  const { body, bytes } = await ask<{
    items: Array<{
      cluster: { name: string };
      resources: Array<{ type: string; resources: Array<{ kind?: string }> }>;
      errors: Array<{ errorType: string }>;
    }>;
  }>(portal, `/kubernetes/services/${SERVICE.service}`, {
    auth: {},
    entity: ENTITY,
  });
  return {
    bytes,
    says: body.items.map(({ cluster, resources, errors }) => {
      const runs = resources
        .filter(({ type }) => type === 'customresources')
        .flatMap(found => found.resources)
        .filter(({ kind }) => kind === 'PipelineRun');
      const failed = [...new Set(errors.map(({ errorType }) => errorType))];
      return `${cluster.name}: ${runs.length} runs${failed.length > 0 ? `, ${failed.join(', ')}` : ''}`;
    }),
  };
};
