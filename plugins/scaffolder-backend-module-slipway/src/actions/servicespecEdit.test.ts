import { createMockDirectory } from '@backstage/backend-test-utils';
import { readFile } from 'node:fs/promises';
import { digestOf, FakeSlipway } from '../__testUtils__/FakeSlipway';
import { accessTo, run } from '../__testUtils__/context';
import { createServiceSpecEditAction } from './servicespecEdit';

const PATH = 'organizations/shop/services/checkout.yaml';
const FILE = `# Takes an order from basket to paid.
apiVersion: slipway.dev/v1alpha1
kind: ServiceSpec
metadata:
  name: checkout
spec:
  owner: group:default/payments
  organization: shop # stays behind owner
  workloads:
    - name: web
      image:
        repository: registry.example.com/shop/checkout
      port: 8080
      replicas: 2 # enough for now
      resources:
        cpu: 100m
        memory: 128Mi
`;

describe('slipway:servicespec:edit', () => {
  const workspace = createMockDirectory();
  let slipway: FakeSlipway;
  const edit = (edits: object[], rest = {}, state = new Map()) =>
    run(createServiceSpecEditAction(accessTo(slipway.url)), {
      workspacePath: workspace.path,
      state,
      input: {
        organization: 'shop',
        name: 'checkout',
        edits: edits as never,
        ...rest,
      },
    });

  beforeEach(async () => {
    workspace.clear();
    slipway = await FakeSlipway.start();
    slipway.files.set(PATH, FILE);
  });
  afterEach(() => slipway.stop());

  it('changes what was asked for, and keeps comments and order', async () => {
    const { output } = await edit([
      {
        op: 'set',
        path: ['spec', 'workloads', { name: 'web' }, 'replicas'],
        value: 3,
      },
    ]);
    const after = await readFile(workspace.resolve(PATH), 'utf8');
    expect(after).toBe(FILE.replace('replicas: 2', 'replicas: 3'));
    expect(output).toMatchObject({
      path: PATH,
      before: FILE,
      after,
      changed: true,
    });
    expect(output.diff).toContain('-      replicas: 2 # enough for now');
    expect(output.diff).toContain('+      replicas: 3 # enough for now');
  });

  const opened = (content: string) =>
    slipway.changes.set('service/shop/checkout', {
      id: 'change-1',
      number: 1,
      body: {
        subject: 'service/shop/checkout',
        title: 'Before',
        files: [{ path: PATH, content }],
      },
    });

  it('begins with the file as the open change request has it, and says what it edited', async () => {
    const open = FILE.replace('replicas: 2', 'replicas: 5');
    opened(open);
    const { output } = await edit([
      { op: 'set', path: ['spec', 'workloads', 0, 'port'], value: 9090 },
    ]);
    expect(output).toMatchObject({
      before: open,
      after: open.replace('8080', '9090'),
      from: { path: PATH, digest: digestOf(open) },
    });
  });

  it('begins where it began when it is run again, so running it twice appends once', async () => {
    const domains = ['spec', 'workloads', 0, 'domains'];
    const edits = [{ op: 'append', path: domains, value: 'pay.example.com' }];
    const state = new Map<string, unknown>();
    const first = await edit(edits, {}, state);
    opened(String(first.output.after));
    const second = await edit(edits, {}, state);
    expect(second.output).toEqual(first.output);
    expect(
      String(second.output.after).match(/pay\.example\.com/g),
    ).toHaveLength(1);
  });

  it('says that nothing changed when the file says so already', async () => {
    const { output } = await edit([
      { op: 'set', path: ['spec', 'workloads', 0, 'replicas'], value: 2 },
    ]);
    expect(output).toMatchObject({ changed: false, diff: '', after: FILE });
  });

  it('skips an edit without a value, as a form leaves it, and refuses when none is left', async () => {
    const replicas = {
      op: 'set',
      path: ['spec', 'workloads', { name: 'web' }, 'replicas'],
    };
    const { output } = await edit([
      replicas,
      { op: 'set', path: ['spec', 'lifecycle'], value: 'production' },
    ]);
    expect(output.after).toContain('replicas: 2');
    expect(output.after).toContain('lifecycle: production');
    await expect(edit([replicas])).rejects.toThrow('nothing to change');
  });

  it('refuses edits that leave the file broken, with the problem, and writes nothing', async () => {
    await expect(
      edit([
        { op: 'set', path: ['spec', 'workloads', 0, 'port'], value: 99999 },
      ]),
    ).rejects.toThrow(/can't be edited so; nothing was written:\n.*port/);
    expect(workspace.content()).toEqual({});
  });

  it('names the service that is not there', async () => {
    await expect(
      edit([{ op: 'delete', path: ['spec', 'description'] }], {
        name: 'basket',
      }),
    ).rejects.toMatchObject({
      name: 'NotFoundError',
      message: expect.stringContaining(
        'organizations/shop/services/basket.yaml',
      ),
    });
  });
});
