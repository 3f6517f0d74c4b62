import { ownComponent } from './__testUtils__/declared';
import { SlipwayServiceProcessor } from './SlipwayServiceProcessor';

const theirs = {
  type: 'url',
  target: 'https://git.example.com/catalog-info.yaml',
};
const enrich = (entity: ReturnType<typeof ownComponent>, location = theirs) =>
  new SlipwayServiceProcessor().preProcessEntity(entity, location);

describe('SlipwayServiceProcessor', () => {
  it('adds what cards and plugins look for to a Component that names its service', async () => {
    const entity = ownComponent('checkout-web', {
      'slipway.dev/service': 'shop/checkout',
    });
    const { metadata, spec } = await enrich(entity);
    expect(metadata.annotations).toMatchObject({
      'slipway.dev/organization': 'shop',
      'backstage.io/kubernetes-id': 'checkout',
      'backstage.io/kubernetes-label-selector':
        'slipway.dev/organization=shop,slipway.dev/service=checkout',
      'argocd/app-selector':
        'slipway.dev/organization=shop,slipway.dev/service=checkout',
      'tekton.dev/cicd': 'true',
    });
    expect(spec).toEqual(entity.spec);
  });

  it('never changes what the file says itself', async () => {
    const { metadata } = await enrich(
      ownComponent('checkout-web', {
        'slipway.dev/service': 'shop/checkout',
        'backstage.io/kubernetes-id': 'mine',
      }),
    );
    expect(metadata.annotations?.['backstage.io/kubernetes-id']).toBe('mine');
  });

  it.each([
    ['names no service', ownComponent('a')],
    [
      'names something else',
      ownComponent('a', { 'slipway.dev/service': 'Shop/../x' }),
    ],
    [
      'is no Component',
      {
        ...ownComponent('a', { 'slipway.dev/service': 'shop/a' }),
        kind: 'API',
      },
    ],
  ])('leaves an entity as it is that %s', async (_what, entity) => {
    expect(await enrich(entity)).toBe(entity);
  });

  it("leaves the provider's own entities as they are", async () => {
    const entity = ownComponent('checkout', {
      'slipway.dev/service': 'shop/checkout',
    });
    expect(await enrich(entity, { type: 'slipway', target: 'x' })).toBe(entity);
  });
});
