import type {
  GitHost,
  HostedChange,
  RepositoryRef,
} from '@slipway/plugin-slipway-node';
import {
  BOB,
  createSandbox,
  type GitSandbox,
} from '../../git/__testUtils__/sandbox';
import type { SpecDispatch } from '../../ports/ReleaseStore';
import type { TimelineEntry } from '../../ports/TimelineStore';
import type { ReconcileContext } from '../engine';
import { serviceFile } from '../environment/__testUtils__/specs';
import { DispatchReconciler } from './DispatchReconciler';

const spec = (replicas: number) =>
  serviceFile('shop', 'pay', {
    environments: [{ name: 'prod', class: 'open' }],
    database: false,
    replicas,
  });
const dispatch: SpecDispatch = {
  id: 'edit-1',
  organization: 'shop',
  service: 'pay',
  part: { kind: 'workloads', name: 'web' },
  spec: { replicas: 3 },
  actor: 'user:default/dana',
  gitAuthor: { name: 'Dana', email: 'dana@example.com' },
  at: new Date('2026-01-02T00:00:00Z'),
};
const change = {
  id: 'c1',
  number: 7,
  branch: 'slipway/dispatch/shop/pay',
  headCommit: 'head-of-the-change',
} as HostedChange;

/** What a run does with an edit that waits: what it proposes, tells, and forgets. */
async function run(at: { open: boolean; text: string }) {
  const told: TimelineEntry[] = [];
  const forgotten: string[] = [];
  const openChange = jest.fn(async () => change);
  const outcome = await new DispatchReconciler({
    host: {
      listChanges: async () => (at.open ? [change] : []),
      head: async () => 'head',
      previewMerge: async () => ({
        base: 'head',
        head: change.headCommit,
        files: [],
        conflicts: [],
      }),
      readFile: async () => ({ content: at.text }),
      openChange,
    } as unknown as GitHost,
    repository: { url: 'file:///platform.git', branch: 'main' },
    releases: {
      dispatches: async () => [dispatch],
      forgetDispatches: async ids => void forgotten.push(...ids),
    },
    timeline: {
      list: async () => [],
      record: async (events: TimelineEntry[]) => void told.push(...events),
    } as never,
  }).reconcile({
    key: 'dispatch:shop/pay',
    step: (_: string, work: () => Promise<unknown>) => work(),
  } as unknown as ReconcileContext);
  expect(outcome).toEqual({ type: 'done' });
  expect(forgotten).toEqual(['edit-1']);
  return {
    opened: openChange.mock.calls.length,
    told: told.map(({ reason, changeId }) => `${reason} ${changeId}`),
  };
}

/** Runs over a real repository, as edits come in one after the other. */
class World {
  readonly path = 'organizations/shop/services/pay.yaml';
  readonly told: TimelineEntry[] = [];
  waiting: SpecDispatch[] = [];
  private count = 0;

  private constructor(
    readonly git: GitSandbox,
    readonly repository: RepositoryRef,
  ) {}

  static async create(): Promise<World> {
    const git = await createSandbox();
    const repository = await git.repository('platform', {
      'organizations/shop/services/pay.yaml': spec(1),
    });
    return new World(git, repository);
  }

  /** One edit, and the run that it wakes. */
  async edit(edit: Record<string, unknown>, host: GitHost = this.git.host) {
    this.count += 1;
    this.waiting.push({ ...dispatch, id: `edit-${this.count}`, spec: edit });
    return this.run(host);
  }

  run(host: GitHost = this.git.host) {
    return new DispatchReconciler({
      host,
      repository: this.repository,
      releases: {
        dispatches: async () => this.waiting,
        forgetDispatches: async ids => {
          this.waiting = this.waiting.filter(({ id }) => !ids.includes(id));
        },
      },
      timeline: {
        record: async (events: TimelineEntry[]) =>
          void this.told.push(...events),
      } as never,
    }).reconcile({
      key: 'dispatch:shop/pay',
      step: (_: string, work: () => Promise<unknown>) => work(),
    } as unknown as ReconcileContext);
  }

  /** Somebody else's change of the file, merged while ours is open. */
  async merged(edit: (text: string) => string): Promise<void> {
    const text = (await this.git.contents(this.repository))[this.path];
    if (edit(text) === text) throw new Error('Nothing would be merged');
    await this.git.host.commit({
      repository: this.repository,
      files: [{ path: this.path, content: edit(text) }],
      message: 'Merge somebody else',
      gitAuthor: BOB,
      trailers: {},
    });
  }

  async open(): Promise<HostedChange | undefined> {
    const [one, ...others] = await this.git.host.listChanges(this.repository, {
      state: 'open',
    });
    if (others.length > 0) throw new Error('More than one is open');
    return one;
  }

