import { leaveOthers } from './container';
import type { Found } from './Found';
import type { Ledger } from './Ledger';
import {
  databaseOf,
  DISK,
  hostsIn,
  LEAST,
  portOf,
  Variables,
  workloadImage,
} from './parts';
import type { FirstDatabase, FirstSpecInput, FirstWorkload } from './types';

type Port = NonNullable<FirstWorkload['ports']>[number];
type Volume = NonNullable<FirstWorkload['volumes']>[number];
type Probe = NonNullable<NonNullable<FirstWorkload['probes']>['liveness']>;

const READ = new Set([
  'image',
  'build',
  'ports',
  'expose',
  'environment',
  'env_file',
  'volumes',
  'tmpfs',
  'depends_on',
  'links',
  'deploy',
  'healthcheck',
  'command',
  'entrypoint',
  'restart',
  'container_name',
  'hostname',
  'profiles',
  'scale',
]);
const WHY: Record<string, string> = {
  networks:
    'what a workload talks to is named under needs, and nothing else is open',
  secrets: 'secrets are references to the organization’s store',
  privileged: 'nothing runs privileged',
  cap_add: 'nothing gets capabilities',
  user: 'Slipway runs every workload without root',
  labels: 'they are for a tool beside compose',
  logging: 'the platform collects what is written to standard output',
};
const NO_FIELD = 'a ServiceSpec has no field for it';

/** What a compose file declares, in the fields of a ServiceSpec. */
export function fromCompose(
  file: Found,
  input: FirstSpecInput,
  ledger: Ledger,
): { workloads: FirstWorkload[]; databases: FirstDatabase[] } {
  const services = file.at('services').fields();
  const names = new Map<string, string>();
  const databases: FirstDatabase[] = [];
  const workloads: Array<{
    key: string;
    at: Found;
    texts: string[];
    workload: FirstWorkload;
  }> = [];
  if (services.length > 0) ledger.took(file);
  for (const [key, value] of file.fields()) {
    if (
      !['services', 'version', 'name', 'volumes', 'networks'].includes(key) &&
      !key.startsWith('x-')
    )
      ledger.leave(value, key, NO_FIELD);
  }
  for (const [key, at] of services) {
    const owner = `service ${key}`;
    const name = ledger.name(key);
    names.set(key, name);
    const image = filled(at.at('image'), owner, ledger);
    const volumes = volumesOf(at, owner, ledger);
    const database =
      image === undefined
        ? undefined
        : databaseOf(
            at.at('image'),
            name,
            image,
            volumes.find(({ kind }) => kind === 'disk')?.size,
            owner,
            ledger,
          );
    if (database) {
      databases.push(database);
      continue;
    }
    const workload = workloadOf(
      { at, owner, name, image, volumes },
      input,
      ledger,
    );
    if (!workload) {
      names.delete(key);
      ledger.leave(at, owner, 'it has neither an image nor a build');
      continue;
    }
    workloads.push({
      key,
      at,
      texts: (workload.env ?? []).map(({ value }) => value),
      workload,
    });
  }
  return {
    databases,
    workloads: workloads.map(({ at, texts, workload }) => {
      const dependencies = [
        ...keysOf(at.at('depends_on')),
        ...keysOf(at.at('links')),
      ].map(link => link.split(':')[0]);
      const needs = [
        ...dependencies,
        ...hostsIn(texts, [...names.keys()]),
      ].flatMap(key => {
        const name = names.get(key);
        return name && name !== workload.name ? [name] : [];
      });
      return {
        ...workload,
        ...(needs.length > 0 && { needs: [...new Set(needs)] }),
      };
    }),
  };
}

