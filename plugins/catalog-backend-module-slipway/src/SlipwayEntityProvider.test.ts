import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { stringifyEntityRef } from '@backstage/catalog-model';
import type { EntityProviderMutation } from '@backstage/plugin-catalog-node';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import {
  createSlipwayClient,
  type ServiceSpecInput,
} from '@slipway/plugin-slipway-common';
import {
  database,
  organizationItem,
  ownComponent,
  spec,
} from './__testUtils__/declared';
import { CatalogPresence } from './presence';
import { SlipwayEntityProvider } from './SlipwayEntityProvider';

/** What the API answers, and what the provider makes of it. */
function setUp(options: {
  services: Array<ServiceSpecInput & { broken?: boolean; gone?: boolean }>;
  catalog?: Parameters<typeof catalogServiceMock>[0];
}) {
  const state = {
    services: options.services,
    down: false,
    calls: 0,
    inFlight: 0,
    mostInFlight: 0,
  };
  const mutations: EntityProviderMutation[] = [];
  const answer = (status: number, body: unknown) =>
    new Response(JSON.stringify(body), {
      status,
      headers: { 'content-type': 'application/json' },
    });
  const fetchFake: typeof fetch = async input => {
    state.calls += 1;
    state.inFlight += 1;
    state.mostInFlight = Math.max(state.mostInFlight, state.inFlight);
    await new Promise(resolve => {
      setImmediate(resolve);
    });
    state.inFlight -= 1;
    const { pathname } = new URL(String(input));
    if (state.down) return answer(503, { title: 'ServiceUnavailableError' });
    if (pathname === '/v1alpha1/organizations') {
      return answer(200, {
        items: [organizationItem('shop', 'group:default/shop-leads')],
      });
    }
    if (pathname === '/v1alpha1/services') {
      return answer(200, {
        items: state.services.map(
          ({ metadata, spec: { organization: org } }) => ({
            organization: org,
            name: metadata.name,
          }),
        ),
      });
    }
    const [org, name] = pathname.split('/').slice(-2);
    const found = state.services.find(
      item => item.spec.organization === org && item.metadata.name === name,
    );
    if (!found || found.gone) return answer(404, { title: 'NotFoundError' });
    const { broken: isBroken, gone: _gone, ...resource } = found;
    return answer(200, {
      path: `organizations/${org}/services/${name}.yaml`,
      ...(!isBroken && { spec: resource }),
    });
  };
  const warn = jest.fn();
  const provider = new SlipwayEntityProvider({
    client: createSlipwayClient({
      discoveryApi: { getBaseUrl: async () => 'http://slipway' },
      fetchApi: { fetch: fetchFake },
    }),
    presence: new CatalogPresence(
      catalogServiceMock(options.catalog),
      async () => mockCredentials.service(),
    ),
    logger: mockServices.logger.mock({ warn }),
    appBaseUrl: 'http://portal',
  });
  const connect = () =>
    provider.connect({
      applyMutation: async mutation => {
        mutations.push(mutation);
      },
      refresh: async () => {},
    });
  return { provider, connect, mutations, state, warn };
}

const refsOf = (mutation: EntityProviderMutation) =>
  (mutation.type === 'full' ? mutation.entities : mutation.added).map(
    ({ entity }) => stringifyEntityRef(entity),
  );

/** An entity as the provider has made it before. */
function ours(kind: string, name: string, service: string) {
  const origin = `slipway:organizations/${service.replace('/', '/services/')}.yaml`;
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind,
    metadata: {
      name,
      namespace: 'default',
      annotations: {
        'backstage.io/managed-by-origin-location': origin,
        'slipway.dev/service': service,
      },
    },
  };
}

