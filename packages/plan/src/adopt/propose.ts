import {
  type Adoption,
  LABELS,
  looksLikeSecret,
  SERVICE_NAME_PATTERN,
  NAME_MAX_LENGTH,
  type ServiceSpecInput,
} from '@slipway/plugin-slipway-common';
import type { KubernetesObject, RenderedObject } from '../types';
import { at, isMap } from './differences';
import {
  repositoriesOf,
  trackedResources,
  type FoundEnvironment,
} from './found';
import { groupOf, idOf } from './identity';
import { written } from './normalize';
import { patchBetween } from './patchBetween';

/**
 * Kinds that Argo CD must not deliver in an environment, because they are
 * Slipway's, and those whose contents never go into Git.
 */
const STAYS_OUTSIDE = [
  'LimitRange',
  'NetworkPolicy',
  'ResourceQuota',
  'Role',
  'RoleBinding',
  'Secret',
  'ServiceAccount',
];

/** What a workload that asks for nothing is declared with; its Pods stay as they are. */
const LEAST = { cpu: '10m', memory: '16Mi' };

type Workload = NonNullable<ServiceSpecInput['spec']['workloads']>[number];

/** What a proposal is made from. @public */
export interface ProposalInput {
  organization: string;
  service: string;
  environment: string;
  owner: string;
  class: string;
  cluster: string;
  found: FoundEnvironment;
  /** Renders a spec as far as it is proposed. */
  render(spec: ServiceSpecInput): readonly RenderedObject[];
}

/** A spec that leaves all as it is, and what became of each object. @public */
export interface AdoptionProposal {
  spec: ServiceSpecInput;
  objects: Array<{
    kind: string;
    name: string;
    /** A workload of the spec, kept as it is, or left outside of Git. */
    as: 'workload' | 'kept' | 'left';
    /** Why it isn't a workload. */
    because?: string;
  }>;
}

/**
 * The spec of what is there: Deployments that a workload can stand for become
 * workloads, with patches that make them exactly what runs; anything else is
 * kept, or left where it is.
 *
 * @public
 */
export function proposeAdoption(input: ProposalInput): AdoptionProposal {
  const { found } = input;
  const tracked = new Set(
    trackedResources(found.application).map(
      ({ group = '', kind, name }) => `${group}/${kind}/${name}`,
    ),
  );
  const objects = found.objects.filter(object => tracked.has(idOf(object)));
  const readable = new Set(objects.map(idOf));
  const told: AdoptionProposal['objects'] = [];
  const workloads: Workload[] = [];
  const stands = new Set<string>();
  for (const object of objects) {
    const workload = workloadOf(object, objects);
    if (typeof workload === 'string') continue;
    workloads.push(workload.spec);
    for (const part of workload.objects) {
      stands.add(idOf(part));
      told.push({ kind: part.kind, name: part.metadata.name, as: 'workload' });
    }
  }
  const keep: Adoption['keep'] = [];
  const leave: Adoption['leave'] = [];
  const outside = (
    one: { apiVersion: string; kind: string; name: string },
    because: string,
  ) => {
    leave.push(one);
    told.push({ kind: one.kind, name: one.name, as: 'left', because });
  };
  for (const object of objects) {
    if (stands.has(idOf(object))) continue;
    const { apiVersion, kind, metadata } = object;
    const reason = outsideBecause(object);
    if (reason) {
      outside({ apiVersion, kind, name: metadata.name }, reason);
      continue;
    }
    keep.push(written(object) as Adoption['keep'][number]);
    const because = workloadOf(object, objects);
    told.push({
      kind,
      name: metadata.name,
      as: 'kept',
      ...(typeof because === 'string' && because !== '' && { because }),
    });
  }
  for (const one of trackedResources(found.application)) {
    const { group = '', version = 'v1', kind, name } = one;
    if (readable.has(`${group}/${kind}/${name}`)) continue;
    outside(
      {
        apiVersion: group === '' ? version : `${group}/${version}`,
        kind,
        name,
      },
      kind === 'Secret'
        ? 'no Secret is read, or written into Git'
        : 'it can’t be read',
    );
  }
  for (const name of accountsOf(objects)) {
    if (leave.some(one => one.kind === 'ServiceAccount' && one.name === name))
      continue;
    outside(
      { apiVersion: 'v1', kind: 'ServiceAccount', name },
      'its Pods run with it, and what it may do stays as it is',
    );
  }
  const spec = specOf(input, workloads, keep, leave);
  addPatches(spec, input, objects);
  return { spec, objects: told };
}

