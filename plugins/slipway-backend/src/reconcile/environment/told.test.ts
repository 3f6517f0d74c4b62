import { mockServices } from '@backstage/backend-test-utils';
import { createTestDatabases } from '../../database/__testUtils__/databases';
import type { DeliveryStage } from '../../domain/platform/deliveryStage';
import { ALICE, BOB } from '../../git/__testUtils__/sandbox';
import type { EnvironmentRecord } from '../../ports/EnvironmentStore';
import { stopAtEveryStep } from '../engine/__testUtils__/stopAtEveryStep';
import { playApplicationSets } from './__testUtils__/applicationSets';
import { prepare, type TestClusters } from './__testUtils__/clusters';
import { Handmade, SERVICE } from './__testUtils__/handmade';
import { promptClusters } from './__testUtils__/promptClusters';
import { sandboxClusters } from './__testUtils__/sandboxClusters';
import { World } from './__testUtils__/world';

const databases = createTestDatabases();
jest.setTimeout(600_000);

const TARGET = {
  repoURL: 'https://git.example.com/gitops.git',
  branch: 'main',
};

const synced = ({ conditions }: EnvironmentRecord) =>
  conditions.find(({ type }) => type === 'Synced')?.status === 'True';
const inPhase =
  (phase: string) =>
  (record: EnvironmentRecord): boolean =>
    record.phase === phase;
const speaks =
  (reason: string) =>
  ({ conditions }: EnvironmentRecord) =>
    conditions.find(({ status }) => status !== 'True')?.reason === reason;

/** One stretch of the road, at each of whose steps the process stops. */
interface Stretch {
  stage?: DeliveryStage;
  applicationSet?: boolean;
  /** Brings it to where the stretch begins; what is due then is what is stopped at. */
  begin(of: Part): Promise<void>;
  /** Brings it to where it ends, whoever goes on. */
  end(of: Part): Promise<void>;
  /** Of what the record is the one before which it stops. */
  steps: string[];
  /** What was told by then, each line once. */
  told: string[];
}

/** What a stretch has of its own. */
interface Part {
  world: World;
  service: string;
  handmade: Handmade;
}

const classes = (environmentClass: string) => ({
  environments: [{ name: 'prod', class: environmentClass }],
  database: false,
});

async function settle(
  { world, service }: Part,
  arrived: (record: EnvironmentRecord) => boolean,
): Promise<void> {
  await world.settle(service, 'prod', arrived);
}

/** What is due from here on is this environment, and nothing that waits from before. */
async function mark({ world, service }: Part): Promise<void> {
  await world.forgetQueue();
  await world.stores.queue.mark([`environment:${world.key(service, 'prod')}`]);
}

async function declared(
  part: Part,
  environmentClass: string,
  arrived: (record: EnvironmentRecord) => boolean,
): Promise<void> {
  await part.world.declareService(part.service, classes(environmentClass));
  await settle(part, arrived);
}

async function removed({ world, service }: Part): Promise<void> {
  await world.forgetQueue();
  await world.removeService(service);
  await world.readSources();
}

async function adopted(part: Part): Promise<void> {
  await part.handmade.make();
  await part.handmade.release();
  await part.handmade.declare();
}

async function openChange({ world }: Part) {
  const [change] = await world.git.host.listChanges(world.gitops, {
    state: 'open',
  });
  return change;
}

async function merged(part: Part): Promise<void> {
  const { id } = await openChange(part);
  await part.world.git.host.mergeChange(part.world.gitops, id, {
    gitAuthor: ALICE,
    message: 'Merge it',
    trailers: {},
  });
}

const COMMITTED =
  'Committed: Rendered files were written to the GitOps repository';
const ADOPTED = [
  COMMITTED,
  'Adopting: Argo CD Application HAND was handed over to Slipway',
  'Provisioned: Namespace HAND and Application HAND were adopted',
];
const GONE = [
  'Undeclared: Argo CD Application ENV was deleted',
  'Undeclared: AppProject ENV was deleted',
  'Undeclared: Rights, limits and network policies were deleted',
  'Undeclared: Namespace ENV was deleted',
];
const FOLDER = 'Undeclared: Its folder was removed from the GitOps repository';

