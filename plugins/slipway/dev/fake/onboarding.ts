import type {
  ApiBinding,
  ApiOnboardingPreview,
  ApiRepository,
  ApiWebhookCondition,
} from '@slipway/plugin-slipway-common';
import { ago } from './ago';
import type { FakeAnswers } from './fakeClient';

/** A repository of the organization's namespace. */
export const repository = (
  changes: Partial<ApiRepository> = {},
): ApiRepository => ({
  host: 'git.example.com',
  integration: 'gitea',
  owner: 'shop',
  name: 'storefront',
  url: 'https://git.example.com/shop/storefront.git',
  page: 'https://git.example.com/shop/storefront',
  description: 'What customers see',
  defaultBranch: 'main',
  archived: false,
  fork: false,
  private: true,
  ...changes,
});

/** The same as the form keeps it, once somebody has chosen it. */
export const chosenRepository = (
  changes: Partial<{ name: string; archived: boolean; boundTo: string }> = {},
) => {
  const { host, integration, owner, name } = repository();
  return {
    host,
    integration,
    owner,
    name,
    branch: 'main',
    archived: false,
    ...changes,
  };
};

/** What a search finds: one of each mark. */
export const repositories = () => ({
  items: [
    repository(),
    repository({ name: 'storefront-old', archived: true }),
    repository({ name: 'storefront-theme', fork: true, private: false }),
    repository({ name: 'checkout', boundTo: 'shop/checkout' }),
  ],
  next: '2',
});

/** A first spec, and what was left of the manifests. */
export const onboardingPreview = (
  changes: Partial<ApiOnboardingPreview> = {},
): ApiOnboardingPreview => ({
  repository: repository(),
  branch: 'main',
  commit: '4f2a91c0d3b5e6f7a8b9c0d1e2f3a4b5c6d7e8f9',
  path: 'organizations/shop/services/storefront.yaml',
  content: '',
  workloads: [
    {
      name: 'web',
      image: { repository: 'registry.example.com/shop/web', revision: 'v1.2' },
      port: 8080,
      needs: ['db'],
      resources: { cpu: '250m', memory: '256Mi' },
    },
  ],
  databases: [{ name: 'db', engine: 'postgres', version: '16', size: '20Gi' }],
  from: 'kubernetes',
  offered: ['kubernetes', 'compose'],
  read: ['k8s/db.yaml', 'k8s/web.yaml'],
  notTaken: [
    {
      file: 'k8s/web.yaml',
      line: 12,
      what: 'Deployment web: hostNetwork',
      why: 'a ServiceSpec has no field for it; where it is needed, add a patch',
    },
    {
      file: 'k8s/web.yaml',
      line: 88,
      what: 'Secret db',
      why: 'Secrets are never read; their keys become references, where a workload uses them',
    },
  ],
  webhook: {
    installs: true,
    message:
      'After the merge Slipway installs a webhook in shop/storefront, proves it by a ping, and removes it with the binding.',
  },
  ...changes,
});

/** A bound repository whose webhook answers. */
export const binding = (changes: Partial<ApiBinding> = {}): ApiBinding => ({
  organization: 'shop',
  name: 'checkout',
  path: 'organizations/shop/bindings/checkout.yaml',
  repository: {
    owner: 'shop',
    name: 'checkout',
    branch: 'main',
    page: 'https://git.example.com/shop/checkout',
  },
  pipeline: 'node',
  conditions: [
    {
      type: 'WebhookInstalled',
      status: 'True',
      reason: 'WebhookInstalled',
      message: 'git.example.com has it, and signs with a secret of its own.',
    },
    {
      type: 'WebhookReachable',
      status: 'True',
      reason: 'WebhookAnswered',
      message: 'git.example.com delivers, and what it delivers arrives.',
    },
  ],
  pingAskedAt: ago(120),
  pingAnsweredAt: ago(120),
  lastDeliveryAt: ago(4),
  lastEvent: 'push',
  ping: { allowed: true },
  ...changes,
});

const condition = (
  type: ApiWebhookCondition['type'],
  status: ApiWebhookCondition['status'],
  reason: string,
  message: string,
): ApiWebhookCondition => ({
  type,
  status,
  reason,
  message,
  lastTransitionTime: ago(30),
});

const installed = binding().conditions[0];

/** A bound repository whose webhook isn't what it should be yet. */
const unproven = (
  name: string,
  changes: Partial<ApiBinding>,
  refusal?: string,
): ApiBinding =>
  binding({
    name,
    repository: {
      owner: 'shop',
      name,
      branch: 'main',
      page: `https://git.example.com/shop/${name}`,
    },
    pingAnsweredAt: undefined,
    lastDeliveryAt: undefined,
    lastEvent: undefined,
    ping: refusal ? { allowed: false, reason: refusal } : { allowed: true },
    ...changes,
  });

const NO_KEY =
  'Without slipway.webhooks.key nothing can be signed. Make one with: openssl rand -hex 32. Until then repositories are looked at every 60 seconds.';

/** A bound repository in each way that a webhook can stand, but for the one that answers. */
export const unprovenBindings = (): ApiBinding[] => [
  unproven('storefront', {
    conditions: [
      installed,
      condition(
        'WebhookReachable',
        'False',
        'WebhookUnreachable',
        'Nothing of what git.example.com sends to https://portal.example.com/api/slipway/v1alpha1/webhooks/shop/storefront arrives. It got the answer 502. The address has to be reached from the host: see slipway.webhooks.baseUrl, and the host’s list of allowed addresses.',
      ),
    ],
    answer: { at: ago(30), status: 502 },
  }),
  unproven(
    'ledger',
    {
      conditions: [
        condition(
          'WebhookInstalled',
          'False',
          'WebhookForbidden',
          'Webhook of shop/ledger at git.example.com: the credentials in integrations lack the right (one of: write:repository). A webhook needs the scope `write:repository`, of a user who administrates the repository.',
        ),
      ],
    },
    'The webhook is not installed yet.',
  ),
  unproven(
    'invoices',
    {
      conditions: [
        condition('WebhookInstalled', 'False', 'WebhookKeyMissing', NO_KEY),
      ],
    },
    NO_KEY,
  ),
  unproven('search', {
    conditions: [
      installed,
      condition(
        'WebhookReachable',
        'Unknown',
        'WebhookPinged',
        'git.example.com was asked to deliver something; nothing has arrived yet.',
      ),
    ],
  }),
];

/** What the backend answers about repositories and their webhooks. */
export const onboardingAnswers: FakeAnswers = {
  'GET /v1alpha1/git-hosts': () => ({
    items: [{ host: 'git.example.com', integration: 'gitea', webhooks: true }],
  }),
  'GET /v1alpha1/repositories': () => repositories(),
  'POST /v1alpha1/onboarding/preview': () => onboardingPreview(),
  'GET /v1alpha1/organizations/*/bindings': () => ({
    items: [binding()],
  }),
  'POST /v1alpha1/organizations/*/bindings/*/ping': () => binding(),
};
