import { startGitServer } from 'slipway-testbed';
import { createTestDatabases } from '../database/__testUtils__/databases';
import { realArgoCD } from '../reconcile/environment/__testUtils__/realArgocd';
import { PortalWithArgoCD } from './__testUtils__/PortalWithArgoCD';
import { until } from './__testUtils__/processes';

const databases = createTestDatabases();
const given = realArgoCD();
type GitServer = Awaited<ReturnType<typeof startGitServer>>;

(given ? describe : describe.skip)(
  'the card, when the Git server of the real Argo CD',
  () => {
    let forSlipway: GitServer;
    let forArgoCD: GitServer;
    let on: PortalWithArgoCD;

    beforeAll(async () => {
      const { root } = given!.git;
      // One repository, served twice: so that one of the two can be cut off alone.
      forSlipway = await startGitServer({ root });
      forArgoCD = await startGitServer({ root });
      on = await PortalWithArgoCD.start({
        given: given!,
        databases,
        name: 'gitfaults',
        serve: name => ({
          slipway: `${forSlipway.url}/${name}`,
          argocd: `${forArgoCD.url}/${name}`,
        }),
      });
      await on.git('config', 'http.receivepack', 'true');
      await on.declare(1);
      await on.delivered(1);
    }, 180_000);

    beforeEach(() => on.synced());
    afterEach(() => {
      forSlipway?.setFault(undefined);
      forArgoCD?.setFault(undefined);
    });
    afterAll(async () => {
      await on?.stop();
      await forSlipway?.stop();
      await forArgoCD?.stop();
    }, 120_000);

    it('is down for Argo CD alone, says so in its words, leaves what runs, and is synced when it is back', async () => {
      const { uid } = await on.deployment();
      forArgoCD.setFault('down');
      await on.declare(2);
      // Slipway's own part is done.
      await on.says('Committed', ({ status }) => status === 'True');
      const said = await on.says(
        'Synced',
        ({ reason }) => reason === 'SyncFailed',
      );
      expect(said).toMatchObject({
        status: 'False',
        message: expect.stringMatching(
          /^ComparisonError: .*(connect|EOF|refused|reset)/,
        ),
      });
      const { source } = await on.card();
      // The cluster is heard.
      expect(source!.state).toBe('live');
      expect(await on.deployment()).toEqual({ uid, replicas: 1 });
      forArgoCD.setFault(undefined);
      await on.delivered(2);
      expect((await on.deployment()).uid).toBe(uid);
    }, 240_000);

    it('is slow for Argo CD, is waited for, and nothing is called failed meanwhile', async () => {
      forArgoCD.setFault({ slowMs: 1_500 });
      await on.declare(3);
      await until(
        async () => {
          expect((await on.condition('Synced'))?.reason).not.toBe('SyncFailed');
          return (await on.deployment()).replicas === 3;
        },
        { seconds: 90, what: 'it is delivered slowly', everyMs: 200 },
      );
      await on.synced();
    }, 240_000);

    it('refuses pushes, says so at Committed while Synced stands, and delivers when it may', async () => {
      forSlipway.setFault('refusePush');
      await on.declare(4);
      const said = await on.says(
        'Committed',
        ({ reason }) => reason === 'GitUnavailable',
      );
      expect(said.message).toMatch(/push|refus|allow|403/i);
      expect((await on.condition('Synced'))!.status).toBe('True');
      expect((await on.deployment()).replicas).toBe(3);
      forSlipway.setFault(undefined);
      await on.delivered(4);
    }, 240_000);

    it('is down for both, says so at Committed, and delivers when it is back', async () => {
      forSlipway.setFault('down');
      forArgoCD.setFault('down');
      await on.declare(5);
      const said = await on.says(
        'Committed',
        ({ reason }) => reason === 'GitUnavailable',
      );
      expect(said.message).toMatch(/gitops\.git/);
      expect((await on.deployment()).replicas).toBe(4);
      forSlipway.setFault(undefined);
      forArgoCD.setFault(undefined);
      await on.delivered(5);
    }, 240_000);

    it('has its branch forced back, keeps every object that runs, and is synced with what belongs there', async () => {
      const { uid } = await on.deployment();
      const [first] = (await on.git('rev-list', '--reverse', 'main')).split(
        '\n',
      );
      const lost = await on.git('rev-parse', 'main');
      await on.git('update-ref', 'refs/heads/main', first);
      await until(
        async () => {
          expect((await on.deployment()).uid).toBe(uid);
          const said = await on.condition('Synced');
          const { commit } = await on.card();
          return said?.status === 'True' && commit !== lost;
        },
        { seconds: 90, what: 'it is written again and synced', everyMs: 200 },
      );
      expect(await on.deployment()).toEqual({ uid, replicas: 5 });
    }, 240_000);
  },
);
