import { mockServices } from '@backstage/backend-test-utils';
import type { GitHost } from '@slipway/plugin-slipway-node';
import type { EnvironmentStore } from '../../ports/EnvironmentStore';
import type { WorkQueue } from '../../ports/WorkQueue';
import type { ReconcileContext } from '../engine';
import { GitopsReconciler } from './GitopsReconciler';

const folder = (name: string) => `clusters/eu/shop/web/${name}`;

describe('GitopsReconciler', () => {
  let head: string | undefined;
  let files: Record<string, string>;
  let commits: Array<{ trailers: Record<string, string> }>;
  let marked: string[];
  let away: boolean;
  let reconciler: GitopsReconciler;

  const context = {
    signal: new AbortController().signal,
    step: (_name: string, work: () => Promise<unknown>) => work(),
  } as unknown as ReconcileContext;
  const run = () => reconciler.reconcile(context);

  beforeEach(() => {
    head = 'one';
    files = {
      [`${folder('prod')}/workload/deployment.yaml`]: 'a',
      [`${folder('test')}/workload/deployment.yaml`]: 'b',
      'README.md': 'c',
    };
    commits = [];
    marked = [];
    away = false;
    reconciler = new GitopsReconciler({
      host: {
        head: async () => head,
        listFiles: async () =>
          Object.entries(files).map(([path, blob]) => ({
            path,
            blob,
            mode: '100644',
          })),
        log: async () => commits,
      } as unknown as GitHost,
      repository: { url: 'file:///gitops.git', branch: 'main' },
      environments: {
        list: async () =>
          ['prod', 'test'].map(name => ({
            key: `shop/web/${name}`,
            summary: { folder: folder(name) },
          })),
      } as unknown as EnvironmentStore,
      queue: {
        mark: async (keys: string[]) => {
          if (away) throw new Error('the database is away');
          marked.push(...keys);
        },
      } as unknown as WorkQueue,
      pollMs: 1_000,
      logger: mockServices.logger.mock(),
    });
  });

  const push = (path: string, blob: string | undefined, ours = false) => {
    head = `${head}+`;
    if (blob === undefined) delete files[path];
    else files[path] = blob;
    commits = [{ trailers: ours ? { 'Slipway-Idempotency-Key': 'k' } : {} }];
  };

  it('has an environment reconciled whose folder somebody else changed, and no other', async () => {
    await expect(run()).resolves.toEqual({ type: 'requeue', afterMs: 1_000 });
    push(`${folder('prod')}/workload/deployment.yaml`, 'edited');
    await run();
    expect(marked).toEqual(['environment:shop/web/prod']);
    await run();
    expect(marked).toHaveLength(1);
  });

  it('finds an edit again that could not be marked', async () => {
    await run();
    push(`${folder('prod')}/workload/deployment.yaml`, 'edited');
    away = true;
    await run();
    away = false;
    await run();
    expect(marked).toEqual(['environment:shop/web/prod']);
  });

  it('notices a file that was added or removed', async () => {
    await run();
    push(`${folder('test')}/workload/extra.yaml`, 'x');
    await run();
    push(`${folder('test')}/workload/deployment.yaml`, undefined);
    await run();
    expect(marked).toEqual([
      'environment:shop/web/test',
      'environment:shop/web/test',
    ]);
  });

  it('leaves alone what Slipway wrote itself', async () => {
    await run();
    push(`${folder('prod')}/workload/deployment.yaml`, 'new', true);
    await run();
    expect(marked).toEqual([]);
  });

  it('leaves alone what is none of its folders', async () => {
    await run();
    push('README.md', 'changed');
    await run();
    expect(marked).toEqual([]);
  });

  it('waits while the repository is empty or away', async () => {
    head = undefined;
    await expect(run()).resolves.toMatchObject({ type: 'requeue' });
    expect(marked).toEqual([]);
  });
});
