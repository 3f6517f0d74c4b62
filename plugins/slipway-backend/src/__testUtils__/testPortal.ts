import {
  BackendFeature,
  coreServices,
  createServiceFactory,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
  TestBackend,
} from '@backstage/backend-test-utils';
import {
  AuthorizeResult,
  isResourcePermission,
  PolicyDecision,
} from '@backstage/plugin-permission-common';
import type { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { slipwayReadPermission } from '@slipway/plugin-slipway-common';
import { Knex } from 'knex';
import request from 'supertest';
import slipwayPlugin from '../index';
import { TestRepositories } from './testRepositories';

/** People of the tests: dana owns the organization shop, priya and pavel are of the platform team, guest may look. */
export type Person = 'dana' | 'priya' | 'pavel' | 'guest' | 'nobody';

const GROUPS: Record<string, string[]> = {
  'user:default/dana': ['user:default/dana', 'group:default/payments'],
  'user:default/priya': ['user:default/priya', 'group:default/platform-team'],
  'user:default/pavel': ['user:default/pavel', 'group:default/platform-team'],
  'user:default/guest': ['user:default/guest'],
};

const PLATFORM_TEAM = ['user:default/priya', 'user:default/pavel'];

/** The rules of the example policy, by person. */
function decide(user: string, permission: { name: string }): PolicyDecision {
  if (PLATFORM_TEAM.includes(user)) return { result: AuthorizeResult.ALLOW };
  if (user === 'user:default/nobody') return { result: AuthorizeResult.DENY };
  if (permission.name === slipwayReadPermission.name)
    return { result: AuthorizeResult.ALLOW };
  if (!isResourcePermission(permission as never))
    return { result: AuthorizeResult.DENY };
  return {
    result: AuthorizeResult.CONDITIONAL,
    pluginId: 'slipway',
    resourceType: 'slipway-resource',
    conditions: {
      rule: 'IS_OWNER',
      resourceType: 'slipway-resource',
      params: { claims: GROUPS[user] ?? [user] },
    },
  };
}

const permissions = createServiceFactory({
  service: coreServices.permissions,
  deps: {},
  factory(): PermissionsService {
    const userOf = (options?: { credentials: { principal: unknown } }) =>
      (options?.credentials.principal as { userEntityRef?: string })
        .userEntityRef ?? 'user:default/nobody';
    return {
      async authorize(requests, options) {
        return requests.map(({ permission }) => {
          const { result } = decide(userOf(options as never), permission);
          return {
            result:
              result === AuthorizeResult.ALLOW ? result : AuthorizeResult.DENY,
          };
        });
      },
      async authorizeConditional(requests, options) {
        return requests.map(({ permission }) =>
          decide(userOf(options as never), permission),
        );
      },
    };
  },
});

/** The plugin behind HTTP, on real repositories and a real database. */
export interface TestPortal {
  backend: TestBackend;
  audit: Array<{ eventId: string; status: string; meta: unknown }>;
  logged: string[];
  as(person: Person): {
    get(path: string): request.Test;
    /** A text is sent as it is, as JSON that may be wrong. */
    post(path: string, body?: object | string): request.Test;
  };
  /** Asks until it holds. */
  until<T>(
    probe: () => Promise<T | undefined | false>,
    seconds?: number,
    pauseMs?: number,
  ): Promise<T>;
  stop(): Promise<void>;
}

/** Starts the plugin alone; `config` is merged over the defaults. */
export async function startTestPortal(options: {
  repositories: TestRepositories;
  db: Knex;
  /** Databases of other plugins among the features, by their id. */
  databases?: Record<string, Knex>;
  config?: object;
  /** Merged over the section `slipway`. */
  slipway?: object;
  /** What the catalog holds. */
  entities?: Entity[];
  /** Beside the plugin, or in place of what stands in for others. */
  features?: BackendFeature[];
}): Promise<TestPortal> {
  const { repositories, db } = options;
  const audit: TestPortal['audit'] = [];
  const logged: string[] = [];
  const logger = mockServices.logger.mock();
  const record = (...parts: unknown[]) =>
    void logged.push(parts.map(String).join(' '));
  for (const level of ['info', 'warn', 'error', 'debug'] as const)
    logger[level].mockImplementation(record);
  logger.child.mockImplementation(() => logger);
  const backend = await startTestBackend({
    features: [
      ...(options.features ?? []),
      slipwayPlugin,
      permissions,
      catalogServiceMock.factory({ entities: options.entities }),
      mockServices.userInfo.mock({
        getUserInfo: async credentials => {
          const { userEntityRef } = credentials.principal as {
            userEntityRef: string;
          };
          return {
            userEntityRef,
            ownershipEntityRefs: GROUPS[userEntityRef] ?? [userEntityRef],
          };
        },
      }).factory,
      createServiceFactory({
        service: coreServices.logger,
        deps: {},
        factory: () => logger,
      }),
      createServiceFactory({
        service: coreServices.auditor,
        deps: {},
        factory: () => ({
          async createEvent({ eventId, meta }) {
            return {
              success: async () =>
                void audit.push({ eventId, status: 'succeeded', meta }),
              fail: async () =>
                void audit.push({ eventId, status: 'failed', meta }),
            };
          },
        }),
      }),
      createServiceFactory({
        service: coreServices.database,
        deps: { plugin: coreServices.pluginMetadata },
        factory: ({ plugin }) => ({
          getClient: async () => options.databases?.[plugin.getId()] ?? db,
        }),
      }),
      mockServices.rootConfig.factory({
        data: {
          // Nothing listens there: what is tested here is how the portal lives without its clusters.
          kubernetes: {
            clusterLocatorMethods: [
              {
                type: 'config',
                clusters: [
                  {
                    name: 'eu',
                    url: 'http://127.0.0.1:1',
                    authProvider: 'serviceAccount',
                    serviceAccountToken: 'x',
                  },
                ],
              },
            ],
          },
          slipway: {
            clusters: [
              {
                name: 'eu',
                region: 'eu',
                argocd: { destination: { server: 'http://127.0.0.1:1' } },
              },
            ],
            platform: {
              repositories: [{ url: `file://${repositories.platform}` }],
              pollSeconds: 1,
            },
            gitops: { repository: { url: `file://${repositories.gitops}` } },
            git: {
              plainBaseUrl: `file://${repositories.code}`,
              cacheDirectory: `${repositories.root}/cache`,
            },
            queue: { pollMs: 25 },
            ...options.slipway,
          },
          ...options.config,
        },
      }),
    ],
  });
  const server = backend.server;
  return {
    backend,
    audit,
    logged,
    as: person => {
      const authorization = mockCredentials.user.header(
        `user:default/${person}`,
      );
      return {
        get: path =>
          request(server)
            .get(`/api/slipway/v1alpha1${path}`)
            .set('Authorization', authorization),
        post: (path, body = {}) =>
          request(server)
            .post(`/api/slipway/v1alpha1${path}`)
            .set('Authorization', authorization)
            .set('Content-Type', 'application/json')
            .send(body),
      };
    },
    async until(probe, seconds = 45, pauseMs = 50) {
      const deadline = Date.now() + seconds * 1000;
      for (;;) {
        const value = await probe();
        if (value) return value;
        if (Date.now() > deadline)
          throw new Error(`It did not happen within ${seconds} s.`);
        await new Promise(done => setTimeout(done, pauseMs));
      }
    },
    stop: () => backend.stop(),
  };
}