function specOf(
  input: ProposalInput,
  workloads: Workload[],
  keep: Adoption['keep'],
  leave: Adoption['leave'],
): ServiceSpecInput {
  const application = input.found.application;
  const [repoURL] = application ? repositoriesOf(application) : [];
  return {
    apiVersion: 'slipway.dev/v1alpha1',
    kind: 'ServiceSpec',
    metadata: { name: input.service },
    spec: {
      organization: input.organization,
      owner: input.owner,
      lifecycle: 'production',
      workloads,
      environments: [
        {
          name: input.environment,
          class: input.class,
          cluster: input.cluster,
          adopt: {
            namespace: input.found.namespace?.metadata.name ?? '',
            application: application?.metadata.name ?? '',
            ...(repoURL !== undefined && { repoURL }),
            ...(keep.length > 0 && { keep }),
            ...(leave.length > 0 && { leave }),
          },
        },
      ],
    },
  };
}

/** Renders the spec, and patches what differs from what is there. */
function addPatches(
  spec: ServiceSpecInput,
  input: ProposalInput,
  objects: KubernetesObject[],
): void {
  const environment = spec.spec.environments![0];
  const overrides: Array<{
    name: string;
    patches: NonNullable<Workload['patches']>;
  }> = [];
  const rendered = input.render(spec).filter(({ part }) => part === 'workload');
  for (const { name } of spec.spec.workloads ?? []) {
    const patches = rendered
      .filter(
        ({ object }) => object.metadata.labels?.[LABELS.workload] === name,
      )
      .flatMap(({ object }) => {
        const live = objects.find(one => idOf(one) === idOf(object));
        const patch = live
          ? patchBetween(object, wantedOf(object, live, objects))
          : selectsPods(object, objects, name);
        return patch.length > 0
          ? [
              {
                target: { kind: object.kind, name: object.metadata.name },
                patch,
              },
            ]
          : [];
      });
    if (patches.length > 0) overrides.push({ name, patches });
  }
  if (overrides.length > 0) environment.overrides = { workloads: overrides };
}

/** What is there, with our marks on it. */
function wantedOf(
  rendered: KubernetesObject,
  there: KubernetesObject,
  objects: KubernetesObject[],
): KubernetesObject {
  const live = written(there);
  const { labels, annotations } = live.metadata;
  if (isScaled(there, objects) && isMap(live.spec)) delete live.spec.replicas;
  return {
    ...live,
    apiVersion: rendered.apiVersion,
    metadata: {
      ...rendered.metadata,
      ...((labels || rendered.metadata.labels) && {
        labels: { ...labels, ...rendered.metadata.labels },
      }),
      ...((annotations || rendered.metadata.annotations) && {
        annotations: { ...annotations, ...rendered.metadata.annotations },
      }),
    },
  };
}

/** Accounts that Pods name; the one that every namespace has is nobody's. */
function accountsOf(objects: KubernetesObject[]): string[] {
  const names = objects.flatMap(object => {
    const name = at(object, 'spec', 'template', 'spec', 'serviceAccountName');
    return typeof name === 'string' && name !== 'default' ? [name] : [];
  });
  return [...new Set(names)].sort();
}

/** Whether something scales an object; then nobody else writes the number. */
function isScaled(
  { kind, metadata }: KubernetesObject,
  objects: KubernetesObject[],
): boolean {
  return objects.some(
    one =>
      one.kind === 'HorizontalPodAutoscaler' &&
      at(one, 'spec', 'scaleTargetRef', 'kind') === kind &&
      at(one, 'spec', 'scaleTargetRef', 'name') === metadata.name,
  );
}

/** A budget that Slipway adds must mean the Pods that are there. */
function selectsPods(
  object: KubernetesObject,
  objects: KubernetesObject[],
  workload: string,
) {
  const live = objects.find(
    one => one.kind === 'Deployment' && one.metadata.name === workload,
  );
  if (object.kind !== 'PodDisruptionBudget' || !live) return [];
  return [
    {
      op: 'replace' as const,
      path: '/spec/selector',
      value: at(live, 'spec', 'selector'),
    },
  ];
}

