import {
  DefaultNamespaceEntityPolicy,
  EntityPolicies,
  FieldFormatEntityPolicy,
  componentEntityV1alpha1Validator,
  resourceEntityV1alpha1Validator,
  systemEntityV1alpha1Validator,
  type Entity,
} from '@backstage/catalog-model';
import {
  broken,
  database,
  declared,
  organizationItem,
  present,
  spec,
} from '../__testUtils__/declared';
import type { PresentEntity } from '../presence';
import type { DeclaredService } from '../services';
import { buildEntities } from './build';

const organizations = [
  organizationItem('shop', 'group:default/shop-leads'),
  organizationItem('bank', 'group:default/bank-leads'),
];

function build(
  services: DeclaredService[],
  catalog: PresentEntity[] = [],
): Map<string, Entity> {
  const entities = buildEntities(
    { organizations, services },
    catalog,
    'http://portal',
  );
  return new Map(
    entities.map(entity => [
      `${entity.kind}:${entity.metadata.name}`.toLowerCase(),
      entity,
    ]),
  );
}

const checkout = declared(
  spec('shop', 'checkout', {
    system: 'storefront',
    description: 'Takes an order from basket to paid',
    lifecycle: 'production',
    databases: [database('orders')],
    needs: ['orders', 'shop/catalogue', 'api.example.com:443'],
    environments: [
      { name: 'staging', class: 'shared-staging' },
      {
        name: 'production',
        class: 'production',
        overrides: {
          workloads: [{ name: 'web', needs: ['bank/payments/api'] }],
        },
      },
    ],
    annotations: { 'backstage.io/techdocs-ref': 'dir:.' },
  }),
);
const catalogue = declared(spec('shop', 'catalogue'));
const payments = declared(spec('bank', 'payments'));

