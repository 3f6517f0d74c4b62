import { templateEntity } from './startScaffolder';

/** The organization that the form is filled in for. */
export const ORGANIZATION = `apiVersion: slipway.dev/v1alpha1
kind: Organization
metadata: { name: shop }
spec:
  owner: group:default/payments
  displayName: Shop
  gitHost: { integration: plain, namespace: shop-code }
  pipelineEngine: tekton
  webhook: { domain: shop.hooks.example.com }
  secretStore: { provider: kubernetes }
  registry: { url: registry.example.com/shop }
`;

/** What a person filled in; the description tries to break out of every format it is put into. */
export const form = {
  organization: 'shop',
  name: 'checkout',
  owner: 'group:default/payments',
  description: `Takes "orders": from basket to paid # isn't that it? {nice}`,
  system: 'storefront',
  workloads: [
    {
      name: 'web',
      image: { repository: 'registry.example.com/shop/checkout' },
      ...templateDefaults(),
    },
  ],
  environments: [{ name: 'staging', class: 'shared-staging' }],
  plan: '2 files',
};

/** What the form fills a first workload in with. */
function templateDefaults() {
  const pages = templateEntity('new-service').spec?.parameters as Array<{
    properties: Record<string, { default?: object[] }>;
  }>;
  const [{ name: _name, ...rest }] = pages[1].properties.workloads
    .default as Array<{ name: string }>;
  return rest;
}
