import {
  looksLikeSecret,
  type SecretReference,
} from '@slipway/plugin-slipway-common';
import type { Found } from './Found';
import { type Ledger, plainName } from './Ledger';
import type { FirstDatabase, FirstSpecInput, FirstWorkload } from './types';

type Port = NonNullable<FirstWorkload['ports']>[number];

/** What a workload asks for that doesn't say: little, and easily seen. */
export const LEAST = { cpu: '100m', memory: '128Mi' };
/** The disk of what doesn't say how large it is. */
export const DISK = '1Gi';

/** An image reference in its parts. */
export function imageOf(reference: string): {
  repository: string;
  tag?: string;
  digest?: string;
} {
  const [rest, digest] = reference.trim().split('@');
  const colon = rest.lastIndexOf(':');
  const hasTag = colon > rest.lastIndexOf('/');
  return {
    repository: hasTag ? rest.slice(0, colon) : rest,
    ...(hasTag && { tag: rest.slice(colon + 1) }),
    ...(digest && { digest }),
  };
}

/** The image of a workload. A tag that moves is left out: nobody could say what runs. */
export function workloadImage(
  at: Found,
  reference: string,
  owner: string,
  ledger: Ledger,
): FirstWorkload['image'] {
  const { repository, tag, digest } = imageOf(reference);
  if (tag === undefined || tag === 'latest') {
    ledger.leave(
      at,
      `${owner}: ${tag === undefined ? 'an image without a tag' : 'the tag latest'}`,
      'it says nothing about what runs; report a revision from the pipeline, or set image.revision',
    );
    return { repository };
  }
  ledger.leave(
    at,
    `${owner}: nothing that moves the tag ${tag}`,
    'it is taken over as image.revision; take that out once a pipeline reports revisions',
  );
  return { repository, revision: tag, ...(digest && { digest }) };
}

const ENGINES: Record<string, FirstDatabase['engine']> = {
  postgres: 'postgres',
  postgresql: 'postgres',
  postgis: 'postgres',
  mysql: 'mysql',
  redis: 'redis',
  mongo: 'mongodb',
  mongodb: 'mongodb',
};

/** The database that an image is; undefined for anything else. */
export function engineOf(
  reference: string,
):
  | { engine: FirstDatabase['engine']; version?: string; own: boolean }
  | undefined {
  const { repository, tag } = imageOf(reference);
  const name = repository.split('/').at(-1)!;
  const engine = ENGINES[name];
  return (
    engine && {
      engine,
      ...(tag !== undefined && tag !== 'latest' && { version: tag }),
      own: repository === name || repository === `docker.io/library/${name}`,
    }
  );
}

const NEWEST: Record<FirstDatabase['engine'], string> = {
  postgres: '17',
  mysql: '8.4',
  redis: '7.4',
  mongodb: '8.0',
};

/** A database in place of the workload that ran it. */
export function databaseOf(
  at: Found,
  name: string,
  reference: string,
  size: string | undefined,
  owner: string,
  ledger: Ledger,
): FirstDatabase | undefined {
  const found = engineOf(reference);
  if (!found) return undefined;
  ledger.leave(
    at,
    `${owner}: its data and its password`,
    `it becomes a ${found.engine} that Slipway runs, empty and with a password of its own; move the data before you switch over`,
  );
  if (!found.own)
    ledger.leave(
      at,
      `${owner}: the image ${imageOf(reference).repository}`,
      `Slipway runs the official image of ${found.engine}`,
    );
  if (!found.version)
    ledger.leave(
      at,
      `${owner}: a version`,
      'the image has none; the newest that is known to work is offered, choose yours',
    );
  if (!size)
    ledger.leave(
      at,
      `${owner}: the size of its disk`,
      `no volume says it; ${DISK} is offered`,
    );
  return {
    name,
    engine: found.engine,
    version: found.version ?? NEWEST[found.engine],
    size: size ?? DISK,
  };
}

const isVariable = (name: string): boolean =>
  /^[A-Za-z_][A-Za-z0-9_]*$/.test(name) && name.length <= 128;

/** Variables of a workload, with secrets taken out. */
export class Variables {
  readonly #env = new Map<string, string>();
  readonly #secrets = new Map<string, SecretReference>();

  constructor(
    private readonly owner: string,
    private readonly input: Pick<
      FirstSpecInput,
      'organization' | 'service' | 'secretStore'
    >,
    private readonly ledger: Ledger,
  ) {}

