import type { NormalizedWorkload } from '@slipway/plugin-slipway-common';
import type { IEnvVar } from 'kubernetes-models/v1';
import { sortBy } from './canonical';
import type { Outgoing } from './connections';
import { fromSpec, type RenderContext } from './context';
import { databaseNames, ENGINES } from './database/engines';
import { credentialsName, secretsName, variablePrefix } from './names';
import { from, type Source, type Traceable } from './trace';

const ADDRESS =
  'The address follows from what the need points to; change the need instead.';

/** What is nearer gets the shorter names. */
const NEARNESS: Record<Outgoing['type'], number> = {
  workload: 0,
  database: 0,
  service: 1,
  external: 2,
};

interface Variable {
  name: string;
  variable: Traceable<IEnvVar>;
  /** The text in which other variables may be referred to. */
  text: string;
}

/**
 * The environment variables of a workload: addresses of what it needs, its
 * own variables, its secrets. What the spec names wins over an address.
 *
 * @internal
 */
export function variablesOf(
  context: RenderContext,
  workload: NormalizedWorkload,
): Array<Traceable<IEnvVar>> {
  const variables = new Map<string, Variable>();
  for (const variable of [
    ...addressVariables(context, workload),
    ...ownVariables(context, workload),
    ...secretVariables(context, workload),
  ]) {
    variables.set(variable.name, variable);
  }
  return inOrderOfUse(variables).map(({ variable }) => variable);
}

function ownVariables(
  context: RenderContext,
  workload: NormalizedWorkload,
): Variable[] {
  return workload.env.map(({ name, value }) => {
    const path = context.paths.workload(workload.name, `env[${name}]`);
    return {
      name,
      text: value,
      variable: from<IEnvVar>(
        { origin: 'spec', specPath: path },
        { name, value: fromSpec(`${path}.value`, value) },
      ),
    };
  });
}

function secretVariables(
  context: RenderContext,
  workload: NormalizedWorkload,
): Variable[] {
  return workload.secrets.map(({ name }) => ({
    name,
    text: '',
    variable: from<IEnvVar>(
      {
        origin: 'spec',
        specPath: context.paths.workload(workload.name, `secrets[${name}]`),
        noInverse:
          'A secret is written by reference; change where it is kept, or the reference.',
      },
      secretVariable(name, secretsName(workload.name), name),
    ),
  }));
}

function addressVariables(
  context: RenderContext,
  workload: NormalizedWorkload,
): Variable[] {
  const taken = new Set<string>();
  // What is near gets the short name; sorting makes the rest independent of order.
  const byNearness = sortBy(
    context.connections.outgoing.get(workload.name) ?? [],
    target => `${NEARNESS[target.type]} ${longPrefix(target)}`,
  );
  return byNearness.flatMap(target => {
    const short = variablePrefix(shortName(target));
    const prefix = taken.has(short) ? longPrefix(target) : short;
    taken.add(prefix);
    const source: Source = {
      origin: 'spec',
      specPath: target.specPath,
      noInverse: ADDRESS,
    };
    return addressOf(target).map(([suffix, value]) => {
      const name = `${prefix}_${suffix}`;
      return {
        name,
        text: '',
        variable: from<IEnvVar>(
          source,
          typeof value === 'string'
            ? { name, value }
            : secretVariable(name, value.secret, 'password'),
        ),
      };
    });
  });
}

function shortName(target: Outgoing): string {
  switch (target.type) {
    case 'workload':
      return target.workload;
    case 'database':
      return target.database.name;
    case 'service':
      return target.oneOfMany
        ? `${target.service}-${target.workload}`
        : target.service;
    default:
      return target.host;
  }
}

function longPrefix(target: Outgoing): string {
  switch (target.type) {
    case 'service':
      return variablePrefix(
        `${target.organization}-${target.service}-${target.workload}`,
      );
    case 'external':
      return variablePrefix(`${target.host}-${target.port}`);
    default:
      return variablePrefix(shortName(target));
  }
}

type Address = Array<[string, string | { secret: string }]>;

function addressOf(target: Outgoing): Address {
  switch (target.type) {
    case 'external':
      return hostAndPort(target.host, target.port);
    case 'database': {
      const { database, port } = target;
      const names = databaseNames(database);
      const { scheme, named } = ENGINES[database.engine];
      return [
        ...hostAndPort(database.name, port),
        [
          'URL',
          `${scheme}://${database.name}:${port}${named ? `/${names.database}` : ''}`,
        ],
        ...(named
          ? ([
              ['DATABASE', names.database],
              ['USER', names.user],
            ] as Address)
          : []),
        ['PASSWORD', { secret: credentialsName(database.name) }],
      ];
    }
    default: {
      const host =
        target.type === 'service'
          ? `${target.workload}.${target.namespace}.svc`
          : target.workload;
      const [port] = target.ports;
      return [
        ...hostAndPort(host, port.port),
        ...(port.protocol === 'http'
          ? ([['URL', `http://${host}:${port.port}`]] as Address)
          : []),
      ];
    }
  }
}

function hostAndPort(host: string, port: number): Address {
  return [
    ['HOST', host],
    ['PORT', `${port}`],
    ['ADDR', `${host}:${port}`],
  ];
}

function secretVariable(name: string, secret: string, key: string): IEnvVar {
  return { name, valueFrom: { secretKeyRef: { name: secret, key } } };
}

/**
 * By name, except that a variable comes after those that it refers to as
 * `$(NAME)`: Kubernetes only fills in what was defined before.
 */
function inOrderOfUse(variables: ReadonlyMap<string, Variable>): Variable[] {
  const ordered = new Map<string, Variable>();
  const visiting = new Set<string>();
  const visit = (variable: Variable) => {
    if (ordered.has(variable.name) || visiting.has(variable.name)) {
      return;
    }
    visiting.add(variable.name);
    const used = [...variable.text.matchAll(/\$\(([^)]+)\)/g)]
      .map(([, name]) => variables.get(name))
      .filter(found => found !== undefined);
    sortBy(used, ({ name }) => name).forEach(visit);
    ordered.set(variable.name, variable);
  };
  sortBy([...variables.values()], ({ name }) => name).forEach(visit);
  return [...ordered.values()];
}