function workloadOf(
  {
    at,
    owner,
    name,
    image,
    volumes,
  }: {
    at: Found;
    owner: string;
    name: string;
    image: string | undefined;
    volumes: Volume[];
  },
  input: FirstSpecInput,
  ledger: Ledger,
): FirstWorkload | undefined {
  const build = at.at('build');
  if (image === undefined && !build.exists) return undefined;
  leaveOthers(at, owner, READ, WHY, ledger);
  const variables = new Variables(
    owner,
    input.secretStore,
    input.service,
    ledger,
  );
  readEnvironment(at, owner, variables, ledger);
  const ports = portsOf(at, owner, ledger);
  const size = sizeOf(at, owner, ledger);
  const liveness = probeOf(at.at('healthcheck'), owner, ledger);
  const command = wordsOf(at.at('entrypoint'), owner, ledger);
  const args = wordsOf(at.at('command'), owner, ledger);
  if (at.at('profiles').exists)
    ledger.leave(
      at.at('profiles'),
      `${owner}: profiles`,
      'an environment runs all workloads of its service',
    );
  return {
    name,
    kind: ports.length > 0 ? 'Deployment' : 'Worker',
    ...(build.exists && { source: sourceOf(build, input, owner, ledger) }),
    image:
      image === undefined || build.exists
        ? builtImage(build, image, name, input, owner, ledger)
        : workloadImage(at.at('image'), image, owner, ledger),
    ...(ports.length > 0 && { ports }),
    ...size,
    ...(liveness && { probes: { liveness } }),
    ...variables.result(),
    ...(volumes.length > 0 && { volumes }),
    ...(command && { command }),
    ...(args && { args }),
  };
}

/** What is built has no tag until a pipeline has built it. */
function builtImage(
  at: Found,
  image: string | undefined,
  name: string,
  input: FirstSpecInput,
  owner: string,
  ledger: Ledger,
): FirstWorkload['image'] {
  const repository = image?.split('@')[0].replace(/:[^:/]*$/, '');
  ledger.leave(
    at,
    `${owner}: what is built`,
    'nothing runs until the pipeline reports its first revision',
  );
  return {
    repository: repository || `${input.registry}/${input.service}/${name}`,
  };
}

function sourceOf(
  build: Found,
  { source }: FirstSpecInput,
  owner: string,
  ledger: Ledger,
): NonNullable<FirstWorkload['source']> {
  const context = (build.text() ?? build.at('context').text() ?? '.')
    .replace(/^\.\/+/, '')
    .replace(/\/+$/, '');
  const dockerfile = build.at('dockerfile').text();
  for (const [key, value] of build.fields()) {
    if (key !== 'context' && key !== 'dockerfile')
      ledger.leave(
        value,
        `${owner}: build.${key}`,
        'the pipeline template says how an image is built',
      );
  }
  return {
    ...source,
    ...(context && context !== '.' && { path: context }),
    ...(dockerfile && { dockerfile: dockerfile.replace(/^\.\/+/, '') }),
  };
}

function readEnvironment(
  at: Found,
  owner: string,
  variables: Variables,
  ledger: Ledger,
): void {
  const environment = at.at('environment');
  for (const file of at.at('env_file').exists ? [at.at('env_file')] : [])
    ledger.leave(
      file,
      `${owner}: env_file`,
      'such files mostly hold secrets, so they are not read',
    );
  for (const [name, value] of environment.fields()) {
    const text = value.exists
      ? filled(value, `${owner}: variable ${name}`, ledger, name)
      : undefined;
    if (text !== undefined) variables.literal(value, name, text);
    else if (!value.exists) fromShell(value, owner, name, ledger);
  }
  for (const item of environment.list()) {
    const text = item.text() ?? '';
    const split = text.indexOf('=');
    const name = split < 0 ? text : text.slice(0, split);
    if (split < 0) {
      fromShell(item, owner, name, ledger);
      continue;
    }
    const value = interpolate(text.slice(split + 1));
    if (value === undefined) fromShell(item, owner, name, ledger);
    else variables.literal(item, name, value);
  }
}

