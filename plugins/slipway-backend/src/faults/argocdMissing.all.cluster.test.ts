import { createTestDatabases } from '../database/__testUtils__/databases';
import { Ground } from './__testUtils__/Ground';
import { PortalOnGround } from './__testUtils__/PortalOnGround';

const databases = createTestDatabases();
// The kind is looked for once a minute.
const onRealParts =
  process.env.SLIPWAY_TEST_ALL === '1' ? describe : describe.skip;

onRealParts('the card, where Argo CD is not installed', () => {
  let ground: Ground;
  let on: PortalOnGround;

  beforeAll(async () => {
    ground = await Ground.start({ clusters: 1, argocdKinds: false });
    ground.playArgoCD('web');
    on = await PortalOnGround.start({
      ground,
      db: await databases.empty('SQLITE_3'),
    });
  }, 120_000);
  afterAll(async () => {
    await on?.stop();
    await ground?.stop();
  }, 60_000);

  it('says where it has to be installed, and goes on when it is', async () => {
    await ground.declare({ web: { cluster: 'hub' } });
    const missing = await on.cardWhen(
      'web',
      ({ speaks }) => speaks?.reason === 'ArgoCDMissing',
    );
    expect(missing.speaks).toMatchObject({
      type: 'Provisioned',
      message: expect.stringContaining(
        "The cluster 'hub' does not serve argoproj.io/v1alpha1",
      ),
    });
    expect(missing.source.state).toBe('live');
    await ground.installArgoCDKinds();
    const { conditions } = await on.isSynced('web', 150);
    expect(conditions.Provisioned.status).toBe('True');
  }, 240_000);
});
