import {
  declaredNamespace,
  parseNeed,
  resolveEnvironment,
  type Database,
  type Need,
  type NormalizedWorkload,
  type ServiceEnvironment,
  type ServiceSpec,
  type WorkloadPort,
} from '@slipway/plugin-slipway-common';
import { sortBy } from './canonical';
import type { Finding } from './context';
import { databasePort } from './database/engines';
import type { SpecPaths } from './specPaths';

/** Something that a workload talks to, found. @internal */
export type Target =
  | { type: 'workload'; workload: string; ports: WorkloadPort[] }
  | { type: 'database'; database: Database; port: number }
  | {
      type: 'service';
      organization: string;
      service: string;
      environment: string;
      namespace: string;
      workload: string;
      ports: WorkloadPort[];
      /** True when the service has further workloads that the need means. */
      oneOfMany: boolean;
    }
  | { type: 'external'; host: string; port: number };

/** @internal */
export type Outgoing = Target & { specPath: string };

/** A workload that talks to something here. @internal */
export type Incoming =
  | { type: 'workload'; workload: string }
  | {
      type: 'service';
      organization: string;
      service: string;
      environment: string;
      workload: string;
    };

/** Who talks to whom in an environment. @internal */
export interface Connections {
  /** By workload. */
  outgoing: ReadonlyMap<string, Outgoing[]>;
  /** By workload or database. */
  incoming: ReadonlyMap<string, Incoming[]>;
}

interface Here {
  spec: ServiceSpec;
  environment: string;
  workloads: NormalizedWorkload[];
  databases: Database[];
  paths: SpecPaths;
}

/** @internal */
export function connect(
  here: Here,
  neighbours: ServiceSpec[],
  findings: Finding[],
): Connections {
  const outgoing = new Map<string, Outgoing[]>();
  const incoming = new Map<string, Incoming[]>();
  for (const workload of here.workloads) {
    const found = workload.needs.flatMap((text, index) => {
      const specPath = here.paths.workload(workload.name, `needs[${index}]`);
      const need = parseNeed(text);
      const report = (
        message: string,
        fix: string,
        result: Finding['result'] = 'warn',
      ) => findings.push({ rule: 'needs', result, message, fix, specPath });
      return targetsOf(here, workload, need, neighbours, report).map(
        target => ({ ...target, specPath }),
      );
    });
    outgoing.set(workload.name, sortBy(found, keyOf));
    for (const target of found) {
      const name = localName(target);
      if (name !== undefined) {
        add(incoming, name, { type: 'workload', workload: workload.name });
      }
    }
  }
  for (const neighbour of neighbours) {
    for (const [name, source] of incomingFrom(here, neighbour)) {
      add(incoming, name, source);
    }
  }
  for (const [name, sources] of incoming) {
    incoming.set(name, unique(sources));
  }
  return { outgoing, incoming };
}

/**
 * The environment of another service that one of ours talks to: the one of
 * the same name, else the only one of the same class. Both ends come to the
 * same answer, whichever of them is planned.
 *
 * @internal
 */
export function peerEnvironment(
  peer: ServiceSpec,
  environment: ServiceEnvironment,
): ServiceEnvironment | undefined {
  const { environments } = peer.spec;
  const sameClass = environments.filter(
    candidate => candidate.class === environment.class,
  );
  return (
    environments.find(({ name }) => name === environment.name) ??
    (sameClass.length === 1 ? sameClass[0] : undefined)
  );
}

type Report = (
  message: string,
  fix: string,
  result?: Finding['result'],
) => void;

function targetsOf(
  here: Here,
  from: NormalizedWorkload,
  need: Need,
  neighbours: ServiceSpec[],
  report: Report,
): Target[] {
  switch (need.type) {
    case 'external':
      return [need];
    case 'local':
      return localTargets(here, from, need.name, report);
    default: {
      const own =
        need.organization === here.spec.spec.organization &&
        need.service === here.spec.metadata.name;
      return own && need.workload !== undefined
        ? localTargets(here, from, need.workload, report)
        : serviceTargets(here, from, need, neighbours, report);
    }
  }
}

function localTargets(
  here: Here,
  from: NormalizedWorkload,
  name: string,
  report: Report,
): Target[] {
  const database = here.databases.find(candidate => candidate.name === name);
  if (database) {
    return [{ type: 'database', database, port: databasePort(database) }];
  }
  const workload = here.workloads.find(candidate => candidate.name === name);
  if (!workload) {
    report(
      `${from.name} needs ${name}, but this service has no workload or database of that name.`,
      'Correct the name, or write organization/service for another service and host:port for something outside.',
      'deny',
    );
    return [];
  }
  if (!serves(workload)) {
    report(
      `${from.name} needs ${name}, but ${name} listens on no port, so there is nothing to talk to.`,
      `Give ${name} a port and make it a Deployment, or take the need out.`,
    );
    return [];
  }
  return [{ type: 'workload', workload: name, ports: workload.ports }];
}

