import { disksOf, sizeOf } from './kubernetesSize';
import {
  backends,
  domainsOf,
  httpPorts,
  kindOf,
  nameOf,
  portsOf,
  selects,
  titleOf,
} from './kubernetesRoutes';
import { containerPart, leaveOthers } from './container';
import type { Found } from './Found';
import type { Ledger } from './Ledger';
import {
  databaseOf,
  hostsIn,
  portFields,
  Variables,
  workloadImage,
} from './parts';
import type { FirstDatabase, FirstSpecInput, FirstWorkload } from './types';

const RUNS = ['Deployment', 'StatefulSet', 'CronJob'] as const;

/** Why what is no workload is left where it is. */
const KINDS: Record<string, string> = {
  Secret:
    'Secrets are never read; their keys become references, where a workload uses them',
  Namespace: 'each environment gets a namespace of its own',
  ServiceAccount: 'Slipway makes one for each environment',
  Role: 'a service gets no rights in the cluster by its spec; ask the platform team',
  RoleBinding:
    'a service gets no rights in the cluster by its spec; ask the platform team',
  ClusterRole:
    'a service gets no rights in the cluster by its spec; ask the platform team',
  ClusterRoleBinding:
    'a service gets no rights in the cluster by its spec; ask the platform team',
  NetworkPolicy: 'Slipway makes them from needs',
  ResourceQuota: 'the environment class decides it',
  LimitRange: 'the environment class decides it',
  PodDisruptionBudget: 'Slipway makes one where there is more than one replica',
  PersistentVolume: 'disks come from the storage class of the cluster',
  DaemonSet: 'a service does not run on every node; that is the platform’s',
  Job: 'a ServiceSpec has Deployments, Workers and CronJobs; run it once by hand, or as a CronJob',
  Pod: 'a Pod by itself is not started again; make it a Deployment',
  Application: 'Slipway makes the Application of each environment',
};

const SPEC = new Set([
  'replicas',
  'selector',
  'template',
  'serviceName',
  'volumeClaimTemplates',
  'schedule',
  'jobTemplate',
]);
const SPEC_WHY: Record<string, string> = {
  strategy: 'Slipway rolls out without a gap',
  updateStrategy: 'Slipway rolls out without a gap',
  revisionHistoryLimit: 'Git keeps the history',
};
const POD = new Set([
  'containers',
  'initContainers',
  'volumes',
  'restartPolicy',
  'dnsPolicy',
  'schedulerName',
  'terminationGracePeriodSeconds',
]);
const POD_WHY: Record<string, string> = {
  serviceAccountName: KINDS.ServiceAccount,
  serviceAccount: KINDS.ServiceAccount,
  securityContext: 'Slipway sets it: no root, and no privileges',
  imagePullSecrets:
    'the registry of the organization has one (registry.pullSecretRef)',
  nodeSelector: 'the cluster of an environment decides where it runs',
  affinity: 'the cluster of an environment decides where it runs',
  tolerations: 'the cluster of an environment decides where it runs',
};

const READ_KINDS = new Set<string>([
  ...RUNS,
  'Service',
  'Ingress',
  'HorizontalPodAutoscaler',
  'PersistentVolumeClaim',
  'ConfigMap',
  'List',
]);

