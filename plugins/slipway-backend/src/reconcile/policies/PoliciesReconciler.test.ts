import { mockServices } from '@backstage/backend-test-utils';
import { DEFAULT_POLICIES } from '@slipway/plan';
import type { GitHost } from '@slipway/plugin-slipway-node';
import { parse, stringify } from 'yaml';
import {
  PlatformState,
  readPlatformFile,
} from '../../domain/platform/PlatformState';
import type { GitWriter, WriteRequest } from '../../ports/GitWriter';
import type { ReconcileContext } from '../engine';
import { PoliciesReconciler } from './PoliciesReconciler';

const CLASS = `apiVersion: slipway.dev/v1alpha1
kind: EnvironmentClass
metadata: { name: production }
spec:
  description: For customers.
  quota: wide
  policies: [baseline]
  cost: { base: { cents: 100, currency: USD } }
`;

describe('PoliciesReconciler', () => {
  let files: Map<string, string>;
  let declared: Record<string, string>;
  let commit: string | undefined;
  let writes: WriteRequest[];
  const logger = mockServices.logger.mock();

  const reconciler = () =>
    new PoliciesReconciler({
      host: {
        head: async () => 'head',
        readFiles: async (_: unknown, { prefixes }: { prefixes: string[] }) =>
          [...files]
            .filter(([path]) => path.startsWith(prefixes[0]))
            .map(([path, content]) => ({ path, content })),
      } as unknown as GitHost,
      writer: {
        write: async (request: WriteRequest) => {
          writes.push(request);
          for (const path of [...files.keys()])
            if (path.startsWith(`${request.folder}/`)) files.delete(path);
          for (const file of request.files) files.set(file.path, file.content);
          return { commit: 'abcdef0', changed: true };
        },
      } as unknown as GitWriter,
      repository: { url: 'file:///gitops.git', branch: 'main' },
      states: {
        current: async () =>
          PlatformState.of(
            Object.entries(declared).map(([path, text]) =>
              readPlatformFile(path, text),
            ),
            commit,
          ),
      },
      clusters: () => ['eu', 'us'],
      gitAuthor: { name: 'Slipway', email: 'slipway@example.com' },
      pollMs: 1_000,
      logger,
    });
  const run = () =>
    reconciler().reconcile({
      signal: new AbortController().signal,
      step: (_name: string, work: () => Promise<unknown>) => work(),
    } as unknown as ReconcileContext);

  beforeEach(() => {
    files = new Map([['clusters/eu/shop/web/prod/x.yaml', 'x: 1']]);
    declared = {
      'classes/production.yaml': CLASS,
      'policies/baseline.yaml': stringify(DEFAULT_POLICIES[0]),
    };
    commit = 'c1';
    writes = [];
  });

  it('writes the policies of used packs for each cluster, once', async () => {
    await expect(run()).resolves.toEqual({ type: 'requeue', afterMs: 1_000 });
    expect(writes.map(({ folder }) => folder)).toEqual([
      'policies/eu',
      'policies/us',
    ]);
    const policy = parse(
      files.get(
        'policies/eu/no-latest.baseline.policies.slipway.dev.policy.yaml',
      )!,
    );
    expect(policy).toMatchObject({ kind: 'ValidatingAdmissionPolicy' });
    expect(files.has('clusters/eu/shop/web/prod/x.yaml')).toBe(true);
    await run();
    expect(writes).toHaveLength(2);
  });

  it('puts back what somebody edited, and takes away what no class uses any more', async () => {
    await run();
    const [path] = [...files.keys()].filter(name => name.includes('/us/'));
    files.set(path, 'edited: true');
    await run();
    expect(writes.slice(2).map(({ folder }) => folder)).toEqual([
      'policies/us',
    ]);
    declared['classes/production.yaml'] = CLASS.replace('[baseline]', '[]');
    await run();
    expect([...files.keys()]).toEqual(['clusters/eu/shop/web/prod/x.yaml']);
  });

  it('leaves everything alone before the platform repository was read', async () => {
    await run();
    commit = undefined;
    declared = {};
    await run();
    expect(writes).toHaveLength(2);
  });
});