const STRETCHES: Record<string, Stretch> = {
  'an adoption until the Application is handed over': {
    begin: async part => {
      await adopted(part);
      await part.world.readSources();
    },
    end: part => settle(part, synced),
    steps: ['pause application', 'mark namespace', 'hand over application'],
    told: ADOPTED,
  },
  'an adoption from there on': {
    begin: async part => {
      await adopted(part);
      await settle(part, speaks('Adopting'));
      await part.world.argocd.round(part.service);
      await mark(part);
    },
    end: part => settle(part, synced),
    steps: ['enable application'],
    told: ADOPTED,
  },
  'the way back of what was adopted': {
    begin: async part => {
      const { handmade } = part;
      await adopted(part);
      await settle(part, synced);
      await handmade.grow();
      await part.world.until(async () => {
        await part.world.run();
        return (await handmade.account()) === 'ours';
      });
      await settle(part, synced);
      await removed(part);
    },
    end: async part => {
      await settle(part, inPhase('deleted'));
      expect(await part.handmade.account()).toBe('given back');
    },
    steps: [
      'give back application',
      'delete project',
      'delete objects',
      'give back accounts',
      'give back namespace',
      'remove folder',
    ],
    told: [
      ...ADOPTED,
      COMMITTED,
      'Undeclared: Argo CD Application HAND was given back; what it delivered stays',
      GONE[1],
      GONE[2],
      'Undeclared: Namespace HAND was given back',
      FOLDER,
    ],
  },
  'the adoption of what another one gave back': {
    begin: async part => {
      await adopted(part);
      await settle(part, synced);
      await removed(part);
      await settle(part, inPhase('deleted'));
      await part.world.forgetQueue();
      const { path, content } = part.handmade.proposal();
      part.service = 'heir';
      await part.world.declare({
        [path.replace(SERVICE, 'heir')]: content.replace(
          `name: ${SERVICE}`,
          'name: heir',
        ),
      });
      await part.world.readSources();
    },
    end: part => settle(part, synced),
    steps: ['forget former holder'],
    told: ADOPTED,
  },
  'a removal that leaves a database': {
    begin: async part => {
      await part.world.declareService(part.service, {
        ...classes('keeping'),
        database: true,
      });
      await settle(part, synced);
      await removed(part);
    },
    end: part => settle(part, inPhase('retained')),
    steps: ['keep namespace'],
    told: [
      COMMITTED,
      ...GONE.slice(0, 3),
      'Undeclared: Namespace ENV stays with StatefulSet db',
      FOLDER,
    ],
  },
  'a delivery that a change request asks for': {
    begin: async part => {
      await part.world.declareService(part.service, classes('proposed'));
      await part.world.readSources();
    },
    end: part => settle(part, speaks('DeliveryChangeOpen')),
    steps: ['propose'],
    told: ['DeliveryChangeOpen: Change request #1 asks to deliver it'],
  },
  'a change request that is overtaken': {
    begin: async part => {
      await declared(part, 'proposed', speaks('DeliveryChangeOpen'));
      const { host } = part.world.git;
      const { id } = await openChange(part);
      const { files } = await host.previewMerge(part.world.gitops, id);
      await host.commit({
        repository: part.world.gitops,
        files,
        message: 'Push it past the change request',
        trailers: {},
        gitAuthor: BOB,
      });
      await mark(part);
    },
    end: part => settle(part, synced),
    steps: ['close-overtaken'],
    told: [
      'DeliveryChangeOpen: Change request #1 asks to deliver it',
      COMMITTED,
      'DeliveryOvertaken: Change request #1 was closed: Git holds what is planned already',
    ],
  },
  'the return of what somebody edited in Git': {
    begin: async part => {
      await declared(part, 'open', synced);
      const { gitops, git, organization } = part.world;
      await git.host.commit({
        repository: gitops,
        files: [
          {
            path: `clusters/hub/${organization}/${part.service}/prod/workload/extra.yaml`,
            content: 'kind: Extra\n',
          },
        ],
        message: 'By hand',
        trailers: {},
        gitAuthor: BOB,
      });
      await mark(part);
    },
    end: part => settle(part, synced),
    steps: ['commit'],
    told: [
      COMMITTED,
      'HandEditReverted: clusters/hub/ORG/web/prod/workload/extra.yaml had been changed by hand and was written back',
      COMMITTED,
    ],
  },
  'a delivery that ends on a branch': {
    stage: 'branch',
    begin: async part => {
      await part.world.declareService(part.service, classes('open'));
      await part.world.readSources();
    },
    end: part => settle(part, speaks('BranchPushed')),
    steps: ['hand over'],
    told: [],
  },
  'a removal that a change request asks for': {
    stage: 'change-request',
    begin: async part => {
      await declared(part, 'open', speaks('DeliveryChangeOpen'));
      await merged(part);
      await settle(part, synced);
      await removed(part);
    },
    end: async part => {
      await settle(part, speaks('DeliveryChangeOpen'));
      await merged(part);
      await settle(part, inPhase('deleted'));
    },
    steps: ['propose removal'],
    told: [
      'DeliveryChangeOpen: Change request #1 asks to deliver it',
      COMMITTED,
      ...GONE,
      FOLDER,
    ],
  },
  'the removal of what an ApplicationSet made': {
    applicationSet: true,
    begin: async part => {
      await declared(part, 'open', synced);
      await removed(part);
    },
    end: part => settle(part, inPhase('deleted')),
    steps: ['remove folder', 'refresh application set', 'delete application'],
    told: [COMMITTED, FOLDER, ...GONE],
  },
};

