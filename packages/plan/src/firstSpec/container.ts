import type { Found } from './Found';
import type { Ledger } from './Ledger';
import { LEAST, portOf, type Variables } from './parts';
import type { FirstWorkload } from './types';

type Probe = NonNullable<NonNullable<FirstWorkload['probes']>['readiness']>;
type Port = NonNullable<FirstWorkload['ports']>[number];

/** Fields of a container that are read somewhere, or say nothing. */
const READ = new Set([
  'name',
  'image',
  'ports',
  'env',
  'envFrom',
  'resources',
  'command',
  'args',
  'livenessProbe',
  'readinessProbe',
  'startupProbe',
  'volumeMounts',
  // What Kubernetes would do by itself.
  'imagePullPolicy',
  'terminationMessagePath',
  'terminationMessagePolicy',
]);

const WHY: Record<string, string> = {
  securityContext:
    'Slipway sets it: no root, no privileges, a read-only root filesystem; an image that needs more needs a patch that policy allows',
  lifecycle: 'a ServiceSpec has no hooks; let the process handle SIGTERM',
};

const NO_FIELD =
  'a ServiceSpec has no field for it; where it is needed, add a patch';

/** What is written down and says nothing. */
const isEmpty = (at: Found): boolean =>
  !at.exists ||
  (typeof at.value === 'object' &&
    Object.keys(at.value as object).length === 0);

/** Lists the fields of a map that nothing was made from. */
export function leaveOthers(
  at: Found,
  owner: string,
  read: ReadonlySet<string>,
  why: Record<string, string>,
  ledger: Ledger,
): void {
  for (const [key, value] of at.fields()) {
    if (read.has(key) || isEmpty(value)) continue;
    ledger.leave(value, `${owner}: ${key}`, why[key] ?? NO_FIELD);
  }
}

/** What a workload gets from its container alone. */
export function containerPart(
  container: Found,
  context: {
    owner: string;
    /** Ports that something speaks HTTP to, by number or name. */
    http: ReadonlySet<string>;
    variables: Variables;
    configMaps: ReadonlyMap<string, Found>;
    ledger: Ledger;
  },
): Pick<
  FirstWorkload,
  'ports' | 'resources' | 'probes' | 'env' | 'secrets' | 'command' | 'args'
> {
  const { owner, ledger, variables } = context;
  leaveOthers(container, owner, READ, WHY, ledger);
  readVariables(container, context);
  const ports = readPorts(container, context);
  const probes = {
    startup: readProbe(container.at('startupProbe'), ports, owner, ledger),
    readiness: readProbe(container.at('readinessProbe'), ports, owner, ledger),
    liveness: readProbe(container.at('livenessProbe'), ports, owner, ledger),
  };
  const given = Object.entries(probes).filter(([, probe]) => probe);
  const command = container.at('command').texts();
  const args = container.at('args').texts();
  return {
    ...(ports.length > 0 && { ports }),
    resources: readResources(
      container.at('resources'),
      container,
      owner,
      ledger,
    ),
    ...(given.length > 0 && { probes: Object.fromEntries(given) }),
    ...variables.result(),
    ...(command && { command }),
    ...(args && { args }),
  };
}

function readVariables(
  container: Found,
  { owner, variables, configMaps, ledger }: Parameters<typeof containerPart>[1],
): void {
  for (const from of container.at('envFrom').list()) {
    const map = from.at('configMapRef', 'name').text();
    const secret = from.at('secretRef', 'name').text();
    const prefix = from.at('prefix').text() ?? '';
    const values = map === undefined ? undefined : configMaps.get(map);
    if (values) {
      ledger.took(values);
      for (const [key, value] of values.at('data').fields())
        variables.literal(value, `${prefix}${key}`, value.text() ?? '');
    } else {
      ledger.leave(
        from,
        `${owner}: envFrom of ${map === undefined ? `Secret ${secret ?? ''}` : `ConfigMap ${map}`}`,
        map === undefined
          ? 'Secrets are not read; add each variable under secrets, by reference'
          : 'that ConfigMap is not among the files that were read',
      );
    }
  }
  for (const variable of container.at('env').list()) {
    const name = variable.at('name').text() ?? '';
    const from = variable.at('valueFrom');
    if (!from.exists) {
      variables.literal(variable, name, variable.at('value').text() ?? '');
      continue;
    }
    const secret = from.at('secretKeyRef');
    const map = from.at('configMapKeyRef');
    const value = configMaps
      .get(map.at('name').text() ?? '')
      ?.at('data', map.at('key').text() ?? '');
    if (secret.exists) {
      variables.kept(
        variable,
        name,
        secret.at('name').text() ?? 'secret',
        secret.at('key').text() ?? name,
      );
    } else if (value?.exists) {
      ledger.took(value);
      variables.literal(value, name, value.text() ?? '');
    } else {
      ledger.leave(
        variable,
        `${owner}: variable ${name}`,
        map.exists
          ? 'the ConfigMap that it comes from is not among the files that were read'
          : 'a ServiceSpec has no variables from fields of the Pod; where it is needed, add a patch',
      );
    }
  }
}

