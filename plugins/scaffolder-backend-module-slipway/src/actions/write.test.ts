import { createMockDirectory } from '@backstage/backend-test-utils';
import { parseFile } from '@slipway/plugin-slipway-common';
import { readFile } from 'node:fs/promises';
import { FakeSlipway } from '../__testUtils__/FakeSlipway';
import { accessTo, run } from '../__testUtils__/context';
import {
  createOrganizationWriteAction,
  createRepoBindingWriteAction,
  createServiceSpecWriteAction,
} from './index';

const service = {
  organization: 'shop',
  name: 'checkout',
  owner: 'group:default/payments',
  description: 'Takes an order from basket to paid',
  workloads: [
    {
      name: 'web',
      image: { repository: 'registry.example.com/shop/checkout' },
      port: 8080,
      needs: ['orders'],
      env: [{ name: 'GREETING', value: '' }],
      resources: { cpu: '100m', memory: '128Mi' },
    },
  ],
  databases: [
    { name: 'orders', engine: 'postgres', version: '16', size: '1Gi' },
  ],
  environments: [{ name: 'staging', class: 'shared-staging' }],
};

const organization = {
  name: 'shop',
  owner: 'group:default/payments',
  gitHost: { integration: 'plain', namespace: 'shop-code' },
  pipelineEngine: 'tekton',
  webhook: { domain: 'shop.hooks.example.com' },
  registry: { url: 'registry.example.com/shop' },
};

const binding = {
  organization: 'shop',
  repository: { name: 'checkout' },
  pipeline: { template: 'container-image' },
};

describe('the actions that write a resource', () => {
  const workspace = createMockDirectory();
  let slipway: FakeSlipway;

  beforeEach(async () => {
    workspace.clear();
    slipway = await FakeSlipway.start();
  });
  afterEach(() => slipway.stop());

  it('slipway:servicespec:write writes a file that reads as the spec that was asked for', async () => {
    const { output } = await run(createServiceSpecWriteAction(), {
      workspacePath: workspace.path,
      input: service,
    });
    const path = 'organizations/shop/services/checkout.yaml';
    const content = await readFile(workspace.resolve(path), 'utf8');
    expect(output).toEqual({ path, content });
    const { resources, problems } = parseFile(content, { path });
    expect(problems).toEqual([]);
    expect(resources).toEqual([
      expect.objectContaining({
        kind: 'ServiceSpec',
        metadata: { name: 'checkout' },
        spec: expect.objectContaining({
          organization: 'shop',
          lifecycle: 'experimental',
          databases: [expect.objectContaining({ name: 'orders' })],
        }),
      }),
    ]);
  });

  it('slipway:servicespec:write says no more than what was asked for', async () => {
    const { output } = await run(createServiceSpecWriteAction(), {
      workspacePath: workspace.path,
      input: { ...service, system: '', databases: [], workloads: [] },
    });
    expect(output.content).not.toMatch(
      /lifecycle|databases|workloads|system|status/,
    );
  });

  it('slipway:servicespec:write run twice leaves the same file and says so', async () => {
    const options = { workspacePath: workspace.path, input: service };
    const first = await run(createServiceSpecWriteAction(), options);
    const second = await run(createServiceSpecWriteAction(), options);
    expect(second.output).toEqual(first.output);
    expect(second.log.join()).toContain('already says the same');
  });

  it('slipway:servicespec:write fails with every problem and writes nothing', async () => {
    const broken = {
      ...service,
      owner: 'no owner',
      workloads: [{ ...service.workloads[0], port: 99999, replica: 3 }],
    };
    const failure = await run(createServiceSpecWriteAction(), {
      workspacePath: workspace.path,
      input: broken,
    }).catch(error => error);
    expect(failure.name).toBe('InputError');
    expect(failure.message.split('\n')).toEqual([
      "The ServiceSpec checkout can't be written as it is:",
      expect.stringContaining('owner'),
      expect.stringContaining('port'),
      expect.stringContaining('replica'),
    ]);
    expect(workspace.content()).toEqual({});
  });

  it.each([
    ['name', { name: '../../escape' }],
    ['organization', { organization: '../escape' }],
    ['targetPath', { targetPath: '../escape' }],
  ])(
    'slipway:servicespec:write refuses to leave the workspace by %s',
    async (_field, input) => {
      await expect(
        run(createServiceSpecWriteAction(), {
          workspacePath: workspace.path,
          input: { ...service, ...input },
        }),
      ).rejects.toThrow();
      expect(workspace.content()).toEqual({});
    },
  );

  it('slipway:organization:write fills in what a name and a cluster give', async () => {
    const { output } = await run(createOrganizationWriteAction(), {
      workspacePath: workspace.path,
      input: { ...organization, targetPath: 'platform' },
    });
    const path = 'organizations/shop/organization.yaml';
    expect(output.path).toBe(path);
    const { resources, problems } = parseFile(String(output.content), { path });
    expect(problems).toEqual([]);
    expect(resources[0].spec).toMatchObject({
      displayName: 'shop',
      secretStore: { provider: 'kubernetes' },
    });
    expect(workspace.content()).toHaveProperty('platform.organizations');
  });

  it("slipway:repobinding:write takes the organization's own namespace from the platform repository", async () => {
    const { output: written } = await run(createOrganizationWriteAction(), {
      workspacePath: workspace.path,
      input: organization,
    });
    workspace.clear();
    slipway.files.set(String(written.path), String(written.content));

    const { output } = await run(
      createRepoBindingWriteAction(accessTo(slipway.url)),
      {
        workspacePath: workspace.path,
        input: binding,
      },
    );
    expect(output.repository).toBe('shop-code/checkout');
    const path = 'organizations/shop/bindings/checkout.yaml';
    const { resources, problems } = parseFile(String(output.content), { path });
    expect(problems).toEqual([]);
    expect(resources[0].spec).toMatchObject({
      repository: { owner: 'shop-code', name: 'checkout', branch: 'main' },
      pipeline: { name: 'checkout', template: 'container-image' },
      permissionProfile: 'builder',
    });
  });

  it('slipway:repobinding:write takes an organization that an earlier step wrote, without asking the backend', async () => {
    await run(createOrganizationWriteAction(), {
      workspacePath: workspace.path,
      input: organization,
    });
    const { output } = await run(
      createRepoBindingWriteAction(accessTo(slipway.url)),
      {
        workspacePath: workspace.path,
        input: binding,
      },
    );
    expect(output.repository).toBe('shop-code/checkout');
    expect(slipway.requests).toEqual([]);
  });

  it('slipway:repobinding:write says which organization is missing', async () => {
    await expect(
      run(createRepoBindingWriteAction(accessTo(slipway.url)), {
        workspacePath: workspace.path,
        input: binding,
      }),
    ).rejects.toThrow(
      'Reading the organization shop: There is no organizations/shop/organization.yaml',
    );
  });
});
