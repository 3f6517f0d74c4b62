import {
  coreServices,
  createBackendModule,
  createBackendPlugin,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
  type TestBackend,
} from '@backstage/backend-test-utils';
import catalogPlugin from '@backstage/plugin-catalog-backend';
import { CatalogClient } from '@backstage/catalog-client';
import type { Entity } from '@backstage/catalog-model';
import { catalogProcessingExtensionPoint } from '@backstage/plugin-catalog-node';
import {
  eventsServiceFactory,
  eventsServiceRef,
  type EventsService,
} from '@backstage/plugin-events-node';
import type { ServiceSpecInput } from '@slipway/plugin-slipway-common';
import {
  database,
  organizationItem,
  ownComponent,
  spec,
} from './__testUtils__/declared';
import slipwayModule from './index';

/** A backend that has the catalog, this module, and a Slipway that declares what it is told. */
async function startCatalog(options: {
  services: ServiceSpecInput[];
  registered?: Entity[];
}) {
  const slipway = { services: options.services, callers: new Set<string>() };
  const scheduler = mockServices.scheduler();
  let events: EventsService | undefined;

  const slipwayPlugin = createBackendPlugin({
    pluginId: 'slipway',
    register(reg) {
      reg.registerInit({
        deps: {
          events: eventsServiceRef,
          httpAuth: coreServices.httpAuth,
          router: coreServices.httpRouter,
        },
        async init(deps) {
          events = deps.events;
          deps.router.use(async (req, res) => {
            const { principal } = await deps.httpAuth.credentials(req, {
              allow: ['service'],
            });
            slipway.callers.add(principal.subject);
            const [, , kind, org, name] = req.path.split('/');
            if (kind === 'organizations') {
              res.json({
                items: [organizationItem('shop', 'group:default/shop-leads')],
              });
              return;
            }
            if (name === undefined) {
              res.json({
                items: slipway.services.map(item => ({
                  organization: item.spec.organization,
                  name: item.metadata.name,
                })),
              });
              return;
            }
            const found = slipway.services.find(
              item => item.metadata.name === name,
            );
            res.json({
              path: `organizations/${org}/services/${name}.yaml`,
              spec: found,
            });
          });
        },
      });
    },
  });

  const registeredModule = createBackendModule({
    pluginId: 'catalog',
    moduleId: 'registered',
    register(reg) {
      reg.registerInit({
        deps: { processing: catalogProcessingExtensionPoint },
        async init({ processing }) {
          processing.addEntityProvider({
            getProviderName: () => 'registered',
            connect: connection =>
              connection.applyMutation({
                type: 'full',
                entities: (options.registered ?? []).map(entity => ({
                  entity,
                  locationKey: 'registered',
                })),
              }),
          });
        },
      });
    },
  });

  const backend: TestBackend = await startTestBackend({
    features: [
      catalogPlugin,
      slipwayModule,
      slipwayPlugin,
      registeredModule,
      eventsServiceFactory,
      createServiceFactory({
        service: coreServices.scheduler,
        deps: {},
        factory: () => scheduler,
      }),
      mockServices.rootConfig.factory({
        data: {
          app: { baseUrl: 'http://portal' },
          catalog: {
            processingInterval: { seconds: 1 },
            stitchingStrategy: { mode: 'immediate' },
          },
        },
      }),
    ],
  });
  const client = new CatalogClient({
    discoveryApi: {
      getBaseUrl: async id =>
        `http://localhost:${backend.server.port()}/api/${id}`,
    },
  });
  const token = mockCredentials.service.token({
    onBehalfOf: mockCredentials.service('test'),
    targetPluginId: 'catalog',
  });
  const refs = async () => {
    const { items } = await client.getEntities({}, { token });
    return items
      .map(({ kind, metadata }) => `${kind}:${metadata.name}`.toLowerCase())
      .sort();
  };
  return {
    backend,
    slipway,
    refs,
    entity: (ref: string) => client.getEntityByRef(ref, { token }),
    refresh: () => scheduler.triggerTask('slipway-entity-provider'),
    publish: () =>
      events?.publish({ topic: 'slipway.catalog', eventPayload: {} }),
  };
}

/** The catalog processes on its own time; asks until it is done, or shows what is there instead. */
async function eventually<T>(
  read: () => Promise<T>,
  check: (value: T) => void,
) {
  const deadline = Date.now() + 45_000;
  for (;;) {
    const value = await read();
    try {
      check(value);
      return;
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await new Promise(resolve => {
        setTimeout(resolve, 100);
      });
    }
  }
}

describe('the catalog module', () => {
  jest.setTimeout(60_000);
  let running: Awaited<ReturnType<typeof startCatalog>> | undefined;
  afterEach(async () => {
    await running?.backend.stop();
    running = undefined;
  });

  it('brings services, databases and systems into the catalog by the schedule, with their relations', async () => {
    running = await startCatalog({
      services: [
        spec('shop', 'checkout', {
          system: 'storefront',
          databases: [database('orders')],
          needs: ['orders', 'shop/catalogue'],
        }),
        spec('shop', 'catalogue', { system: 'storefront' }),
      ],
    });
    await running.refresh();
    await eventually(running.refs, found =>
      expect(found).toEqual([
        'component:catalogue',
        'component:checkout',
        'resource:checkout.orders',
        'system:storefront',
      ]),
    );
    const { entity } = running;
    await eventually(
      () => entity('component:default/checkout'),
      checkout =>
        expect(checkout?.relations).toEqual([
          { type: 'dependsOn', targetRef: 'component:default/catalogue' },
          { type: 'dependsOn', targetRef: 'resource:default/checkout.orders' },
          { type: 'ownedBy', targetRef: 'group:default/payments' },
          { type: 'partOf', targetRef: 'system:default/storefront' },
        ]),
    );
    expect([...running.slipway.callers]).toEqual(['plugin:catalog']);
  });

  it('follows an event: what is declared appears, what is deleted disappears', async () => {
    running = await startCatalog({ services: [spec('shop', 'checkout')] });
    await running.publish();
    await eventually(running.refs, found =>
      expect(found).toEqual(['component:checkout']),
    );
    running.slipway.services = [spec('shop', 'catalogue')];
    await running.publish();
    await eventually(running.refs, found =>
      expect(found).toEqual(['component:catalogue']),
    );
  });

  it('enriches the Component that a team has registered, and makes no second one', async () => {
    running = await startCatalog({
      services: [spec('shop', 'checkout', { databases: [database('orders')] })],
      registered: [
        ownComponent('checkout', { 'slipway.dev/service': 'shop/checkout' }),
      ],
    });
    await eventually(running.refs, found =>
      expect(found).toEqual(['component:checkout']),
    );
    await running.refresh();
    await eventually(running.refs, found =>
      expect(found).toEqual(['component:checkout', 'resource:checkout.orders']),
    );
    const { entity } = running;
    await eventually(
      () => entity('component:default/checkout'),
      checkout => {
        expect(checkout?.spec?.type).toBe('website');
        expect(checkout?.metadata.annotations).toMatchObject({
          'backstage.io/kubernetes-id': 'checkout',
          'backstage.io/managed-by-origin-location':
            expect.stringContaining('url:'),
        });
        expect(checkout?.relations).toContainEqual({
          type: 'dependsOn',
          targetRef: 'resource:default/checkout.orders',
        });
      },
    );
  });
});
