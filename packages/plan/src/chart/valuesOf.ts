import {
  formatNeed,
  type NormalizedWorkload,
} from '@slipway/plugin-slipway-common';
import { compareText, sortBy } from '../canonical';
import type { RenderContext } from '../context';
import { servedAs } from '../routeChoice';
import { RENDERER_VERSION } from '../version';
import type { ChartValuesInput } from './values';

type Neighbour = NonNullable<ChartValuesInput['neighbours']>[number];
type Entry = Neighbour['workloads'][number];

/** Fields of a workload that nothing in an environment is rendered from, and the one that a chart can't carry out. */
const LEFT_OUT = ['source', 'migrations', 'patches'];

/** Lists that are empty when a spec doesn't name them; an empty command is another thing than none. */
const DEFAULT_EMPTY = [
  'ports',
  'domains',
  'needs',
  'volumes',
  'env',
  'envFrom',
  'secrets',
];

/**
 * The values of an environment: what its spec says with the overrides merged
 * in and the release filled in, beside what its class, its organization and
 * its cluster add. The chart makes of it what `planEnvironment` makes.
 *
 * @internal
 */
export function chartValues(context: RenderContext): ChartValuesInput {
  const { input, route } = context;
  const { cluster, organization, quota } = input;
  const { secretStore, registry } = organization.spec;
  return filled({
    rendererVersion: RENDERER_VERSION,
    organization: context.organization,
    service: context.service,
    environment: context.environment,
    class: input.class.metadata.name,
    owner: input.spec.spec.owner,
    platform: false,
    workloads: context.workloads.map(workload => workloadOf(context, workload)),
    databases: context.databases,
    quota: { hard: quota.spec.hard, limits: quota.spec.limits },
    registry: { pullSecretRef: registry.pullSecretRef },
    secretStore: {
      apiVersion: servedAs(
        cluster,
        'external-secrets.io',
        ['v1', 'v1beta1'],
        'ExternalSecret',
      ) as NonNullable<ChartValuesInput['secretStore']>['apiVersion'],
      path: secretStore.path,
    },
    routes: {
      kind: route.kind,
      namespace: route.namespace,
      className: cluster.ingress?.className,
      gateway: cluster.gateway,
      tls: { enabled: route.tls, issuer: route.issuer },
    },
    retain: { databases: input.class.spec.retain.databases },
    cluster: {
      dns: cluster.dns?.namespace,
      prometheus: cluster.prometheus?.namespace,
      storageClass: cluster.storageClass,
      groupPrefix: cluster.groupPrefix,
    },
    neighbours: neighboursOf(context),
  }) as ChartValuesInput;
}

function workloadOf(context: RenderContext, workload: NormalizedWorkload) {
  const running = context.revisions.get(workload.name);
  const fields = Object.entries({
    ...workload,
    // Of what the spec pins and what was released, the file says what runs.
    image: {
      repository: workload.image.repository,
      revision: running?.revision,
      digest: running?.digest,
    },
  });
  return Object.fromEntries(
    fields.filter(
      ([field, value]) =>
        !LEFT_OUT.includes(field) &&
        !(DEFAULT_EMPTY.includes(field) && (value as unknown[]).length === 0),
    ),
  );
}

function neighboursOf(context: RenderContext): Neighbour[] {
  const { connections, organization: ours, service: own } = context;
  const ourselves = { organization: ours, service: own };
  const entries = new Map<string, Neighbour & { byName: Map<string, Entry> }>();
  const entryOf = (
    place: { organization: string; service: string; environment: string },
    workload: string,
  ): { neighbour: Neighbour; entry: Entry } => {
    const { organization, service, environment } = place;
    const key = [organization, service, environment].join('/');
    const neighbour = entries.get(key) ?? {
      organization,
      service,
      environment,
      workloads: [],
      byName: new Map(),
    };
    entries.set(key, neighbour);
    const entry = neighbour.byName.get(workload) ?? { name: workload };
    neighbour.byName.set(workload, entry);
    return { neighbour, entry };
  };
  for (const target of [...connections.outgoing.values()].flat()) {
    if (target.type === 'service') {
      const { neighbour, entry } = entryOf(target, target.workload);
      neighbour.namespace = target.namespace;
      entry.ports = target.ports;
    }
  }
  for (const [local, sources] of connections.incoming) {
    for (const source of sources) {
      if (source.type === 'service') {
        const { entry } = entryOf(source, source.workload);
        entry.needs = [
          ...(entry.needs ?? []),
          formatNeed({ type: 'service', ...ourselves, workload: local }),
        ];
      }
    }
  }
  return sortBy([...entries], ([key]) => key).map(([, { byName, ...one }]) => ({
    ...one,
    workloads: [...byName.values()].sort((a, b) => compareText(a.name, b.name)),
  }));
}

/** Without what is undefined. */
function defined(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(defined);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, field]) => field !== undefined)
      .map(([key, field]) => [key, defined(field)]),
  );
}

/** Without fields that hold nothing. */
function filled(value: object): object {
  return Object.fromEntries(
    Object.entries(defined(value) as object).filter(
      ([, field]) =>
        field === null ||
        typeof field !== 'object' ||
        Object.keys(field).length > 0,
    ),
  );
}