describe('a process that stops at any step of', () => {
  const logger = mockServices.logger.mock();
  logger.child.mockReturnValue(logger);
  let clusters: TestClusters;
  let world: World | undefined;
  let count = 0;

  beforeAll(async () => {
    clusters = await sandboxClusters();
    await prepare(clusters.configured, { applicationSets: true });
  });
  afterEach(() => world?.close());
  afterAll(() => clusters?.stop());

  async function create({ stage, applicationSet }: Stretch): Promise<Part> {
    const id = count++;
    const own = await World.create({
      clusters: {
        ...clusters,
        configured: clusters.configured.map(({ info, connection }) => ({
          info: { ...info, argocd: { ...info.argocd, applicationSet } },
          connection,
        })),
      },
      db: await databases.migrated('SQLITE_3'),
      organization: `told${id}`,
      reconciler: ({ argocd, clusters: real, gitops }) => ({
        clusters: promptClusters(real, () => argocd.round()),
        ...(stage && {
          gitops: {
            repository: gitops,
            target: TARGET,
            delivery: { stage, target: gitops },
          },
        }),
      }),
    });
    const round = own.argocd.round.bind(own.argocd);
    own.argocd.round = async service => {
      if (applicationSet)
        await playApplicationSets(
          own.hands.client('hub'),
          own.git.host,
          own.gitops,
        );
      await round(service);
    };
    await own.stores.queue.mark(['source:platform']);
    await own.run();
    return {
      world: own,
      service: SERVICE,
      handmade: new Handmade(own, `hand-${id}`),
    };
  }

  /** Everything of the environment that isn't told by a station of the road. */
  async function told({ world: own, service, handmade }: Part) {
    const events = await own.stores.timeline.list({
      subjects: [`environment:${own.key(service, 'prod')}`],
      limit: 1_000,
    });
    return events
      .reverse()
      .filter(({ dedupeKey }) => !/^(condition|sync)\//.test(dedupeKey))
      .map(({ reason, title }) =>
        `${reason}: ${title}`
          .replaceAll(own.namespace(service, 'prod'), 'ENV')
          .replaceAll(handmade.namespace, 'HAND')
          .replaceAll(own.organization, 'ORG')
          .replaceAll(`/${service}/`, '/web/'),
      );
  }

  it.each(Object.entries(STRETCHES))(
    '%s tells each line once',
    async (_, stretch) => {
      const recorded = new Set<string>();
      let done: string[] = [];
      await stopAtEveryStep({
        logger,
        // What an act leaves to be told is lost, if at all, before the record; the rest of the way is another test's.
        isOwn: ({ key, step, when }) => {
          if (!key.startsWith('environment:') || when === 'after') return false;
          if (stretch.steps.includes(step)) done.push(step);
          if (step !== 'record' || done.length === 0) return false;
          done.forEach(one => recorded.add(one));
          done = [];
          return true;
        },
        prepare: async () => {
          done = [];
          await world?.close();
          const part = await create(stretch);
          world = part.world;
          await stretch.begin(part);
          return {
            ...part,
            queue: part.world.stores.queue,
            reconcilers: () => part.world.reconcilers(),
            expireLeases: () => part.world.clock.advance(60_000),
          };
        },
        check: async (part, stoppedAt) => {
          await stretch.end(part);
          expect({ stoppedAt, told: (await told(part)).sort() }).toEqual({
            stoppedAt,
            told: [...stretch.told].sort(),
          });
        },
      });
      expect([...recorded].sort()).toEqual([...stretch.steps].sort());
    },
  );
});