/** The workload that can stand for an object, or why none can. */
function workloadOf(
  object: KubernetesObject,
  objects: KubernetesObject[],
): { spec: Workload; objects: KubernetesObject[] } | string {
  if (object.kind !== 'Deployment' || groupOf(object.apiVersion) !== 'apps')
    return '';
  const { name } = object.metadata;
  if (!SERVICE_NAME_PATTERN.test(name) || name.length > NAME_MAX_LENGTH)
    return 'its name can’t be a workload’s';
  const containers = at(object, 'spec', 'template', 'spec', 'containers');
  if (!Array.isArray(containers) || containers.length !== 1)
    return 'it has more than one container';
  const container = containers[0] as Record<string, unknown>;
  const image = imageOf(String(container.image ?? ''));
  if (!image) return 'its image names no tag';
  const secret = secretIn(container);
  if (secret) return secret;
  const service = objects.find(
    one =>
      one.kind === 'Service' &&
      one.apiVersion === 'v1' &&
      one.metadata.name === name,
  );
  const ports = service ? portsOf(service, container) : [];
  const requests = at(container, 'resources', 'requests');
  const replicas = at(object, 'spec', 'replicas');
  return {
    spec: {
      name,
      kind: ports.length > 0 ? 'Deployment' : 'Worker',
      image,
      ...(ports.length > 0 && { ports }),
      ...(typeof replicas === 'number' &&
        !isScaled(object, objects) && { replicas }),
      resources: {
        cpu: textAt(requests, 'cpu', LEAST.cpu),
        memory: textAt(requests, 'memory', LEAST.memory),
      },
    },
    objects: ports.length > 0 && service ? [object, service] : [object],
  };
}

function textAt(value: unknown, key: string, fallback: string): string {
  const found = at(value, key);
  return typeof found === 'string' ? found : fallback;
}

/** `registry:5000/team/web:1.2@sha256:…` in its parts. */
function imageOf(text: string): Workload['image'] | undefined {
  const [tagged, digest] = text.split('@');
  const colon = tagged.lastIndexOf(':');
  if (colon <= tagged.lastIndexOf('/')) return undefined;
  return {
    repository: tagged.slice(0, colon),
    revision: tagged.slice(colon + 1),
    ...(digest !== undefined && { digest }),
  };
}

/** A value in a Deployment that must not go into Git. */
function secretIn(container: Record<string, unknown>): string | undefined {
  const env = Array.isArray(container.env) ? container.env : [];
  const found = env.find(
    one =>
      isMap(one) &&
      typeof one.value === 'string' &&
      looksLikeSecret(one.value, String(one.name)),
  ) as { name: string } | undefined;
  return found && `its variable ${found.name} holds a secret`;
}

function portsOf(
  service: KubernetesObject,
  container: Record<string, unknown>,
): NonNullable<Workload['ports']> {
  const ports = at(service, 'spec', 'ports');
  if (!Array.isArray(ports)) return [];
  const named = Array.isArray(container.ports) ? container.ports : [];
  return ports.map((port: Record<string, unknown>, index) => {
    const target = port.targetPort ?? port.port;
    const number =
      typeof target === 'number'
        ? target
        : (
            named.find(one => isMap(one) && one.name === target) as
              { containerPort?: number } | undefined
          )?.containerPort;
    const given = typeof port.name === 'string' ? port.name : undefined;
    return {
      name:
        given !== undefined && /^[a-z][a-z0-9-]{0,14}$/.test(given)
          ? given
          : `port-${index + 1}`,
      port: number ?? Number(port.port),
      protocol: 'http' as const,
    };
  });
}

/** Why an object must not go into Git. */
function outsideBecause(object: KubernetesObject): string | undefined {
  if (object.kind === 'Secret') return 'no Secret goes into Git';
  if (STAYS_OUTSIDE.includes(object.kind))
    return 'in an environment its kind is Slipway’s';
  const data =
    object.kind === 'ConfigMap' ? (object.data as unknown) : undefined;
  if (isMap(data)) {
    const key = Object.keys(data).find(name =>
      looksLikeSecret(String(data[name]), name),
    );
    if (key !== undefined) return `its key ${key} holds a secret`;
  }
  const containers = at(object, 'spec', 'template', 'spec', 'containers');
  if (Array.isArray(containers)) {
    for (const container of containers) {
      const secret = isMap(container) ? secretIn(container) : undefined;
      if (secret) return secret;
    }
  }
  return undefined;
}