  /** A literal value; one that looks like a secret becomes a reference, and its value goes nowhere. */
  literal(at: Found, name: string, value: string): void {
    if (!isVariable(name)) {
      this.ledger.leave(
        at,
        `${this.owner}: a variable`,
        'its name is not one that an environment variable can have',
      );
      return;
    }
    const secret = looksLikeSecret(value, name);
    if (secret === undefined) {
      this.#secrets.delete(name);
      this.#env.set(name, value);
      return;
    }
    this.refer(at, name, { secret: this.input.service, key: name });
    this.ledger.leave(
      at,
      `${this.owner}: the value of ${name}`,
      `it looks like ${secret}, which is never copied; put it into the organization's secret store under the reference that is offered, and change it, as it stands in Git`,
    );
  }

  /** A value that is kept in a Secret: the reference is a suggestion that somebody has to make true. */
  kept(at: Found, name: string, secret: string, key: string): void {
    if (!isVariable(name)) {
      this.ledger.leave(
        at,
        `${this.owner}: a variable`,
        'its name is not one that an environment variable can have',
      );
      return;
    }
    this.refer(at, name, { secret, key });
    this.ledger.leave(
      at,
      `${this.owner}: the Secret behind ${name}`,
      `Secrets are not read; put key ${key} of ${secret} into the organization's secret store, and name it in the reference`,
    );
  }

  get values(): string[] {
    return [...this.#env.values()];
  }

  result(): Pick<FirstWorkload, 'env' | 'secrets'> {
    const env = [...this.#env].map(([name, value]) => ({ name, value }));
    const secrets = [...this.#secrets].map(([name, from]) => ({ name, from }));
    return {
      ...(env.length > 0 && { env }),
      ...(secrets.length > 0 && { secrets }),
    };
  }

  private refer(
    _at: Found,
    name: string,
    { secret, key }: { secret: string; key: string },
  ): void {
    this.#env.delete(name);
    const { organization, service, secretStore } = this.input;
    const place = plainName(secret, 63);
    this.#secrets.set(
      name,
      secretStore.provider === 'vault'
        ? {
            vault: `${service}/${place}#${key.replace(/[^A-Za-z0-9_.-]/g, '-')}`,
          }
        : // The organization's own; what is kept in it is for its people to fill.
          { store: `org-${organization}`, key: place, property: key },
    );
  }
}

const HTTP_PORTS = new Set([
  80, 3000, 4200, 5000, 8000, 8080, 8081, 8888, 9000,
]);

/** A port with what is most likely spoken on it. */
export function portOf(
  port: number,
  hints: { name?: string; http?: boolean; taken: readonly Port[] },
): Port {
  const name = hints.name ? plainName(hints.name, 15) : '';
  const protocol = protocolOf(port, name, hints.http ?? false);
  const wanted = name || (protocol === 'tcp' ? `tcp-${port}` : protocol);
  const isTaken = hints.taken.some(one => one.name === wanted);
  return { name: isTaken ? `port-${port}` : wanted, port, protocol };
}

function protocolOf(
  port: number,
  name: string,
  isHttp: boolean,
): 'http' | 'grpc' | 'tcp' {
  if (/^grpc/.test(name)) return 'grpc';
  if (isHttp || /^(http|web)/.test(name)) return 'http';
  if (name && !/^(app|api|main|default|port)/.test(name)) return 'tcp';
  return HTTP_PORTS.has(port) ? 'http' : 'tcp';
}

/** Ports as a person would write them: the one that most have is short, and the form has a field for it. */
export function portFields(
  ports: Port[],
): Pick<FirstWorkload, 'port' | 'ports'> {
  const [only] = ports;
  if (ports.length === 1 && only.name === 'http' && only.protocol === 'http')
    return { port: only.port };
  return ports.length > 0 ? { ports } : {};
}

/** Those of the names that are hosts in one of the texts, with or without a port. */
export function hostsIn(
  texts: readonly string[],
  names: readonly string[],
): string[] {
  return names.filter(name =>
    texts.some(text =>
      text
        .split(/[\s,;/@="']+/)
        .some(
          word =>
            word === name ||
            word.startsWith(`${name}:`) ||
            word.startsWith(`${name}.`),
        ),
    ),
  );
}
