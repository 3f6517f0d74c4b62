import slipwayModuleTekton from '@slipway/plugin-slipway-backend-module-tekton';
import { runOwner } from '@slipway/plugin-slipway-node';
import { type Sandbox, startSandbox } from '@slipway/sandbox';
import { configure } from '../../reconcile/environment/__testUtils__/clusters';
import { enginesOf } from './__testUtils__/enginesOf';
import {
  AS_ANN,
  declared,
  pipelinesOn,
  SHOP,
  SPY,
  until,
} from './__testUtils__/pipelinesOn';

const TEKTON = { apiVersion: 'tekton.dev/v1', kind: 'PipelineRun' };
const OURS = {
  'slipway.dev/organization': 'acme',
  'slipway.dev/service': 'shop',
};
const SPEC = {
  pipelineSpec: {
    tasks: ['clone', 'test'].map((name, index) => ({
      name,
      ...(index > 0 && { runAfter: ['clone'] }),
      taskSpec: { steps: [{ name: 'work', image: 'registry.test/work:1' }] },
    })),
  },
};
const SECRET = 'https://ci:s3cr3t@git.example.com/acme/shop';

describe('pipelines of a service, on the stand-in for Tekton', () => {
  let sandbox: Sandbox;
  let portal: Awaited<ReturnType<typeof pipelinesOn>>;

  async function run(
    name: string,
    metadata: object = {},
    namespace = 'org-acme',
  ) {
    const client = portal.clusters.client('hub');
    await client.apply({
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: namespace },
    });
    await client.create({
      ...TEKTON,
      metadata: { name, namespace, labels: OURS, ...metadata },
      spec: SPEC,
    });
    portal.asked.length = 0;
  }

  const find = async (name: string, path = SHOP) =>
    (await portal.pipelines.list(path)).items.find(item => item.name === name);
  const ended = (name: string) =>
    until(async () => {
      const item = await find(name);
      return item && ['succeeded', 'failed'].includes(item.state) && item;
    });

  beforeAll(async () => {
    sandbox = await startSandbox({
      clusters: [{ name: 'hub' }],
      timings: { podStartMs: 20, podStopMs: 20, workMs: 30 },
    });
    const [{ url, token }] = sandbox.clusters;
    portal = await pipelinesOn({
      clusters: [configure('hub', { name: 'hub' }, { url, token })],
      engines: await enginesOf([slipwayModuleTekton]),
    });
    // As soon as the stand-in serves its kinds they are watched, at the latest after the pause for absent ones.
    await run('good');
    await run('bad', {
      annotations: {
        'sandbox.slipway.dev/fails': 'test',
        'sandbox.slipway.dev/fails-with': `fetching ${SECRET}\n1 of 3 tests failed`,
        'sandbox.slipway.dev/fails-once': 'true',
      },
    });
  }, 60_000);

  afterAll(async () => {
    await portal?.stop();
    await sandbox?.stop();
  });

  it('are listed with their steps from memory alone', async () => {
    const good = await ended('good');
    expect(good).toMatchObject({
      engine: 'tekton',
      state: 'succeeded',
      byUs: true,
      cluster: 'hub',
      rerun: { allowed: true },
    });
    await until(
      async () =>
        (await find('good'))?.steps
          .map(({ task, state }) => `${task} ${state}`)
          .join() === 'clone succeeded,test succeeded',
    );
    expect(portal.asked).toEqual([]);
  });

  it('say first what the failing step said', async () => {
    await ended('bad');
    const bad = await until(async () => {
      const item = await find('bad');
      return item?.failedStep ? item : undefined;
    });
    expect(bad.message).toBe('Step work of test failed with exit code 1.');
    expect(bad.steps.find(({ id }) => id === bad.failedStep)).toMatchObject({
      task: 'test',
      exitCode: 1,
      logs: true,
    });
  });

  it('give the end of the failing step when no step is named, without credentials', async () => {
    const bad = (await find('bad'))!;
    const log = await portal.pipelines.logs({ ...SHOP, id: bad.id }, {});
    expect(log.step).toBe(bad.failedStep);
    const text = log.lines.map(line => line.text).join('\n');
    expect(text).toContain('1 of 3 tests failed');
    expect(text).not.toContain('s3cr3t');
    expect(log.lines.every(({ at }) => at)).toBe(true);
    const end = await portal.pipelines.logs(
      { ...SHOP, id: bad.id },
      { tail: 1 },
    );
    expect(end).toMatchObject({ truncated: true });
    expect(end.lines).toHaveLength(1);
  });

  it('know no step that is made up, and no run of another service', async () => {
    const { id } = (await find('bad'))!;
    await expect(
      portal.pipelines.logs({ ...SHOP, id }, { step: '../secrets/x' }),
    ).rejects.toThrow(/has no step/);
    await expect(portal.pipelines.logs({ ...SPY, id }, {})).rejects.toThrow(
      /There is no pipeline run/,
    );
  });

  it('are run again once for a key, are told in the timeline once, and say what they repeat', async () => {
    const { id } = (await find('bad'))!;
    const again = () =>
      portal.pipelines.rerun({ ...SHOP, id }, 'wish-1', AS_ANN);
    const ids = await Promise.all([again(), again()]);
    expect(ids[0]).toBe(ids[1]);
    const rerun = await until(async () =>
      (await portal.pipelines.list(SHOP)).items.find(
        item => item.rerunOf === id && item.state === 'succeeded',
      ),
    );
    expect(rerun.trigger).toBe('re-run by user:default/ann');
    expect(portal.timeline).toEqual([
      expect.objectContaining({
        subject: 'service:acme/shop',
        reason: 'PipelineRerun',
        actor: 'user:default/ann',
      }),
    ]);
    expect(portal.changed).toContain('service:acme/shop');
  }, 30_000);

  it('are run again without a key once until that run has ended', async () => {
    const { id } = (await find('good'))!;
    const again = () =>
      portal.pipelines.rerun({ ...SHOP, id }, undefined, AS_ANN);
    const first = await again();
    expect(await again()).toBe(first);
    await until(async () =>
      (await portal.pipelines.list(SHOP)).items.find(
        item => item.id === first && item.state === 'succeeded',
      ),
    );
    expect(await again()).not.toBe(first);
  }, 30_000);

  it('are found by the id and by the repository that others label them with', async () => {
    await run('by-id', { labels: { 'backstage.io/kubernetes-id': 'shop' } });
    await run(
      'by-repository',
      {
        labels: {},
        annotations: {
          'pipelinesascode.tekton.dev/repo-url':
            'https://github.com/Acme/Shop.git',
        },
      },
      'ci',
    );
    expect(await ended('by-id')).toMatchObject({ byUs: false });
    const found = await ended('by-repository');
    expect(found).toMatchObject({ byUs: false, namespace: 'ci' });
    // Its TaskRuns have the annotation, too.
    await until(async () =>
      (await find('by-repository'))?.steps.every(
        ({ state }) => state === 'succeeded',
      ),
    );
  }, 30_000);

  it("are not shown to who names somebody else's repository, nor from somebody else's namespace", async () => {
    await run(
      'in-rivals-namespace',
      {
        labels: {},
        annotations: {
          'slipway.dev/repository': 'https://github.com/acme/shop',
        },
      },
      'org-rival',
    );
    const { owner } = runOwner(
      {
        ...TEKTON,
        metadata: { name: 'x' },
      },
      'https://github.com/acme/shop',
    )!;
    await until(async () => portal.index.items(TEKTON, owner).length === 2);
    expect(await find('in-rivals-namespace')).toBeUndefined();
    expect((await portal.pipelines.list(SPY)).items).toEqual([]);
  }, 30_000);

  it("are not taken from somebody else's namespace for the labels that they were given there", async () => {
    await run('planted', {}, 'org-rival');
    await until(async () =>
      portal.index
        .items(TEKTON, { organization: 'acme', service: 'shop' })
        .some(({ value }) => JSON.stringify(value).includes('planted')),
    );
    expect(await find('planted')).toBeUndefined();
  }, 30_000);

  it('are told to the pages of those who are shown them, and to nobody else', () => {
    const showing = (owner: string) =>
      portal.reads.servicesShowing(declared, [owner]);
    expect(showing('~found/repository:github.com/acme/shop')).toEqual([SHOP]);
    expect(showing('~found/id:org-acme:shop')).toEqual([SHOP]);
    expect(showing('~found/id:org-rival:shop')).toEqual([]);
    expect(showing('~found/repository:github.com/acme/other')).toEqual([]);
  });

  it('of an environment are its own and those of the service as a whole', async () => {
    await run('for-preview', {
      labels: { ...OURS, 'slipway.dev/environment': 'preview' },
    });
    const names = async (environment: string) =>
      (await portal.pipelines.list({ ...SHOP, environment })).items.map(
        ({ name }) => name,
      );
    await until(async () => (await names('preview')).includes('for-preview'));
    expect(await names('preview')).toContain('good');
    expect(await names('staging')).not.toContain('for-preview');
    expect(await names('staging')).toContain('good');
  }, 30_000);

  it('say which engine a cluster does not let us see, beside runs that it does', async () => {
    const refused = jest
      .spyOn(portal.index, 'refused')
      .mockReturnValue([
        { ...TEKTON, cluster: 'hub', message: 'pipelineruns is forbidden' },
      ]);
    const { sources, items } = await portal.pipelines.list(SHOP);
    refused.mockRestore();
    expect(items.length).toBeGreaterThan(0);
    expect(sources).toContainEqual({
      name: 'Tekton: hub',
      state: 'unknown',
      message: 'pipelineruns is forbidden',
    });
  });

  it('name the sources that they come from, with their age', async () => {
    const { sources } = await portal.pipelines.list(SHOP);
    expect(sources).toEqual([
      { name: 'hub', state: 'live', asOf: expect.any(String) },
    ]);
  });

  describe('after a restart, while their cluster does not answer', () => {
    let later: Awaited<ReturnType<typeof pipelinesOn>>;
    const begin = async () =>
      pipelinesOn({
        clusters: [
          configure(
            'hub',
            { name: 'hub' },
            // Nothing listens there.
            { url: 'http://127.0.0.1:1', token: 'x' },
          ),
        ],
        engines: await enginesOf([slipwayModuleTekton]),
        kept: portal.kept,
        early: true,
      });
    afterEach(() => later.stop());

    it('are those that were known last, with their age, to be looked at and no more', async () => {
      const before = (await ended('good'))!;
      await until(async () =>
        JSON.stringify([...(portal.kept.get('acme/shop') ?? [])]).includes(
          before.id,
        ),
      );
      later = await begin();
      const { items, sources } = await later.pipelines.list(SHOP);
      const good = items.find(({ id }) => id === before.id)!;
      const { rerun, steps, ...rest } = good;
      const { rerun: _, steps: known, ...same } = before;
      expect(rest).toEqual(same);
      expect(steps.map(({ state }) => state)).toEqual(
        known.map(({ state }) => state),
      );
      expect(steps.every(({ logs }) => !logs)).toBe(true);
      expect(rerun.allowed).toBe(false);
      expect(rerun.reason).toContain('has not answered since the portal');
      expect(sources).toContainEqual(
        expect.objectContaining({
          name: 'hub',
          asOf: new Date(0).toISOString(),
        }),
      );
      expect((await later.pipelines.list(SPY)).items).toEqual([]);
    }, 30_000);

    it('are not forgotten because nobody sees them now', async () => {
      later = await begin();
      const before = JSON.stringify([...portal.kept.get('acme/shop')!]);
      later.last.follow([SHOP]);
      await later.last.stop();
      expect(JSON.stringify([...portal.kept.get('acme/shop')!])).toBe(before);
    }, 30_000);
  });
});