/** What the manifests of a repository declare, in the fields of a ServiceSpec. */
export function fromKubernetes(
  objects: readonly Found[],
  input: FirstSpecInput,
  ledger: Ledger,
): { workloads: FirstWorkload[]; databases: FirstDatabase[] } {
  const kinds = byKind(objects, ledger);
  const of = (kind: string) => kinds.get(kind) ?? [];
  for (const [kind, all] of kinds) {
    if (READ_KINDS.has(kind)) continue;
    for (const at of all)
      ledger.leave(
        at,
        titleOf(at),
        KINDS[kind] ??
          'a ServiceSpec doesn’t declare such objects; it stays where it is',
      );
  }
  const running = RUNS.flatMap(of);
  const services = of('Service');
  const used = new Set<Found>();
  const workloads: Array<{
    workload: FirstWorkload;
    texts: string[];
    names: string[];
  }> = [];
  const databases: FirstDatabase[] = [];
  const hosts = new Map<string, string>();
  for (const at of running) {
    const owner = titleOf(at);
    const template =
      kindOf(at) === 'CronJob'
        ? at.at('spec', 'jobTemplate', 'spec', 'template')
        : at.at('spec', 'template');
    const [container, ...others] = template.at('spec', 'containers').list();
    const image = container?.at('image').text();
    if (!container || !image) {
      ledger.leave(at, owner, 'it has no container with an image');
      continue;
    }
    ledger.took(at);
    const mine = services.filter(service => selects(service, template));
    mine.forEach(service => used.add(service));
    const wanted = nameOf(at);
    const name = ledger.name(wanted);
    const names = [wanted, name, ...mine.map(nameOf)];
    const disks = disksOf(
      at,
      template,
      container,
      of('PersistentVolumeClaim'),
      owner,
      ledger,
    );
    const database = databaseOf(
      container.at('image'),
      name,
      image,
      disks.find(({ kind }) => kind === 'disk')?.size,
      owner,
      ledger,
    );
    if (database) {
      databases.push(database);
      names.forEach(host => hosts.set(host, name));
      continue;
    }
    leaveOthers(at.at('spec'), owner, SPEC, SPEC_WHY, ledger);
    leaveOthers(template.at('spec'), owner, POD, POD_WHY, ledger);
    for (const other of [
      ...others,
      ...template.at('spec', 'initContainers').list(),
    ])
      ledger.leave(
        other,
        `${owner}: container ${other.at('name').text() ?? ''}`,
        'a workload has one container; declare it as a workload of its own, or add a patch',
      );
    const variables = new Variables(owner, input, ledger);
    const part = containerPart(container, {
      owner,
      http: httpPorts(container, mine, of('Ingress')),
      variables,
      configMaps: new Map(of('ConfigMap').map(map => [nameOf(map), map])),
      ledger,
    });
    const ports = portsOf(part.ports ?? [], mine, ledger);
    const domains = domainsOf(mine, of('Ingress'), ledger);
    names.forEach(host => hosts.set(host, name));
    workloads.push({
      names,
      texts: [
        ...variables.values,
        ...(part.args ?? []),
        ...(part.command ?? []),
      ],
      workload: {
        name,
        kind: workloadKind(at, ports.length > 0),
        image: workloadImage(container.at('image'), image, owner, ledger),
        ...part,
        ...portFields(ports),
        ...(domains.length > 0 && ports.length > 0 && { domains }),
        ...(disks.length > 0 && { volumes: disks }),
        ...sizeOf(at, of('HorizontalPodAutoscaler'), owner, ledger),
      },
    });
  }
  leaveUnused(
    services,
    used,
    of('Ingress'),
    of('HorizontalPodAutoscaler'),
    running,
    ledger,
  );
  return {
    databases,
    workloads: workloads.map(({ workload, texts }) => {
      const needs = hostsIn(texts, [...hosts.keys()])
        .map(host => hosts.get(host)!)
        .filter(name => name !== workload.name);
      return {
        ...workload,
        ...(needs.length > 0 && { needs: [...new Set(needs)] }),
      };
    }),
  };
}

/** The objects by kind; of two of a name the first counts. */
function byKind(
  objects: readonly Found[],
  ledger: Ledger,
): Map<string, Found[]> {
  const kinds = new Map<string, Found[]>();
  for (const at of objects) {
    const kind = kindOf(at);
    const all = kinds.get(kind) ?? [];
    const first = all.find(one => nameOf(one) === nameOf(at));
    if (first)
      ledger.leave(
        at,
        titleOf(at),
        `${first.file} declares one of this name; that one is taken`,
      );
    else kinds.set(kind, [...all, at]);
  }
  return kinds;
}

function workloadKind(at: Found, hasPorts: boolean): FirstWorkload['kind'] {
  if (kindOf(at) === 'CronJob') return 'CronJob';
  return hasPorts ? 'Deployment' : 'Worker';
}

/** What belongs to nothing that was taken over. */
function leaveUnused(
  services: readonly Found[],
  used: ReadonlySet<Found>,
  ingresses: readonly Found[],
  scalers: readonly Found[],
  running: readonly Found[],
  ledger: Ledger,
): void {
  for (const service of services) {
    if (!used.has(service))
      ledger.leave(
        service,
        titleOf(service),
        'it selects the Pods of no workload that was read',
      );
  }
  const names = new Set([...used].map(nameOf));
  for (const { ingress, backend } of backends(ingresses)) {
    if (!names.has(backend.at('name').text() ?? ''))
      ledger.leave(
        backend,
        titleOf(ingress),
        'it leads to no Service that was read',
      );
  }
  for (const scaler of scalers) {
    const target = scaler.at('spec', 'scaleTargetRef', 'name').text();
    if (!running.some(one => nameOf(one) === target))
      ledger.leave(scaler, titleOf(scaler), 'it scales nothing that was read');
  }
}
