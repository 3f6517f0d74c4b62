import type { Knex } from 'knex';
import { rename } from 'node:fs/promises';
import { createTestDatabases } from '../database/__testUtils__/databases';
import { ALICE, BOB } from '../git/__testUtils__/sandbox';
import {
  type Handmade,
  SERVICE,
} from '../reconcile/environment/__testUtils__/handmade';
import type { ServiceOptions } from '../reconcile/environment/__testUtils__/specs';
import { Estate, pathOf } from './__testUtils__/Estate';
import type { FaultProxy } from './__testUtils__/FaultProxy';
import { goBack } from './__testUtils__/goBack';
import { edit, isEdited, release } from './__testUtils__/pipelines';
import { Ground } from './__testUtils__/Ground';
import { KillOnce } from './__testUtils__/KillOnce';
import { Lives } from './__testUtils__/Lives';
import { pictureOf } from './__testUtils__/Picture';
import { KILLED_AT, listed, UNRECORDED } from './__testUtils__/steps';

const databases = createTestDatabases();
const all = process.env.SLIPWAY_TEST_ALL === '1';
const onRealParts =
  process.env.SLIPWAY_TEST_CLUSTER_URL || all ? describe : describe.skip;

/** Where the short set ends the process: in the middle of what it makes and of what it takes away. */
const SHORT = [
  'environment: commit',
  'environment: create secrets',
  'environment: delete project',
];
/** Keys that are of everybody's. */
const COMMON = ['source', 'gitops', 'policies', 'change'];
/** A life takes seconds where the machine is busy, and one part of the story some sixty of them. */
const PATIENCE_SECONDS = all ? 600 : 180;

const prod = (environmentClass: string): ServiceOptions['environments'] => [
  { name: 'prod', class: environmentClass },
];

