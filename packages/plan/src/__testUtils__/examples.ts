import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  parseFile,
  type EnvironmentClass,
  type Organization,
  type QuotaProfile,
  type ServiceSpec,
} from '@slipway/plugin-slipway-common';
import { DEFAULT_POLICIES } from '../policy/defaultPolicies';
import { specPathSegments } from '../specPaths';
import type { PlanInput } from '../types';
import { CLUSTER, PRICES } from './inputs';

const EXAMPLES = join(__dirname, '../../../../docs/examples');

/** A resource of the examples, and where its fields stand. */
function read<T>(...path: string[]) {
  const parsed = parseFile(readFileSync(join(EXAMPLES, ...path), 'utf8'));
  const [document] = parsed.documents;
  if (!document?.resource) {
    throw new Error(`${path.join('/')}: ${JSON.stringify(parsed.problems)}`);
  }
  return { resource: document.resource as T, document };
}

function readAll<T>(...folder: string[]): T[] {
  return readdirSync(join(EXAMPLES, ...folder))
    .sort()
    .map(file => read<T>(...folder, file).resource);
}

/** A service of the examples in one of its environments, as the portal plans it. */
export function exampleInput(
  example: string,
  organization: string,
  service: string,
  environment: string,
  overrides: Partial<PlanInput> = {},
): PlanInput {
  const folder = [example, 'organizations', organization];
  const { resource: spec, document } = read<ServiceSpec>(
    ...folder,
    'services',
    `${service}.yaml`,
  );
  const className = spec.spec.environments.find(
    ({ name }) => name === environment,
  )?.class;
  const environmentClass = read<EnvironmentClass>(
    'platform',
    'classes',
    `${className}.yaml`,
  ).resource;
  return {
    organization: read<Organization>(...folder, 'organization.yaml').resource,
    spec,
    environment,
    release: { workloads: {} },
    class: environmentClass,
    quota: read<QuotaProfile>(
      'platform',
      'quotas',
      `${environmentClass.spec.quota}.yaml`,
    ).resource,
    policies: [...DEFAULT_POLICIES],
    prices: { ...PRICES, currency: 'USD' },
    cluster: CLUSTER,
    gitops: {
      repoURL: 'https://git.example.com/platform/gitops.git',
      branch: 'main',
    },
    neighbours: readAll<ServiceSpec>(...folder, 'services').filter(
      other => other.metadata.name !== service,
    ),
    positions: path => document.locate(specPathSegments(spec, path)).line,
    ...overrides,
  };
}
