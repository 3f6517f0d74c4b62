import {
  environmentClassSchema,
  organizationSchema,
  policyPackSchema,
  quotaProfileSchema,
  serviceSpecSchema,
  type EnvironmentClassInput,
  type OrganizationInput,
  type PolicyPack,
  type PolicyPackInput,
  type QuotaProfileInput,
  type ServiceSpec,
  type ServiceSpecInput,
} from '@slipway/plugin-slipway-common';
import type { ClusterFacts, PlanInput, PriceSheet } from '../types';

const apiVersion = 'slipway.dev/v1alpha1';

export const PRICES: PriceSheet = {
  currency: 'EUR',
  cpu: 2000,
  memory: 300,
  storage: 10,
  gpu: 40_000,
};

export const CLUSTER: ClusterFacts = {
  name: 'fra-1',
  region: 'eu-central',
  kinds: [
    'external-secrets.io/v1/ExternalSecret',
    'cert-manager.io/v1/Certificate',
  ],
  argocd: {
    cluster: 'fra-1',
    namespace: 'argocd',
    destination: { server: 'https://kubernetes.default.svc' },
  },
};

export function organization(
  spec: Partial<OrganizationInput['spec']> = {},
  name = 'shop',
) {
  return organizationSchema.parse({
    apiVersion,
    kind: 'Organization',
    metadata: { name },
    spec: {
      owner: 'group:default/shop',
      displayName: 'Shop',
      gitHost: { integration: 'plain', namespace: 'shop' },
      pipelineEngine: 'tekton',
      webhook: { domain: 'hooks.example.com' },
      secretStore: { provider: 'vault', path: 'shop' },
      registry: { url: 'registry.example.com/shop', pullSecretRef: 'registry' },
      ...spec,
    },
  });
}

export function environmentClass(
  spec: Partial<EnvironmentClassInput['spec']> = {},
  name = 'production',
) {
  return environmentClassSchema.parse({
    apiVersion,
    kind: 'EnvironmentClass',
    metadata: { name },
    spec: {
      description: 'For tests.',
      quota: 'medium',
      cost: { base: { cents: 500, currency: 'EUR' } },
      ...spec,
    },
  });
}

export function quotaProfile(
  spec: Partial<QuotaProfileInput['spec']> = {},
  name = 'medium',
) {
  return quotaProfileSchema.parse({
    apiVersion,
    kind: 'QuotaProfile',
    metadata: { name },
    spec: {
      hard: {
        'requests.cpu': '8',
        'requests.memory': '16Gi',
        'requests.storage': '100Gi',
        pods: 50,
      },
      limits: { default: { memory: '1Gi' } },
      ...spec,
    },
  });
}

export function policyPack(
  rules: PolicyPackInput['spec']['rules'],
  name = 'pack',
): PolicyPack {
  return policyPackSchema.parse({
    apiVersion,
    kind: 'PolicyPack',
    metadata: { name },
    spec: { rules },
  });
}

export function serviceSpec(
  spec: Partial<ServiceSpecInput['spec']> = {},
  name = 'cart',
): ServiceSpec {
  return serviceSpecSchema.parse({
    apiVersion,
    kind: 'ServiceSpec',
    metadata: { name },
    spec: {
      organization: 'shop',
      owner: 'group:default/checkout',
      environments: [{ name: 'prod', class: 'production' }],
      ...spec,
    },
  });
}

type WorkloadInput = NonNullable<ServiceSpecInput['spec']['workloads']>[number];

export function workload(
  overrides: Partial<WorkloadInput> = {},
): WorkloadInput {
  return {
    name: 'web',
    image: { repository: 'registry.example.com/shop/web', revision: 'abc123' },
    port: 8080,
    resources: { cpu: '100m', memory: '128Mi' },
    ...overrides,
  };
}

export function planInput(overrides: Partial<PlanInput> = {}): PlanInput {
  return {
    organization: organization(),
    spec: serviceSpec({ workloads: [workload()] }),
    environment: 'prod',
    release: { workloads: {} },
    class: environmentClass(),
    quota: quotaProfile(),
    policies: [],
    prices: PRICES,
    cluster: CLUSTER,
    gitops: { repoURL: 'https://git.example.com/gitops.git', branch: 'main' },
    ...overrides,
  };
}