onRealParts('a backend that is killed at a step', () => {
  let ground: Ground;
  let db: Knex;
  let estate: Estate;
  let proxies: FaultProxy[];
  let lives: Lives;
  /** Whose steps are ended at; none while there is nothing to compare to yet. */
  let side: string | undefined;
  const kills = new KillOnce(
    ({ key, name }) => {
      if (!side || !(all || SHORT.includes(name))) return false;
      return (
        COMMON.includes(key.split(':', 1)[0]) ||
        key.includes(`-${side}/`) ||
        key.endsWith(`-${side}`)
      );
    },
    all ? UNRECORDED : [],
  );

  beforeAll(async () => {
    ground = await Ground.start({ clusters: 1, applicationSets: true });
    db = await databases.migrated('POSTGRES_16');
    estate = await Estate.create(ground, db);
    proxies = await ground.connect();
    lives = await Lives.prepare({
      config: estate.config(proxies) as never,
      db,
      folder: ground.git.root,
      kill: step => kills.at(step),
    });
    estate.play();
  }, 120_000);
  afterAll(async () => {
    await lives?.stop();
    await estate?.stop();
    await ground?.stop();
  }, 60_000);

  const until = (what: string, holds: () => Promise<boolean>) =>
    lives.until(() => holds().catch(() => false), {
      seconds: PATIENCE_SECONDS,
      what,
    });
  const untilAll = (what: string, holds: Array<() => Promise<boolean>>) =>
    until(what, async () => {
      for (const one of holds) if (!(await one())) return false;
      return true;
    });
  const openChange = async (branch: string) =>
    (await estate.host.listChanges(estate.gitops, { state: 'open' })).find(
      change => change.branch.includes(branch),
    );
  /** Nothing is left to do but to wait. */
  const settled = async () =>
    (
      await db('queue_items')
        .where('due_at', '<=', db.fn.now())
        .orWhereNotNull('lease_token')
    ).length === 0;
  const picture = async (of: string) => {
    await until('all is done', settled);
    return pictureOf({ estate, db, told: lives.told }, of);
  };

  /** What one side goes through, and what it looks like after each part. */
  async function story(x: string): Promise<Array<Record<string, unknown>>> {
    const handmade = estate.handmade(`hand-${x}`);
    const pictures = await direct(x, handmade);
    if (!all) return pictures;
    pictures.push(...(await inherited(x, handmade)));
    // The same platform, run by people who bring on what is rendered, and then by those who merge it.
    await lives.configure(
      estate.config(proxies, {
        stage: 'branch',
        notifications: false,
      }) as never,
    );
    pictures.push(...(await broughtOn(x)));
    await lives.configure(
      estate.config(proxies, {
        stage: 'change-request',
        applicationSet: true,
      }) as never,
    );
    pictures.push(...(await generated(x)));
    await lives.configure(estate.config(proxies) as never);
    return pictures;
  }

  const goes =
    (key: string, phase = 'deleted') =>
    async () =>
      (await estate.phase(key)) === phase;

  async function direct(
    x: string,
    handmade: Handmade,
  ): Promise<Array<Record<string, unknown>>> {
    const pictures = [];
    const path = (name: string) => `${name}-${x}/prod`;
    const domains = (name: string) => [`${name}-${x}.example.com`];

    // All of it at once: direct, with a change request, refused, waiting for its revision, taken over.
    await estate.declare({
      [`plain-${x}`]: { environments: prod('open'), domains: domains('plain') },
      ...(all && {
        [`keeping-${x}`]: { environments: prod('keeping') },
        [`proposed-${x}`]: { environments: prod('proposed'), database: false },
        [`strict-${x}`]: { environments: prod('strict'), database: false },
        [`drifted-${x}`]: { environments: prod('open'), database: false },
        [`back-${x}`]: {
          environments: prod('open'),
          database: false,
          revision: '',
          replicas: 0,
        },
        [`moved-${x}`]: {
          database: false,
          revision: '',
          // Nothing runs Pods here, and only what is healthy is promoted.
          replicas: 0,
          environments: [
            { name: 'dev', class: 'open' },
            { name: 'test', class: 'automatic', promoteFrom: 'dev' },
          ],
        },
      }),
    });
    await untilAll('it is up', [
      () => estate.runs(path('plain')),
      ...(all
        ? [
            () => estate.runs(path('keeping')),
            () => estate.runs(path('drifted')),
            () => estate.is(path('strict'), 'PolicyPassed', 'PolicyDenied'),
            () => estate.is(path('proposed'), 'Rendered'),
            async () => (await openChange(`proposed-${x}`)) !== undefined,
            () => estate.is(path('back'), 'Synced'),
            () => estate.is(`moved-${x}/dev`, 'Synced'),
            () => estate.is(`moved-${x}/test`, 'Synced'),
          ]
        : []),
    ]);
    pictures.push(await picture(x));

    if (all) {
      await handmade.make();
      await handmade.release();
      await handmade.declare();
      await merge(estate.gitops, `proposed-${x}`);
      await drift(`drifted-${x}`);
      await release(estate, `moved-${x}`);
      await estate.declare({
        // No longer in the way of its policy.
        [`strict-${x}`]: { environments: prod('open'), database: false },
        // What its database needed goes.
        [`plain-${x}`]: { environments: prod('open'), database: false },
      });
      await edit(estate, `keeping-${x}`, 2);
      await open(`skeleton-${x}`, true);
      await open(`dropped-${x}`, false);
      await untilAll('it has moved', [
        () => estate.is(path('hand'), 'Synced'),
        () => estate.runs(path('proposed')),
        () => estate.runs(path('strict')),
        () => estate.runs(`moved-${x}/test`, 0),
        () => isEdited(estate, `keeping-${x}`),
        async () =>
          (await estate.stores.drifts.asked(`shop/drifted-${x}/prod`))
            .length === 0,
        async () =>
          (await estate.stores.drifts.get(`shop/drifted-${x}/prod`))!.state ===
          'none',
        async () =>
          (
            await db('change_intents').whereIn('state', ['done', 'dropped'])
          ).filter(({ branch }) => branch.endsWith(`-${x}`)).length === 2,
      ]);
      estate.watch(`drifted-${x}`);
      pictures.push(await picture(x));

      await edit(estate, `keeping-${x}`, 1);
      await until(
        'an edit took back what was open',
        async () => !(await isEdited(estate, `keeping-${x}`)),
      );
      await goBack(estate, `back-${x}`, until);
      pictures.push(await picture(x));

      // What a change request asks for comes by another way.
      await estate.declare({
        [`proposed-${x}`]: {
          environments: prod('proposed'),
          database: false,
          replicas: 2,
        },
      });
      await handmade.grow();
      await untilAll('it is proposed', [
        async () => (await openChange(`proposed-${x}`)) !== undefined,
        async () => (await handmade.account()) === 'ours',
        () => estate.is(path('hand'), 'Synced'),
      ]);
      const { id } = (await openChange(`proposed-${x}`))!;
      const { files } = await estate.host.previewMerge(estate.gitops, id);
      await estate.host.commit({
        repository: estate.gitops,
        files,
        message: 'By hand',
        gitAuthor: BOB,
        trailers: {},
      });
      await until(
        'it is overtaken',
        async () =>
          (await openChange(`proposed-${x}`)) === undefined &&
          (await estate.runs(path('proposed'), 2)),
      );
      pictures.push(await picture(x));
    }

    const names = [
      'plain',
      'keeping',
      'proposed',
      'strict',
      'drifted',
      'moved',
      'back',
      'hand',
    ];
    const there = all ? names : names.slice(0, 1);
    await estate.commit(
      Object.fromEntries(there.map(name => [pathOf(`${name}-${x}`), null])),
    );
    await untilAll('it is gone', [
      goes(path('plain')),
      ...(all
        ? [
            goes(path('keeping'), 'retained'),
            goes(path('proposed')),
            goes(path('strict')),
            goes(path('drifted')),
            goes(path('back')),
            goes(`moved-${x}/dev`),
            goes(`moved-${x}/test`),
            goes(path('hand')),
          ]
        : []),
    ]);
    pictures.push(await picture(x));
    return pictures;
  }

  /** What one environment gave back is another one's; and something is refused, and told to people. */
  async function inherited(
    x: string,
    handmade: Handmade,
  ): Promise<Array<Record<string, unknown>>> {
    const { content } = handmade.proposal();
    await estate.commit({
      [pathOf(`heir-${x}`)]: content.replaceAll(
        `name: ${SERVICE}\n`,
        `name: heir-${x}\n`,
      ),
    });
    await estate.declare({
      [`branched-${x}`]: { environments: prod('strict'), database: false },
    });
    await untilAll('it is inherited', [
      () => estate.is(`heir-${x}/prod`, 'Synced'),
      () => estate.is(`branched-${x}/prod`, 'PolicyPassed', 'PolicyDenied'),
      async () =>
        (await db('episodes').whereNotNull('told_at')).some(
          ({ environment }) => environment === `shop/branched-${x}/prod`,
        ),
    ]);
    const pictures = [await picture(x)];
    await estate.declare({ [`heir-${x}`]: null });
    await until('it is gone', goes(`heir-${x}/prod`));
    pictures.push(await picture(x));
    return pictures;
  }

  /** Where Slipway only pushes a branch, and tells nobody. */
  async function broughtOn(x: string): Promise<Array<Record<string, unknown>>> {
    const service = `branched-${x}`;
    const key = `${service}/prod`;
    const stopped = () => estate.is(key, 'Committed', 'BranchPushed');
    // Of those who were told before nobody is told any more.
    await estate.stores.queue.mark([`notification:shop/${key}`]);
    await estate.declare({
      [service]: { environments: prod('open'), database: false },
    });
    await until('its branch is pushed', stopped);
    await estate.bringOn(service);
    await until('it is up', () => estate.runs(key));
    const pictures = [await picture(x)];
    await estate.declare({ [service]: null });
    await until('its removal is pushed', () =>
      estate.is(key, 'Declared', 'BranchPushed'),
    );
    await estate.bringOn(service);
    await until('it is gone', goes(key));
    pictures.push(await picture(x));
    return pictures;
  }

  /** Where everything is asked for with a change request, and Argo CD makes the Applications. */
  async function generated(x: string): Promise<Array<Record<string, unknown>>> {
    const service = `generated-${x}`;
    const key = `${service}/prod`;
    const merged = async () => {
      await until(
        'it is proposed',
        async () => (await openChange(service)) !== undefined,
      );
      await merge(estate.gitops, service);
    };
    await estate.declare({
      [service]: { environments: prod('open'), database: false },
    });
    await merged();
    await until('it is up', () => estate.runs(key));
    const pictures = [await picture(x)];
    await estate.declare({ [service]: null });
    await merged();
    await until('it is gone', goes(key));
    pictures.push(await picture(x));
    return pictures;
  }

  async function merge(
    repository: { url: string; branch: string },
    branch: string,
  ): Promise<void> {
    const changes = await estate.host.listChanges(repository, {
      state: 'open',
    });
    const { id } = changes.find(change => change.branch.includes(branch))!;
    await estate.host.mergeChange(repository, id, {
      gitAuthor: ALICE,
      message: `Merge ${branch}`,
      trailers: {},
    });
  }

  /** Somebody edits and deletes by hand, and somebody else wants it put back. */
  async function drift(service: string): Promise<void> {
    const namespace = `shop--${service}--prod`;
    const environment = `shop/${service}/prod`;
    await estate.unwatch(service);
    const hand = ground.hand();
    await hand.patch(
      { kind: 'NetworkPolicy', name: 'web', namespace },
      'kubectl-edit',
      { metadata: { labels: { by: 'hand' } }, spec: { podSelector: null } },
      { type: 'merge' },
    );
    await hand.delete({ kind: 'Service', name: 'web', namespace });
    hand.close();
    await until('drift is seen', async () => {
      const found = await estate.stores.drifts.get(environment);
      return found?.state === 'drifted' && found.drifted.length === 2;
    });
    await estate.stores.drifts.ask({ environment, actor: 'user:default/dana' });
    await estate.stores.queue.mark([`drift:${environment}`]);
  }

  /** A change request with the code of a new service: merged, or closed. */
  async function open(name: string, isMerged: boolean): Promise<void> {
    const { host, platform, stores } = estate;
    const intent = await stores.changeIntents.record({
      repositoryUrl: platform.url,
      branch: `slipway/${name}`,
      skeleton: {
        repository: {
          url: `file://${ground.git.root}/code/${name}.git`,
          branch: 'main',
        },
        files: [{ path: 'README.md', content: `# ${name}\n` }],
      },
    });
    const { id } = await host.openChange({
      repository: platform,
      branch: `slipway/${name}`,
      title: `Add ${name}`,
      description: '',
      files: [{ path: `notes/${name}.md`, content: 'new' }],
      author: 'user:default/dana',
      gitAuthor: BOB,
      trailers: {},
    });
    await stores.changeIntents.attach(intent.id, id);
    if (isMerged) await merge(platform, name);
    else await host.closeChange(platform, id);
    await stores.queue.mark([`change:${id}`]);
  }

  it('leaves nothing orphaned and nothing doubled, whichever step it is', async () => {
    // Made by lives that nobody ends: what the other side is compared to.
    const expected = await story('a');
    expect(lives.count).toBe(all ? 3 : 1);
    side = 'b';
    if (all) await unreadable();
    const found = await story('b');
    side = undefined;
    expect(found).toEqual(expected);

    const steps = kills.names();
    process.stdout.write(
      `${lives.count} lives, ${steps.length} steps:\n${steps.join('\n')}\n`,
    );
    expect([...steps, ...steps.map(listed)]).toEqual(
      expect.arrayContaining(
        all ? [...KILLED_AT.cluster, ...UNRECORDED] : SHORT,
      ),
    );
    expect(lives.count).toBeGreaterThan(steps.length);
  }, 1_500_000);

  /** The platform repository is away for a moment. */
  async function unreadable(): Promise<void> {
    const away = `${ground.platform.url}.away`;
    await rename(ground.platform.url, away);
    await until('it is noticed', async () =>
      kills.has('source: unreadable', 'within'),
    );
    await rename(away, ground.platform.url);
  }
});