describe('the entities of what is declared', () => {
  it('tells of a service what its spec says', () => {
    const entities = build([checkout, catalogue, payments]);
    expect(entities.get('component:checkout')).toEqual({
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'Component',
      metadata: {
        namespace: 'default',
        name: 'checkout',
        description: 'Takes an order from basket to paid',
        annotations: {
          'backstage.io/techdocs-ref': 'dir:.',
          'slipway.dev/service': 'shop/checkout',
          'slipway.dev/organization': 'shop',
          'backstage.io/kubernetes-id': 'checkout',
          'backstage.io/kubernetes-label-selector':
            'slipway.dev/organization=shop,slipway.dev/service=checkout',
          'argocd/app-selector':
            'slipway.dev/organization=shop,slipway.dev/service=checkout',
          'tekton.dev/cicd': 'true',
          'backstage.io/managed-by-location':
            'slipway:organizations/shop/services/checkout.yaml',
          'backstage.io/managed-by-origin-location':
            'slipway:organizations/shop/services/checkout.yaml',
        },
        links: [
          {
            title: 'Environment staging',
            url: 'http://portal/slipway/environments/shop/checkout/staging',
            icon: 'dashboard',
          },
          {
            title: 'Environment production',
            url: 'http://portal/slipway/environments/shop/checkout/production',
            icon: 'dashboard',
          },
        ],
      },
      spec: {
        type: 'service',
        lifecycle: 'production',
        owner: 'group:default/payments',
        system: 'storefront',
        dependsOn: [
          'component:default/catalogue',
          'component:default/payments',
          'resource:default/checkout.orders',
        ],
      },
    });
  });

  it('makes a Resource of a database, which names the Component that depends on it', () => {
    const resource = build([checkout]).get('resource:checkout.orders');
    expect(resource?.spec).toEqual({
      type: 'database',
      owner: 'group:default/payments',
      system: 'storefront',
      dependencyOf: ['component:default/checkout'],
    });
    expect(resource?.metadata).toMatchObject({
      title: 'orders (checkout)',
      description: 'postgres 16, 1Gi',
      annotations: {
        'slipway.dev/service': 'shop/checkout',
        'backstage.io/kubernetes-label-selector':
          'slipway.dev/organization=shop,slipway.dev/service=checkout,slipway.dev/database=orders',
      },
    });
  });

  it('gives a System to the owner of the organization that names it', () => {
    expect(build([checkout]).get('system:storefront')).toMatchObject({
      metadata: { annotations: { 'slipway.dev/organization': 'shop' } },
      spec: { owner: 'group:default/shop-leads' },
    });
  });

  it('leaves a System with the organization that has it, when another names it too', () => {
    const other = declared(spec('bank', 'ledger', { system: 'storefront' }));
    const held = present('system:default/storefront', { organization: 'shop' });
    const owner = (catalog: PresentEntity[]) =>
      build([checkout, other], catalog).get('system:storefront')?.spec?.owner;
    expect(owner([])).toBe('group:default/bank-leads');
    expect(owner([held])).toBe('group:default/shop-leads');
  });

  it('says nothing of a need that nobody declares', () => {
    const entity = build([
      declared(spec('shop', 'web', { needs: ['shop/nowhere'] })),
    ]);
    expect(entity.get('component:web')?.spec).not.toHaveProperty('dependsOn');
  });

  it('makes nothing of a service whose file has errors, but points to it', () => {
    const entities = build([checkout, broken('shop', 'catalogue')]);
    expect(entities.has('component:catalogue')).toBe(false);
    expect(entities.get('component:checkout')?.spec?.dependsOn).toContain(
      'component:default/catalogue',
    );
  });

  describe('where a team keeps the Component itself', () => {
    const theirs = present('component:default/checkout-web', {
      ours: false,
      service: 'shop/checkout',
    });

    it('makes none of its own, and keeps the databases', () => {
      const entities = build([checkout], [theirs]);
      expect(entities.has('component:checkout')).toBe(false);
      expect(
        entities.get('resource:checkout.orders')?.spec?.dependencyOf,
      ).toEqual(['component:default/checkout-web']);
    });

    it('relates others to it, and it to what it needs', () => {
      const web = declared(spec('shop', 'web', { needs: ['shop/checkout'] }));
      const entities = build([checkout, catalogue, web], [theirs]);
      expect(entities.get('component:web')?.spec?.dependsOn).toEqual([
        'component:default/checkout-web',
      ]);
      expect(entities.get('component:catalogue')?.spec?.dependencyOf).toEqual([
        'component:default/checkout-web',
      ]);
    });
  });

  it('provides the APIs that say they belong to the service', () => {
    const api = present('api:default/checkout', {
      ours: false,
      service: 'shop/checkout',
    });
    expect(
      build([checkout], [api]).get('component:checkout')?.spec?.providesApis,
    ).toEqual(['api:default/checkout']);
  });

  it('is the same whatever order the services come in', () => {
    const forward = [...build([checkout, catalogue, payments]).values()];
    const backward = [...build([payments, catalogue, checkout]).values()];
    expect(backward).toEqual(forward);
  });

  it('makes entities that the catalog takes, also with the longest names', async () => {
    const long = (letter: string) => letter.repeat(40);
    const entities = build([
      checkout,
      declared(
        spec(long('a'), long('s'), {
          databases: [database(long('d')), database(`${long('d').slice(1)}e`)],
        }),
      ),
      declared(spec(long('b'), long('s'))),
    ]);
    expect(entities.size).toBe(7);
    const policy = EntityPolicies.allOf([
      new DefaultNamespaceEntityPolicy(),
      new FieldFormatEntityPolicy(),
    ]);
    for (const entity of entities.values()) {
      await expect(policy.enforce(entity)).resolves.toBeDefined();
      const valid = await Promise.all(
        [
          componentEntityV1alpha1Validator,
          resourceEntityV1alpha1Validator,
          systemEntityV1alpha1Validator,
        ].map(validator => validator.check(entity)),
      );
      expect(valid).toContain(true);
    }
  });
});
