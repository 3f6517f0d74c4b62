import { stringify } from 'yaml';

const V1 = 'slipway.dev/v1alpha1';

/** Files of a platform repository for one organization of this name. */
export function platformFiles(organization: string): Record<string, string> {
  return {
    [`organizations/${organization}/organization.yaml`]: stringify({
      apiVersion: V1,
      kind: 'Organization',
      metadata: { name: organization },
      spec: {
        owner: 'group:default/shop',
        displayName: 'Shop',
        gitHost: { integration: 'plain', namespace: 'shop' },
        pipelineEngine: 'tekton',
        webhook: { domain: 'hooks.example.com' },
        secretStore: { provider: 'kubernetes' },
        registry: { url: 'registry.example.com/shop' },
      },
    }),
    'classes/open.yaml': environmentClass('open', {}),
    'classes/keeping.yaml': environmentClass('keeping', {
      retain: { databases: true },
    }),
    'classes/approved.yaml': environmentClass('approved', {
      approval: { required: true, count: 1, on: 'structure' },
    }),
    'classes/proposed.yaml': environmentClass('proposed', {
      delivery: { mode: 'change-request' },
    }),
    'classes/strict.yaml': environmentClass('strict', { policies: ['strict'] }),
    'classes/tiny.yaml': environmentClass('tiny', { quota: 'tiny' }),
    'classes/elsewhere.yaml': environmentClass('elsewhere', {
      regions: ['moon'],
    }),
    'quotas/wide.yaml': quota('wide', {
      'requests.cpu': '20',
      'requests.memory': '64Gi',
    }),
    'quotas/tiny.yaml': quota('tiny', { 'requests.cpu': '1m' }),
    'policies/strict.yaml': stringify({
      apiVersion: V1,
      kind: 'PolicyPack',
      metadata: { name: 'strict' },
      spec: {
        rules: [
          {
            name: 'no-deployments',
            match: { kinds: ['Deployment'] },
            expression: 'false',
            messageExpression: '"Deployments are not allowed here."',
            action: 'deny',
            fix: 'Use a CronJob.',
          },
        ],
      },
    }),
  };
}

function environmentClass(name: string, more: Record<string, unknown>): string {
  return stringify({
    apiVersion: V1,
    kind: 'EnvironmentClass',
    metadata: { name },
    spec: {
      description: `The class ${name}.`,
      quota: 'wide',
      cost: { base: { cents: 100, currency: 'USD' } },
      retain: { databases: false },
      ...more,
    },
  });
}

function quota(name: string, hard: Record<string, string>): string {
  return stringify({
    apiVersion: V1,
    kind: 'QuotaProfile',
    metadata: { name },
    spec: { hard },
  });
}

/** What a test's service has of its own. */
export interface ServiceOptions {
  environments: Array<Record<string, unknown>>;
  revision?: string;
  replicas?: number;
  domains?: string[];
  database?: boolean;
}

/** The file of a service with a web workload and, unless told otherwise, a database. */
export function serviceFile(
  organization: string,
  name: string,
  options: ServiceOptions,
): string {
  const {
    revision = 'v1',
    replicas = 1,
    domains = [],
    database = true,
  } = options;
  return stringify({
    apiVersion: V1,
    kind: 'ServiceSpec',
    metadata: { name },
    spec: {
      organization,
      owner: 'group:default/shop',
      lifecycle: 'production',
      workloads: [
        {
          name: 'web',
          image: {
            repository: 'registry.example.com/shop/web',
            ...(revision !== '' && { revision }),
          },
          port: 8080,
          replicas,
          domains,
          needs: database ? ['db'] : [],
          resources: { cpu: '100m', memory: '128Mi' },
        },
      ],
      databases: database
        ? [{ name: 'db', engine: 'postgres', version: '16', size: '1Gi' }]
        : [],
      environments: options.environments,
    },
  });
}