function serviceTargets(
  here: Here,
  from: NormalizedWorkload,
  need: Extract<Need, { type: 'service' }>,
  neighbours: ServiceSpec[],
  report: Report,
): Target[] {
  const name = `${need.organization}/${need.service}`;
  const peer = neighbours.find(
    candidate =>
      candidate.spec.organization === need.organization &&
      candidate.metadata.name === need.service,
  );
  const own = here.spec.spec.environments.find(
    candidate => candidate.name === here.environment,
  );
  const environment = peer && own && peerEnvironment(peer, own);
  if (!peer || !own || !environment) {
    report(
      peer
        ? `${from.name} needs ${name}, which has no environment ${here.environment} and not exactly one of class ${own?.class}; nothing is opened.`
        : `${from.name} needs ${name}, which isn't known here; nothing is opened until it is.`,
      peer
        ? `Give ${name} an environment named ${here.environment}.`
        : 'Check the name, or declare the service.',
    );
    return [];
  }
  if (apart(own, environment)) {
    report(
      `${from.name} needs ${name}, whose environment ${environment.name} runs on cluster ${environment.cluster} and not on ${own.cluster}; nothing is opened.`,
      `Run both on one cluster, or give ${name} a domain and write that with its port.`,
    );
    return [];
  }
  const serving = (
    resolveEnvironment(peer, environment.name)?.workloads ?? []
  ).filter(
    workload =>
      serves(workload) &&
      (need.workload === undefined || workload.name === need.workload),
  );
  if (serving.length === 0) {
    report(
      need.workload === undefined
        ? `${from.name} needs ${name}, none of whose workloads listens on a port.`
        : `${from.name} needs ${name}/${need.workload}, which doesn't exist or listens on no port.`,
      `Check the name with the owners of ${name}.`,
    );
  }
  return serving.map(workload => ({
    type: 'service',
    organization: need.organization,
    service: need.service,
    environment: environment.name,
    namespace: declaredNamespace(need.organization, need.service, environment),
    workload: workload.name,
    ports: workload.ports,
    oneOfMany: serving.length > 1,
  }));
}

/** Workloads of another service that talk to this environment. */
function incomingFrom(
  here: Here,
  neighbour: ServiceSpec,
): Array<[string, Incoming]> {
  const { organization } = neighbour.spec;
  const service = neighbour.metadata.name;
  const itself =
    organization === here.spec.spec.organization &&
    service === here.spec.metadata.name;
  const environments = itself
    ? []
    : neighbour.spec.environments.filter(environment => {
        const peer = peerEnvironment(here.spec, environment);
        return peer?.name === here.environment && !apart(peer, environment);
      });
  return environments.flatMap(environment =>
    (resolveEnvironment(neighbour, environment.name)?.workloads ?? []).flatMap(
      workload =>
        workload.needs
          .map(parseNeed)
          .filter(
            need =>
              need.type === 'service' &&
              need.organization === here.spec.spec.organization &&
              need.service === here.spec.metadata.name,
          )
          .flatMap(need =>
            here.workloads
              .filter(
                target =>
                  serves(target) &&
                  need.type === 'service' &&
                  (need.workload === undefined ||
                    need.workload === target.name),
              )
              .map(({ name }): [string, Incoming] => [
                name,
                {
                  type: 'service',
                  organization,
                  service,
                  environment: environment.name,
                  workload: workload.name,
                },
              ]),
          ),
    ),
  );
}

/** Whether two environments are known to run on different clusters. */
function apart(a: ServiceEnvironment, b: ServiceEnvironment): boolean {
  return (
    a.cluster !== undefined &&
    b.cluster !== undefined &&
    a.cluster !== b.cluster
  );
}

/** Whether a workload gets a Service. @internal */
export function serves(workload: NormalizedWorkload): boolean {
  return workload.kind === 'Deployment' && workload.ports.length > 0;
}

/** What tells targets apart, whatever order the spec names them in. */
function keyOf(target: Target): string {
  switch (target.type) {
    case 'workload':
      return `workload ${target.workload}`;
    case 'database':
      return `database ${target.database.name}`;
    case 'service':
      return `service ${target.namespace} ${target.workload}`;
    default:
      return `external ${target.host} ${target.port}`;
  }
}

function localName(target: Target): string | undefined {
  if (target.type === 'workload') {
    return target.workload;
  }
  return target.type === 'database' ? target.database.name : undefined;
}

function add(
  map: Map<string, Incoming[]>,
  name: string,
  source: Incoming,
): void {
  map.set(name, [...(map.get(name) ?? []), source]);
}

function unique(sources: Incoming[]): Incoming[] {
  const byText = new Map(
    sources.map(source => [JSON.stringify(source), source]),
  );
  return sortBy([...byText.keys()], text => text).flatMap(
    text => byText.get(text) ?? [],
  );
}
