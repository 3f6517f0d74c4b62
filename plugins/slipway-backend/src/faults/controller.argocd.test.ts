import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTestDatabases } from '../database/__testUtils__/databases';
import { realArgoCD } from '../reconcile/environment/__testUtils__/realArgocd';
import { PortalWithArgoCD } from './__testUtils__/PortalWithArgoCD';
import { killToRestart, until } from './__testUtils__/processes';

const databases = createTestDatabases();
const given = realArgoCD();

(given ? describe : describe.skip)('the card, when the real Argo CD', () => {
  let on: PortalWithArgoCD;

  beforeEach(() => on.synced());
  beforeAll(async () => {
    on = await PortalWithArgoCD.start({
      given: given!,
      databases,
      name: 'faults',
    });
    await on.declare(1);
    await on.delivered(1);
  }, 180_000);
  afterAll(() => on?.stop(), 120_000);

  /** It is called silent, and not for a moment what nobody has found. */
  const silent = () =>
    until(
      async () => {
        const said = await on.condition('Synced');
        expect(said?.status).not.toBe('False');
        return said?.reason === 'ArgoCDSilent' && said;
      },
      { seconds: 90, what: 'it is called silent', everyMs: 200 },
    );

  /** What other suites left: whose repositories are gone, Argo CD takes long to let go of. */
  async function forgetOthers(): Promise<void> {
    const kind = {
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'Application',
    };
    const all = await on.hub.list(kind, { namespace: 'argocd' });
    for (const { metadata, spec } of all) {
      const { destination } = spec as { destination: { namespace: string } };
      if (destination.namespace.startsWith(`${on.organization}--`)) continue;
      const ref = { ...kind, name: metadata.name, namespace: 'argocd' };
      await on.hub.mergePatch(ref, { metadata: { finalizers: null } });
      await on.hub.delete(ref, { propagation: 'Background' });
    }
  }

  it('has its controller frozen, is not called out of sync but not known, with what it said last, until it is back', async () => {
    const pid = given!.argocd.pids['argocd-application-controller'];
    process.kill(pid, 'SIGSTOP');
    try {
      expect(await silent()).toMatchObject({
        status: 'Unknown',
        message: expect.stringMatching(
          /^Argo CD has not compared it since 2.*; last known: Synced at [0-9a-f]{7}\.$/,
        ),
      });
      // The cluster itself is heard.
      expect((await on.card()).source!.state).toBe('live');
    } finally {
      process.kill(pid, 'SIGCONT');
    }
    await on.synced();
  }, 240_000);

  it('loses its kind Application with all that it made, says where to install it, and delivers again when it is back', async () => {
    const kind = {
      apiVersion: 'apiextensions.k8s.io/v1',
      kind: 'CustomResourceDefinition',
    };
    const ref = { ...kind, name: 'applications.argoproj.io' };
    const definition = (await on.hub.get(ref))!;
    const { name, labels, annotations } = definition.metadata;
    await forgetOthers();
    await on.hub.delete(ref);
    try {
      await until(async () => (await on.hub.get(ref)) === undefined, {
        seconds: 120,
        what: 'the kind is gone',
      });
      const said = await on.says(
        'Provisioned',
        ({ reason }) => reason === 'ArgoCDMissing',
        150,
      );
      expect(said.message).toContain("The cluster 'hub' does not serve");
    } finally {
      await on.hub.apply({
        ...kind,
        metadata: { name, labels, annotations },
        spec: definition.spec,
      });
    }
    await on.delivered(1, 150);
  }, 400_000);

  it('has its controller killed, keeps what it said, and delivers what was declared meanwhile when it is started again', async () => {
    const { pids } = given!.argocd;
    const { restartBeside } = await killToRestart(
      pids['argocd-application-controller'],
      join(tmpdir(), `argocd-controller-${process.pid}.log`),
    );
    try {
      await silent();
      await on.declare(2);
      await on.says('Committed', ({ status }) => status === 'True');
      expect((await on.condition('Synced'))!.status).not.toBe('True');
      expect((await on.deployment()).replicas).toBe(1);
    } finally {
      // Suites after this one need it, too.
      restartBeside(pids['argocd-server']);
    }
    await on.delivered(2);
  }, 240_000);
});