function readPorts(
  container: Found,
  { owner, http, ledger }: Parameters<typeof containerPart>[1],
): Port[] {
  const ports: Port[] = [];
  for (const at of container.at('ports').list()) {
    const port = at.at('containerPort').whole();
    const name = at.at('name').text();
    if (port === undefined || port < 1 || port > 65_535) {
      ledger.leave(at, `${owner}: a port`, 'it has no number');
    } else if ((at.at('protocol').text() ?? 'TCP') !== 'TCP') {
      ledger.leave(at, `${owner}: port ${port}`, 'only TCP is served');
    } else if (ports.some(one => one.port === port)) {
      ledger.leave(at, `${owner}: port ${port}`, 'it is there already');
    } else {
      const isHttp = http.has(String(port)) || http.has(name ?? '\0');
      ports.push(
        portOf(port, {
          ...(name !== undefined && { name }),
          http: isHttp,
          taken: ports,
        }),
      );
    }
  }
  return ports;
}

const TIMES = [
  'initialDelaySeconds',
  'periodSeconds',
  'timeoutSeconds',
  'failureThreshold',
  'successThreshold',
] as const;

function readProbe(
  at: Found,
  ports: readonly Port[],
  owner: string,
  ledger: Ledger,
): Probe | undefined {
  if (!at.exists) return undefined;
  const what = at
    .fields()
    .map(([key]) => key)
    .join(', ');
  const times = Object.fromEntries(
    TIMES.flatMap(key => {
      const value = at.at(key).whole();
      return value === undefined ? [] : [[key, value]];
    }),
  );
  const numberOf = (port: Found): { port?: number } => {
    const number = port.whole();
    const named = ports.find(one => one.name === port.text())?.port;
    const found = number ?? named;
    return found === undefined ? {} : { port: found };
  };
  const [http, tcp, grpc, exec] = ['httpGet', 'tcpSocket', 'grpc', 'exec'].map(
    key => at.at(key),
  );
  if (http.exists && (http.at('scheme').text() ?? 'HTTP') !== 'HTTP') {
    ledger.leave(at, `${owner}: a probe over HTTPS`, 'probes ask over HTTP');
    return undefined;
  }
  if (http.exists) {
    const path = http.at('path').text();
    const headers = http
      .at('httpHeaders')
      .list()
      .flatMap(header => {
        const name = header.at('name').text();
        return name ? [{ name, value: header.at('value').text() ?? '' }] : [];
      });
    return {
      type: 'http',
      ...numberOf(http.at('port')),
      ...(path !== undefined && {
        path: path.startsWith('/') ? path : `/${path}`,
      }),
      ...(headers.length > 0 && { headers }),
      ...times,
    };
  }
  if (tcp.exists) return { type: 'tcp', ...numberOf(tcp.at('port')), ...times };
  if (grpc.exists) {
    const service = grpc.at('service').text();
    return {
      type: 'grpc',
      ...numberOf(grpc.at('port')),
      ...(service && { service }),
      ...times,
    };
  }
  const command = exec.at('command').texts();
  if (command?.length) return { type: 'exec', command, ...times };
  ledger.leave(
    at,
    `${owner}: a probe`,
    `it says ${what || 'nothing'}, and not how to ask`,
  );
  return undefined;
}

/** CPU and memory, requested and at most. */
export function readResources(
  at: Found,
  around: Found,
  owner: string,
  ledger: Ledger,
): FirstWorkload['resources'] {
  const [requests, limits] = [at.at('requests'), at.at('limits')];
  const cpu = requests.at('cpu').text() ?? limits.at('cpu').text();
  const memory = requests.at('memory').text() ?? limits.at('memory').text();
  if (cpu === undefined || memory === undefined) {
    ledger.leave(
      around,
      `${owner}: ${[cpu === undefined && 'CPU', memory === undefined && 'memory'].filter(Boolean).join(' and ')}`,
      `it asks for none; ${LEAST.cpu} and ${LEAST.memory} are offered`,
    );
  }
  const most = {
    ...(limits.at('cpu').text() && { cpu: limits.at('cpu').text()! }),
    ...(limits.at('memory').text() && { memory: limits.at('memory').text()! }),
  };
  for (const part of [requests, limits]) {
    for (const [key, value] of part.fields()) {
      if (key !== 'cpu' && key !== 'memory')
        ledger.leave(
          value,
          `${owner}: ${key}`,
          'only CPU and memory are asked for here; GPUs have a field of their own',
        );
    }
  }
  return {
    cpu: cpu ?? LEAST.cpu,
    memory: memory ?? LEAST.memory,
    ...(Object.keys(most).length > 0 && { limits: most }),
  };
}
