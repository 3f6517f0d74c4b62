import { createMockDirectory } from '@backstage/backend-test-utils';
import { chmod, symlink } from 'node:fs/promises';
import { FakeSlipway } from '../__testUtils__/FakeSlipway';
import { accessTo, run } from '../__testUtils__/context';
import { createChangeOpenAction } from './changeOpen';

const SPEC = 'organizations/shop/services/checkout.yaml';
const BINDING = 'organizations/shop/bindings/checkout.yaml';

describe('slipway:change:open', () => {
  const workspace = createMockDirectory();
  let slipway: FakeSlipway;
  const open = (
    input: object,
    rest: { isDryRun?: boolean; state?: Map<string, unknown> } = {},
  ) =>
    run(createChangeOpenAction(accessTo(slipway.url)), {
      workspacePath: workspace.path,
      input: { title: 'Add the service checkout', ...input },
      ...rest,
    });
  const sent = () => [...slipway.changes.values()].map(({ body }) => body);

  beforeEach(async () => {
    slipway = await FakeSlipway.start();
    workspace.setContent({
      platform: {
        [SPEC]: 'kind: ServiceSpec\n',
        [BINDING]: 'kind: RepoBinding\n',
      },
      code: {
        'server.js': 'listen();\n',
        'bin/start.sh': '#!/bin/sh\n',
        '.git/config': 'not part of the first commit',
      },
    });
    await chmod(workspace.resolve('code/bin/start.sh'), 0o755);
  });
  afterEach(() => slipway.stop());

  it('opens one change request with the files, named after the one service among them', async () => {
    const { output } = await open({
      targetPath: 'platform',
      description: 'Because.',
    });
    expect(sent()).toEqual([
      {
        subject: 'service/shop/checkout',
        title: 'Add the service checkout',
        description: 'Because.',
        files: [
          { path: BINDING, content: 'kind: RepoBinding\n' },
          { path: SPEC, content: 'kind: ServiceSpec\n' },
        ],
      },
    ]);
    expect(output).toEqual({
      id: 'change-1',
      number: 1,
      url: '/slipway/change-requests/change-1',
    });
  });

  it('updates the open one when it is run again with other files', async () => {
    const state = new Map();
    await open({ targetPath: 'platform' }, { state });
    workspace.addContent({
      platform: { [SPEC]: 'kind: ServiceSpec # better\n' },
    });
    const { output } = await open({ targetPath: 'platform' }, { state });
    expect(output.number).toBe(1);
    expect(sent()).toHaveLength(1);
    expect(sent()[0].files[1].content).toBe('kind: ServiceSpec # better\n');
  });

  it('does not open it again when a task is resumed after it was opened', async () => {
    const state = new Map();
    const first = await open({ targetPath: 'platform' }, { state });
    const second = await open({ targetPath: 'platform' }, { state });
    expect(second.output).toEqual(first.output);
    expect(slipway.seen('POST /v1alpha1/change-requests')).toHaveLength(1);
  });

  it('sends the skeleton with its modes and without the folder of Git', async () => {
    await open({
      targetPath: 'platform',
      skeletonPath: 'code',
      repository: 'shop/checkout',
    });
    expect(sent()[0].skeleton).toEqual({
      repository: 'shop/checkout',
      branch: 'main',
      files: [
        { path: 'bin/start.sh', content: '#!/bin/sh\n', executable: true },
        { path: 'server.js', content: 'listen();\n' },
      ],
    });
  });

  it("completes a repository's bare name with the namespace of the organization", async () => {
    slipway.files.set(
      'organizations/shop/organization.yaml',
      `apiVersion: slipway.dev/v1alpha1
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
`,
    );
    await open({
      targetPath: 'platform',
      skeletonPath: 'code',
      repository: 'checkout',
    });
    expect(sent()[0].skeleton?.repository).toBe('shop-code/checkout');
  });

  it('refuses a binary file of the skeleton by name, and opens nothing', async () => {
    workspace.addContent({
      code: { 'logo.png': Buffer.from([0x89, 0x50, 0, 0xff]) },
    });
    await expect(
      open({
        targetPath: 'platform',
        skeletonPath: 'code',
        repository: 'shop/checkout',
      }),
    ).rejects.toThrow('logo.png is a binary file');
    expect(sent()).toEqual([]);
  });

  it('refuses a link of the skeleton, which could lead out of the workspace', async () => {
    await symlink('/etc/hostname', workspace.resolve('code/hostname'));
    await expect(
      open({
        targetPath: 'platform',
        skeletonPath: 'code',
        repository: 'shop/checkout',
      }),
    ).rejects.toThrow();
    expect(sent()).toEqual([]);
  });

  it('asks for the repository of a skeleton', async () => {
    await expect(
      open({ targetPath: 'platform', skeletonPath: 'code' }),
    ).rejects.toThrow('A skeleton needs the repository');
  });

  it('removes a file that is there, and says which one is gone already', async () => {
    slipway.files.set(SPEC, 'kind: ServiceSpec\n');
    const { log } = await open({ removePaths: [SPEC, BINDING] });
    expect(sent()[0].files).toEqual([{ path: SPEC }]);
    expect(sent()[0].subject).toBe('service/shop/checkout');
    expect(log).toContain(`${BINDING} isn't there; nothing to remove`);
  });

  it('says that there is nothing to change when all is gone already', async () => {
    await expect(open({ removePaths: [SPEC] })).rejects.toMatchObject({
      name: 'NotFoundError',
    });
  });

  it('refuses to write and remove one file', async () => {
    await expect(
      open({ targetPath: 'platform', removePaths: [SPEC] }),
    ).rejects.toThrow('written and removed in the same change');
  });

  it('asks for a subject where the files are about two services', async () => {
    workspace.addContent({
      platform: {
        'organizations/shop/services/basket.yaml': 'kind: ServiceSpec\n',
      },
    });
    await expect(open({ targetPath: 'platform' })).rejects.toThrow(
      'give subject',
    );
    await open({ targetPath: 'platform', subject: 'service/shop/both' });
    expect(sent()[0].files).toHaveLength(3);
  });

  it('opens nothing in a dry run, and says what it would do', async () => {
    const { log, output, checkpoints } = await open(
      {
        targetPath: 'platform',
        skeletonPath: 'code',
        repository: 'shop/checkout',
      },
      { isDryRun: true },
    );
    expect(slipway.seen('POST')).toEqual([]);
    expect(checkpoints).toEqual([]);
    expect(log.join('\n')).toContain(`Would write ${SPEC}`);
    expect(log.join('\n')).toContain('with 2 files for shop/checkout');
    expect(output.url).toBe('/slipway/change-requests');
  });

  it('hands on what the backend refuses, with every problem', async () => {
    slipway.failWith = {
      type: 'about:blank',
      title: 'InputError',
      status: 400,
      detail: 'The files have problems.',
      instance: 'req-1',
      problems: [
        {
          path: 'spec.owner',
          segments: ['spec', 'owner'],
          file: SPEC,
          line: 7,
          column: 10,
          code: 'format',
          severity: 'error',
          message: 'owner is no entity reference',
        },
      ],
    };
    await expect(open({ targetPath: 'platform' })).rejects.toMatchObject({
      name: 'InputError',
      message: [
        'Opening the change request of service/shop/checkout: The files have problems.',
        `  ${SPEC}:7:10: error: owner is no entity reference`,
        'Request req-1.',
      ].join('\n'),
    });
  });

  it('says that somebody lacks the right, as the backend says it', async () => {
    slipway.failWith = {
      type: 'about:blank',
      title: 'NotAllowedError',
      status: 403,
      detail: 'Only group:default/payments may change organizations/shop/.',
    };
    await expect(open({ targetPath: 'platform' })).rejects.toMatchObject({
      name: 'NotAllowedError',
      message: expect.stringContaining('Only group:default/payments'),
    });
  });
});
