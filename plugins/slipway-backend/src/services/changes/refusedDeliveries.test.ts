import {
  type BackendFeature,
  createBackendModule,
  type AuditorService,
} from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import eventsPlugin from '@backstage/plugin-events-backend';
import {
  eventsServiceFactory,
  eventsServiceRef,
} from '@backstage/plugin-events-node';
import { eventsModuleBitbucket } from '@slipway/plugin-slipway-backend-module-bitbucket';
import { eventsModuleGitea } from '@slipway/plugin-slipway-backend-module-gitea';
import { eventsModuleGithub } from '@slipway/plugin-slipway-backend-module-github';
import { eventsModuleGitlab } from '@slipway/plugin-slipway-backend-module-gitlab';
import { createHmac } from 'node:crypto';
import request from 'supertest';

const SECRET = 'a-secret-of-the-webhooks';
const BODY = { object_kind: 'push', repository: { name: 'cart' } };
const hmac = (secret: string) =>
  createHmac('sha256', secret).update(JSON.stringify(BODY)).digest('hex');

/** What a host sends; under which topics Slipway's module for it listens. */
const HOSTS = [
  {
    topic: 'github',
    heard: 'github.push',
    headers: (secret: string) => ({
      'X-GitHub-Event': 'push',
      'X-Hub-Signature-256': `sha256=${hmac(secret)}`,
    }),
  },
  {
    topic: 'gitlab',
    heard: 'gitlab.push',
    headers: (secret: string) => ({ 'X-Gitlab-Token': secret }),
  },
  {
    topic: 'gitea',
    heard: 'gitea',
    headers: (secret: string) => ({ 'X-Gitea-Signature': hmac(secret) }),
  },
  {
    topic: 'bitbucketCloud',
    heard: 'bitbucketCloud',
    headers: (secret: string) => ({
      'X-Hub-Signature': `sha256=${hmac(secret)}`,
    }),
  },
];

const failed = jest.fn();
const auditor: AuditorService = {
  createEvent: async ({ eventId, meta }) => ({
    success: async () => {},
    fail: async () => failed(eventId, meta?.topic),
  }),
};
const heard: string[] = [];
const listener = createBackendModule({
  pluginId: 'events',
  moduleId: 'listener',
  register(reg) {
    reg.registerInit({
      deps: { events: eventsServiceRef },
      init: ({ events }) =>
        events.subscribe({
          id: 'listener',
          topics: HOSTS.map(host => host.heard),
          onEvent: async ({ topic }) => {
            heard.push(topic);
          },
        }),
    });
  },
});

const start = (features: BackendFeature[], modules: object = {}) =>
  startTestBackend({
    features: [
      // The real events, which test backends replace.
      eventsServiceFactory,
      eventsPlugin,
      mockServices.auditor.mock(auditor).factory,
      mockServices.rootConfig.factory({
        data: {
          backend: { baseUrl: 'http://localhost:7007' },
          events: { useEventBus: 'never', modules },
        },
      }),
      ...features,
    ],
  });

describe('deliveries to the ingress of events', () => {
  let server: Awaited<ReturnType<typeof start>>['server'];
  let stop: () => Promise<void>;

  beforeAll(async () => {
    const backend = await start(
      [
        eventsModuleBitbucket,
        eventsModuleGitea,
        eventsModuleGithub,
        eventsModuleGitlab,
        listener,
      ],
      {
        bitbucketCloud: { webhookSecrets: [SECRET] },
        gitea: { webhookSecrets: [SECRET] },
        github: { webhookSecret: SECRET },
        gitlab: { webhookSecret: SECRET },
      },
    );
    ({ server } = backend);
    stop = () => backend.stop();
  });
  afterAll(() => stop?.());
  beforeEach(() => {
    failed.mockClear();
    heard.length = 0;
  });

  it.each(HOSTS)(
    'of $topic are heard when they are signed, and refused and audited when they are not',
    async host => {
      const deliver = (headers: Record<string, string>) =>
        request(server)
          .post(`/api/events/http/${host.topic}`)
          .set(headers)
          .send(BODY);
      await deliver(host.headers(SECRET)).expect(202);
      expect(heard).toEqual([host.heard]);
      expect(failed).not.toHaveBeenCalled();

      for (const headers of [host.headers('another'), {}]) {
        const { body } = await deliver(headers).expect(403);
        expect(JSON.stringify(body)).not.toContain(SECRET);
      }
      expect(heard).toHaveLength(1);
      expect(failed.mock.calls).toEqual([
        ['webhook-delivery', host.topic],
        ['webhook-delivery', host.topic],
      ]);
    },
  );
});

it('takes no delivery of a host without a secret', async () => {
  const backend = await start([eventsModuleGithub, eventsModuleGitlab]);
  for (const topic of ['github', 'gitlab']) {
    const { status } = await request(backend.server)
      .post(`/api/events/http/${topic}`)
      .send(BODY);
    expect(status).toBe(404);
  }
  await backend.stop();
});

it.each([
  ['GitHub', 'github-webhook', eventsModuleGithub],
  ['GitLab', 'gitlab-webhook', eventsModuleGitlab],
])(
  'does not start beside Backstage’s own module for %s, as one of them alone would check',
  async (_, moduleId, ours) => {
    const theirs = createBackendModule({
      pluginId: 'events',
      moduleId,
      register(reg) {
        reg.registerInit({ deps: {}, async init() {} });
      },
    });
    await expect(start([ours, theirs])).rejects.toThrow(moduleId);
  },
);