function fromShell(
  at: Found,
  owner: string,
  name: string,
  ledger: Ledger,
): void {
  ledger.leave(
    at,
    `${owner}: variable ${name}`,
    'its value comes from the shell that starts compose',
  );
}

/** A text with its variables filled in; undefined, and noted, where they have no default. */
function filled(
  at: Found,
  owner: string,
  ledger: Ledger,
  variable?: string,
): string | undefined {
  const text = at.text();
  if (text === undefined) return undefined;
  const value = interpolate(text);
  if (value === undefined)
    ledger.leave(
      at,
      variable === undefined ? `${owner}: ${text.slice(0, 80)}` : owner,
      'its value comes from the shell that starts compose',
    );
  return value;
}

/** Compose's own way: `${NAME:-default}` and `${NAME-default}`; `$$` is a dollar. */
export function interpolate(text: string): string | undefined {
  let isWhole = true;
  const value = text.replace(
    /\$(?:\$|\{([A-Za-z_][A-Za-z0-9_]*)(?::?-([^}]*)|[^}]*)\}|[A-Za-z_][A-Za-z0-9_]*)/g,
    (
      match: string,
      _name: string | undefined,
      fallback: string | undefined,
    ) => {
      if (match === '$$') return '$';
      if (fallback === undefined) isWhole = false;
      return fallback ?? '';
    },
  );
  return isWhole ? value : undefined;
}

function portsOf(at: Found, owner: string, ledger: Ledger): Port[] {
  const ports: Port[] = [];
  for (const item of [...at.at('ports').list(), ...at.at('expose').list()]) {
    const short = interpolate(item.text() ?? '');
    const target = item.at('target').whole();
    const [plain, protocol = item.at('protocol').text() ?? 'tcp'] = (
      short ?? ''
    ).split('/');
    const port = target ?? Number(plain.split(':').at(-1));
    if (protocol !== 'tcp')
      ledger.leave(item, `${owner}: port ${port}`, 'only TCP is served');
    else if (!Number.isInteger(port) || port < 1 || port > 65_535)
      ledger.leave(
        item,
        `${owner}: ports ${short ?? ''}`,
        'it is not one number of a port',
      );
    else if (!ports.some(one => one.port === port))
      ports.push(portOf(port, { taken: ports }));
  }
  if (at.at('ports').list().length > 0)
    ledger.leave(
      at.at('ports'),
      `${owner}: ports of the machine`,
      'what is reached from outside has domains; add one',
    );
  return ports;
}

function sizeOf(
  at: Found,
  owner: string,
  ledger: Ledger,
): Pick<FirstWorkload, 'replicas' | 'resources'> {
  const deploy = at.at('deploy');
  const replicas = deploy.at('replicas').whole() ?? at.at('scale').whole();
  const [asked, most] = ['reservations', 'limits'].map(key =>
    deploy.at('resources', key),
  );
  const cpu = asked.at('cpus').text() ?? most.at('cpus').text();
  const memory = kubernetesSize(
    asked.at('memory').text() ?? most.at('memory').text(),
  );
  if (cpu === undefined || memory === undefined)
    ledger.leave(
      at,
      `${owner}: what it needs`,
      `it asks for none; ${LEAST.cpu} and ${LEAST.memory} are offered`,
    );
  const limits = {
    ...(most.at('cpus').text() && { cpu: most.at('cpus').text()! }),
    ...(kubernetesSize(most.at('memory').text()) && {
      memory: kubernetesSize(most.at('memory').text())!,
    }),
  };
  for (const [key, value] of deploy.fields()) {
    if (key !== 'replicas' && key !== 'resources')
      ledger.leave(value, `${owner}: deploy.${key}`, NO_FIELD);
  }
  return {
    ...(replicas !== undefined && { replicas }),
    resources: {
      cpu: cpu ?? LEAST.cpu,
      memory: memory ?? LEAST.memory,
      ...(Object.keys(limits).length > 0 && { limits }),
    },
  };
}

