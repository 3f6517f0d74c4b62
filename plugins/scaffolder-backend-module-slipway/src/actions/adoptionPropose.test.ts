import { createMockDirectory } from '@backstage/backend-test-utils';
import type { ApiAdoptionProposal } from '@slipway/plugin-slipway-common';
import { readFileSync } from 'node:fs';
import { emptyPlan, FakeSlipway } from '../__testUtils__/FakeSlipway';
import { accessTo, run } from '../__testUtils__/context';
import { createAdoptionProposeAction } from './adoptionPropose';

const PATH = 'organizations/shop/services/checkout.yaml';
const proposal: ApiAdoptionProposal = {
  path: PATH,
  content: 'kind: ServiceSpec\n',
  namespace: 'shop-live',
  application: 'shop',
  objects: [
    { kind: 'Deployment', name: 'web', as: 'workload' },
    { kind: 'Secret', name: 'keys', as: 'left', because: 'no Secret is read' },
  ],
  plan: emptyPlan(),
};
const input = {
  cluster: 'eu-1',
  namespace: 'shop-live',
  organization: 'shop',
  name: 'checkout',
  environment: 'production',
  class: 'adopted',
  targetPath: 'platform',
};

describe('slipway:adoption:propose', () => {
  const workspace = createMockDirectory();
  let slipway: FakeSlipway;
  beforeEach(async () => {
    workspace.clear();
    slipway = await FakeSlipway.start();
    slipway.adoption = proposal;
  });
  afterEach(() => slipway.stop());
  const propose = (more: object = {}, isDryRun = false) =>
    run(createAdoptionProposeAction(accessTo(slipway.url)), {
      workspacePath: workspace.path,
      input: { ...input, ...more },
      isDryRun,
    });

  it('writes what the backend proposes, and says what becomes of each object', async () => {
    const { output } = await propose();
    expect(readFileSync(workspace.resolve(`platform/${PATH}`), 'utf8')).toBe(
      proposal.content,
    );
    expect(output).toEqual({
      path: PATH,
      content: proposal.content,
      summary:
        '- Deployment web: becomes a workload\n- Secret keys: is left outside of Git, as no Secret is read',
    });
    expect(slipway.requests.map(({ path, body }) => [path, body])).toEqual([
      [
        '/v1alpha1/adoptions/preview',
        {
          cluster: 'eu-1',
          namespace: 'shop-live',
          organization: 'shop',
          service: 'checkout',
          environment: 'production',
          class: 'adopted',
        },
      ],
    ]);
  });

  it('releases the namespace first where it is told to, and never in a dry run', async () => {
    await propose({ release: true }, true);
    expect(slipway.seen('POST /v1alpha1/adoptions')).toHaveLength(1);
    slipway.requests.length = 0;
    await propose({ release: true });
    expect(slipway.requests[0]).toMatchObject({
      path: '/v1alpha1/adoptions',
      body: {
        cluster: 'eu-1',
        namespace: 'shop-live',
        organization: 'shop',
      },
    });
  });

  it('ends with the backend’s own words where it may not look', async () => {
    slipway.failWith = {
      type: 'about:blank',
      title: 'NotAllowedError',
      status: 403,
      detail: 'You may not look into namespaces',
    };
    await expect(propose()).rejects.toThrow('You may not look into namespaces');
  });
});
