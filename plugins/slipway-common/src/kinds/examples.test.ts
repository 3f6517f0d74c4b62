import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import {
  editFile,
  formatProblem,
  parseFile,
  stringifyResource,
} from '../parse';
import { parsePlatformPath } from './paths';
import { resolveEnvironment } from './normalize';
import type { ServiceSpec } from './serviceSpec';

const EXAMPLES = join(__dirname, '..', '..', '..', '..', 'docs', 'examples');

const files = readdirSync(EXAMPLES, { recursive: true, withFileTypes: true })
  .filter(entry => entry.isFile() && entry.name.endsWith('.yaml'))
  .map(entry => relative(EXAMPLES, join(entry.parentPath, entry.name)))
  .sort();

/** The path inside of the platform repository that the example is. */
const inside = (file: string) => file.split('/').slice(1).join('/');

const read = (file: string) => readFileSync(join(EXAMPLES, file), 'utf8');

/** What the demo is seeded with; each folder is a part of one platform repository. */
const DEMO = join(EXAMPLES, '..', '..', 'packages', 'dev', 'demo');
const demo = ['platform', 'scenes'].flatMap(part =>
  readdirSync(join(DEMO, part), { recursive: true, encoding: 'utf8' })
    .filter(file => file.endsWith('.yaml'))
    .map(file => [file, join(DEMO, part, file)]),
);

describe('the demo', () => {
  it.each(demo)('has no problem in %s', (path, file) => {
    expect(parsePlatformPath(path)).toBeDefined();
    const { problems } = parseFile(readFileSync(file, 'utf8'), { path });
    expect(problems.map(formatProblem)).toEqual([]);
  });
});

describe('examples', () => {
  it('are there', () => {
    expect(files.length).toBeGreaterThan(20);
  });

  it.each(files)('%s stands at its path and has no problem', file => {
    expect(parsePlatformPath(inside(file))).toBeDefined();
    const { problems, resources } = parseFile(read(file), {
      path: inside(file),
    });
    expect(problems.map(formatProblem)).toEqual([]);
    expect(resources).toHaveLength(1);
    expect(parseFile(stringifyResource(resources[0])).resources).toEqual(
      resources,
    );
  });

  it('name only classes, quotas, policies and organizations that are there', () => {
    const resources = files.flatMap(file =>
      parseFile(read(file)).resources.map(resource => ({
        root: file.split('/')[0],
        resource,
      })),
    );
    const there = new Set(
      resources.map(({ root, resource }) =>
        [
          resource.kind === 'Organization' ? root : '',
          resource.kind,
          resource.metadata.name,
        ].join('/'),
      ),
    );
    const named = resources.flatMap(({ root, resource }) => {
      switch (resource.kind) {
        case 'ServiceSpec':
          return [
            `${root}/Organization/${resource.spec.organization}`,
            ...resource.spec.environments.map(
              item => `/EnvironmentClass/${item.class}`,
            ),
          ];
        case 'RepoBinding':
          return [`${root}/Organization/${resource.spec.organization}`];
        case 'EnvironmentClass':
          return [
            `/QuotaProfile/${resource.spec.quota}`,
            ...resource.spec.policies.map(name => `/PolicyPack/${name}`),
          ];
        default:
          return [];
      }
    });
    expect(named.filter(name => !there.has(name))).toEqual([]);
  });
});

describe('Online Boutique', () => {
  const file =
    'online-boutique/organizations/boutique/services/online-boutique.yaml';
  const [resource] = parseFile(read(file)).resources;
  const spec = resource as ServiceSpec;

  it('is eleven workloads and a Redis', () => {
    expect(spec.spec.workloads).toHaveLength(11);
    expect(spec.spec.databases).toMatchObject([
      { name: 'redis-cart', engine: 'redis' },
    ]);
  });

  it('has a need for every address that a workload is given, and the port is right', () => {
    const ports = new Map(
      [...spec.spec.workloads, ...spec.spec.databases].map(item => [
        item.name,
        [
          item.port,
          ...('ports' in item ? item.ports.map(({ port }) => port) : []),
        ],
      ]),
    );
    const addresses = spec.spec.workloads.flatMap(({ name, env, needs }) =>
      env
        .map(({ value }) => value.split(':'))
        .filter(([host]) => ports.has(host))
        .map(([host, port]) => ({ name, host, port: Number(port), needs })),
    );
    // The sixteenth is that of Redis, by the variable that comes with the need.
    expect(addresses).toHaveLength(15);
    expect(
      spec.spec.workloads.find(({ name }) => name === 'cartservice'),
    ).toMatchObject({
      needs: ['redis-cart'],
      env: expect.arrayContaining([
        expect.objectContaining({
          value: expect.stringContaining('$(REDIS_CART_ADDR)'),
        }),
      ]),
    });
    expect(
      addresses.filter(
        ({ host, port, needs }) =>
          !needs.includes(host) || !ports.get(host)?.includes(port),
      ),
    ).toEqual([]);
  });

  it('scales its frontend in production only, and plays no customers there', () => {
    const production = resolveEnvironment(spec, 'production');
    const staging = resolveEnvironment(spec, 'staging');
    expect(
      production?.workloads.find(({ name }) => name === 'frontend'),
    ).toMatchObject({ autoscaling: { min: 2, max: 6, cpu: 80 } });
    expect(
      production?.workloads.find(({ name }) => name === 'loadgenerator'),
    ).toMatchObject({ replicas: 0 });
    expect(
      staging?.workloads.find(({ name }) => name === 'frontend'),
    ).not.toHaveProperty('autoscaling');
  });

  it('is edited in the one line that changes', () => {
    const before = read(file);
    const result = editFile(before, [
      {
        op: 'set',
        path: [
          'spec',
          'workloads',
          { name: 'cartservice' },
          'image',
          'revision',
        ],
        value: 'v0.10.6',
      },
    ]);
    const after = 'text' in result ? result.text.split('\n') : [];
    const changed = before
      .split('\n')
      .filter((line, index) => line !== after[index]);
    expect(changed).toEqual(['        revision: v0.10.5']);
  });
});