/** Compose counts in 1024s whatever the letter. */
function kubernetesSize(text: string | undefined): string | undefined {
  const found = /^([0-9]+(?:\.[0-9]+)?)\s*([bkmg]?)b?$/i.exec(text ?? '');
  if (!found) return undefined;
  const unit = { k: 'Ki', m: 'Mi', g: 'Gi' }[found[2].toLowerCase()] ?? '';
  return `${found[1]}${unit}`;
}

function volumesOf(at: Found, owner: string, ledger: Ledger): Volume[] {
  const volumes: Volume[] = [];
  const add = (volume: Volume) => {
    if (!volumes.some(({ path }) => path === volume.path)) volumes.push(volume);
  };
  for (const item of at.at('volumes').list()) {
    const [first = '', second] = (item.text() ?? '').split(':');
    const type = item.at('type').text();
    const path = item.at('target').text() ?? second ?? first;
    const from =
      item.at('source').text() ?? (second === undefined ? '' : first);
    if (type === 'tmpfs') add({ path, kind: 'temp' });
    else if (type === 'bind' || /^[./~]/.test(from))
      ledger.leave(
        item,
        `${owner}: ${path}`,
        'it is a folder of the machine that compose runs on; build it into the image',
      );
    else {
      ledger.leave(
        item,
        `${owner}: the size of ${path}, and what lies in it`,
        `compose names no size; ${DISK} is offered, and the disk is a new one`,
      );
      add({ path, kind: 'disk', size: DISK });
    }
  }
  for (const item of at.at('tmpfs').list().length > 0
    ? at.at('tmpfs').list()
    : [at.at('tmpfs')]) {
    const path = item.text()?.split(':')[0];
    if (path) add({ path, kind: 'temp' });
  }
  return volumes;
}

function probeOf(at: Found, owner: string, ledger: Ledger): Probe | undefined {
  if (!at.exists || at.at('disable').text() === 'true') return undefined;
  const test = at.at('test');
  const list = test.texts();
  const [how, ...rest] = list ?? ['CMD-SHELL', test.text() ?? ''];
  const command = how === 'CMD' ? rest : ['sh', '-c', rest.join(' ')];
  if (how === 'NONE') return undefined;
  if ((how !== 'CMD' && how !== 'CMD-SHELL') || !rest.join('').trim()) {
    ledger.leave(at, `${owner}: healthcheck`, 'it says no command');
    return undefined;
  }
  const seconds = (key: string): number | undefined => {
    const found = /^(?:(\d+)m)?(?:(\d+)s)?$/.exec(at.at(key).text() ?? '');
    const value = Number(found?.[1] ?? 0) * 60 + Number(found?.[2] ?? 0);
    return value > 0 ? value : undefined;
  };
  const [period, timeout, delay] = ['interval', 'timeout', 'start_period'].map(
    seconds,
  );
  const failures = at.at('retries').whole();
  return {
    type: 'exec',
    command,
    ...(delay !== undefined && { initialDelaySeconds: delay }),
    ...(period !== undefined && { periodSeconds: period }),
    ...(timeout !== undefined && { timeoutSeconds: timeout }),
    ...(failures !== undefined && { failureThreshold: failures }),
  };
}

/** A command as a list; one that a shell would have to take apart is left. */
function wordsOf(
  at: Found,
  owner: string,
  ledger: Ledger,
): string[] | undefined {
  if (!at.exists) return undefined;
  const list = at.texts();
  if (list) return list.length > 0 ? list : undefined;
  const text = at.text() ?? '';
  if (!/^[\w./:=@%+, -]+$/.test(text)) {
    ledger.leave(
      at,
      `${owner}: a command`,
      'it has quotes or variables of a shell; write it as a list',
    );
    return undefined;
  }
  return text.split(/\s+/).filter(Boolean);
}

function keysOf(at: Found): string[] {
  return at.texts() ?? at.fields().map(([key]) => key);
}