  /** What merging the open change would do to the file, line by line. */
  async lines(): Promise<string[]> {
    const open = await this.open();
    const diff = await this.git.host.diffChange(this.repository, open!.id);
    return diff
      .flatMap(({ patch }) => patch.split('\n'))
      .filter(line => /^[-+][^-+]/.test(line))
      .map(line => line.replace(/^([-+])\s+/, '$1'));
  }

  async mergeIt(): Promise<string> {
    const open = await this.open();
    await this.git.host.mergeChange(this.repository, open!.id, {
      gitAuthor: BOB,
      message: 'Merge',
      trailers: {},
    });
    return (await this.git.contents(this.repository))[this.path];
  }
}

const asProduction = (text: string) =>
  text.replace(/^kind: ServiceSpec$/m, 'kind: ServiceSpec # reviewed');

describe('edits from outside, one after the other', () => {
  let world: World;
  beforeEach(async () => {
    world = await World.create();
  });
  afterEach(() => world.git.remove());

  it('leave alone what was merged between them', async () => {
    await world.edit({ replicas: 3 });
    await world.merged(asProduction);
    await world.edit({ port: 9090 });
    expect(await world.lines()).toEqual([
      '-port: 8080',
      '-replicas: 1',
      '+port: 9090',
      '+replicas: 3',
    ]);
    const text = await world.mergeIt();
    expect(text).toContain('kind: ServiceSpec # reviewed');
    expect(text).toContain('replicas: 3');
    expect(text).toContain('port: 9090');
  });

  it('are both told of in the change request', async () => {
    await world.edit({ replicas: 3 });
    await world.edit({ port: 9090 });
    expect((await world.open())?.description.split('\n')).toEqual([
      '- workloads[web]: replicas (user:default/dana)',
      '- workloads[web]: port (user:default/dana)',
    ]);
  });

  it('keep what a person put into the change request beside them', async () => {
    await world.edit({ replicas: 3 });
    const open = await world.open();
    await world.git.host.commit({
      repository: { ...world.repository, branch: open!.branch },
      files: [{ path: 'README.md', content: 'By hand.\n' }],
      message: 'Explain',
      gitAuthor: BOB,
      trailers: {},
    });
    await world.edit({ port: 9090 });
    const { files } = await world.git.host.previewMerge(
      world.repository,
      open!.id,
    );
    expect(files.map(({ path }) => path).sort()).toEqual([
      'README.md',
      world.path,
    ]);
  });

  it('wait while the change request conflicts with what was merged, and say so once', async () => {
    await world.edit({ replicas: 3 });
    const before = await world.open();
    await world.merged(text => text.replace('replicas: 1', 'replicas: 5'));
    expect(await world.edit({ port: 9090 })).toEqual({
      type: 'requeue',
      afterMs: expect.any(Number),
    });
    await world.run();
    expect((await world.open())?.headCommit).toBe(before?.headCommit);
    const waits = world.told.filter(({ reason }) => reason === 'DispatchWaits');
    expect(new Set(waits.map(({ dedupeKey }) => dedupeKey)).size).toBe(1);
    expect(waits[0].title).toContain(`#${before?.number}`);

    await world.git.host.closeChange(world.repository, before!.id);
    expect(await world.run()).toEqual({ type: 'done' });
    expect(await world.lines()).toEqual(['-port: 8080', '+port: 9090']);
  });

  it('look again where somebody merges in the moment between the look and the proposal', async () => {
    await world.edit({ replicas: 3 });
    const { host } = world.git;
    let isFirst = true;
    const racing = new Proxy(host, {
      get(target, name) {
        if (name === 'openChange' && isFirst) {
          isFirst = false;
          return async (input: never) => {
            await world.merged(asProduction);
            return target.openChange(input);
          };
        }
        const value = Reflect.get(target, name);
        return typeof value === 'function' ? value.bind(target) : value;
      },
    });
    await world.edit({ port: 9090 }, racing);
    expect(isFirst).toBe(false);
    expect(await world.mergeIt()).toContain('kind: ServiceSpec # reviewed');
  });

  it('close the change request where they take back all that was in it', async () => {
    await world.edit({ replicas: 3 });
    await world.edit({ replicas: 1 });
    expect(await world.open()).toBeUndefined();
    expect(world.told.at(-1)?.reason).toBe('DispatchUndone');
  });
});

describe('an edit from outside', () => {
  it('is proposed, and told of with its change request', async () => {
    expect(await run({ open: false, text: spec(1) })).toEqual({
      opened: 1,
      told: ['DispatchProposed c1'],
    });
  });

  it('is told of by the next run where one ended between proposing it and saying so', async () => {
    expect(await run({ open: true, text: spec(3) })).toEqual({
      opened: 0,
      told: ['DispatchProposed c1'],
    });
  });

  it('is nothing to tell of where the file says so already', async () => {
    expect(await run({ open: false, text: spec(3) })).toEqual({
      opened: 0,
      told: [],
    });
  });
});