describe('SlipwayEntityProvider', () => {
  it('replaces the whole set, so that a deleted spec disappears', async () => {
    const { provider, connect, mutations, state } = setUp({
      services: [
        spec('shop', 'checkout', { databases: [database('orders')] }),
        spec('shop', 'cart'),
      ],
    });
    await connect();
    await provider.refresh();
    state.services = [spec('shop', 'cart')];
    await provider.refresh();
    expect(mutations.map(({ type }) => type)).toEqual(['full', 'full']);
    expect(mutations.map(refsOf)).toEqual([
      [
        'component:default/cart',
        'component:default/checkout',
        'resource:default/checkout.orders',
      ],
      ['component:default/cart'],
    ]);
  });

  it('keeps what the catalog has while the backend is down, and says so', async () => {
    const { provider, connect, mutations, state, warn } = setUp({
      services: [spec('shop', 'checkout')],
    });
    await connect();
    await provider.refresh();
    state.down = true;
    await expect(provider.refresh()).rejects.toThrow();
    expect(mutations).toHaveLength(1);
    expect(warn).toHaveBeenCalledWith(
      expect.stringContaining('the catalog keeps what it has'),
    );
    state.down = false;
    await provider.refresh();
    expect(mutations).toHaveLength(2);
  });

  it('takes a service that was deleted between list and read for deleted', async () => {
    const { provider, connect, mutations } = setUp({
      services: [
        spec('shop', 'cart'),
        { ...spec('shop', 'checkout'), gone: true },
      ],
    });
    await connect();
    await provider.refresh();
    expect(mutations.map(refsOf)).toEqual([['component:default/cart']]);
  });

  it('keeps the entities of a file that has errors, and still removes what is gone', async () => {
    const { provider, connect, mutations } = setUp({
      services: [
        spec('shop', 'cart'),
        { ...spec('shop', 'checkout'), broken: true },
      ],
      catalog: {
        entities: [
          ours('Component', 'checkout', 'shop/checkout'),
          ours('Resource', 'checkout.orders', 'shop/checkout'),
          ours('Component', 'old', 'shop/old'),
        ],
      },
    });
    await connect();
    await provider.refresh();
    expect(mutations).toEqual([
      {
        type: 'delta',
        added: [
          expect.objectContaining({
            entity: expect.objectContaining({ kind: 'Component' }),
          }),
        ],
        removed: [
          { entityRef: 'component:default/old', locationKey: 'slipway' },
        ],
      },
    ]);
    expect(refsOf(mutations[0])).toEqual(['component:default/cart']);
  });

  it('leaves a reference alone that somebody else has', async () => {
    const { provider, connect, mutations } = setUp({
      services: [spec('shop', 'checkout'), spec('shop', 'cart')],
      catalog: { entities: [ownComponent('checkout')] },
    });
    await connect();
    await provider.refresh();
    expect(mutations.map(refsOf)).toEqual([['component:default/cart']]);
  });

  it('makes no Component for a service that a Component of another name stands for', async () => {
    const { provider, connect, mutations } = setUp({
      services: [spec('shop', 'checkout')],
      catalog: {
        entities: [
          ownComponent('checkout-web', {
            'slipway.dev/service': 'shop/checkout',
          }),
        ],
      },
    });
    await connect();
    await provider.refresh();
    expect(mutations.map(refsOf)).toEqual([[]]);
  });

  it('runs once more, not ten times, for ten calls during a run', async () => {
    const { provider, connect, mutations } = setUp({
      services: [spec('shop', 'cart')],
    });
    await connect();
    await Promise.all(Array.from({ length: 11 }, () => provider.refresh()));
    expect(mutations).toHaveLength(2);
  });

  it('asks for a bounded number of services at once, and for all of them', async () => {
    const { provider, connect, mutations, state } = setUp({
      services: Array.from({ length: 40 }, (_, at) =>
        spec('shop', `service-${at}`),
      ),
    });
    await connect();
    await provider.refresh();
    expect(refsOf(mutations[0])).toHaveLength(40);
    expect(state.calls).toBe(42);
    expect(state.mostInFlight).toBe(8);
  });

  it('refuses to run before the catalog has connected it', async () => {
    const { provider } = setUp({ services: [] });
    await expect(provider.refresh()).rejects.toThrow('not connected');
  });
});
