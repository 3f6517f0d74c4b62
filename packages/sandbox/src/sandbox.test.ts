import {
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  MERGE,
  Target,
  configMap,
  deployment,
  until,
} from '../conformance/target';
import { Sandbox, SandboxOptions, startSandbox } from '.';

const MAPS = '/api/v1/namespaces/default/configmaps';

describe('the sandbox', () => {
  let running: Sandbox[] = [];
  let folder: string;
  const errors: string[] = [];
  const logger = {
    debug() {},
    info() {},
    warn: (text: string) => errors.push(text),
    error: (text: string) => errors.push(text),
  };

  const start = async (options: Partial<SandboxOptions> = {}) => {
    const sandbox = await startSandbox({
      clusters: [{ name: 'one' }],
      logger,
      timings: { podStartMs: 20, podStopMs: 20 },
      ...options,
    });
    running.push(sandbox);
    return {
      sandbox,
      target: Target.to(sandbox.clusters[0].url, sandbox.clusters[0].token),
    };
  };

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'slipway-sandbox-state-'));
    errors.length = 0;
  });

  afterEach(async () => {
    await Promise.all(running.map(one => one.stop()));
    running = [];
    rmSync(folder, { recursive: true, force: true });
  });

  it('starts each cluster with objects, a token and a port of its own', async () => {
    const { sandbox } = await start({
      clusters: [{ name: 'one' }, { name: 'two', region: 'eu' }],
    });
    const [one, two] = sandbox.clusters;
    expect([one.name, two.name, two.region]).toEqual(['one', 'two', 'eu']);
    expect(one.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    await Target.to(one.url, one.token).post(MAPS, configMap('mine', {}));
    expect(
      (await Target.to(two.url, two.token).get(`${MAPS}/mine`)).status,
    ).toBe(404);
    expect((await Target.to(two.url, one.token).get(MAPS)).status).toBe(401);
  });

  it.each([
    [[], 'at least one cluster'],
    [[{ name: 'Big' }], 'is no DNS label'],
    [[{ name: 'a' }, { name: 'a' }], 'is there twice'],
  ])('refuses the clusters %j', async (clusters, message) => {
    await expect(startSandbox({ clusters })).rejects.toThrow(message);
  });

  it('fails to start on a port that is taken, and leaves nothing open', async () => {
    const { sandbox } = await start();
    const port = Number(new URL(sandbox.clusters[0].url).port);
    await expect(
      startSandbox({ clusters: [{ name: 'a' }, { name: 'b', port }] }),
    ).rejects.toThrow('EADDRINUSE');
  });

  it('answers 501 to what a real server has and it has not', async () => {
    const { target } = await start();
    for (const path of [
      '/apis/apps/v1/daemonsets',
      '/apis/apps/v1/namespaces/default/deployments/web/scale',
      '/api/v1/namespaces/default/pods/a/exec',
    ]) {
      const { status, body } = await target.get(path);
      expect([path, status, body.kind, body.reason]).toEqual([
        path,
        501,
        'Status',
        'NotImplemented',
      ]);
    }
    expect((await target.get('/apis/example.test/v1/things')).status).toBe(404);
  });

  it('warns where it stores what it does not carry out', async () => {
    const { target } = await start();
    const { headers } = await target.post(
      '/apis/admissionregistration.k8s.io/v1/validatingadmissionpolicies',
      {
        apiVersion: 'admissionregistration.k8s.io/v1',
        kind: 'ValidatingAdmissionPolicy',
        metadata: { name: 'p' },
        spec: {
          validations: [{ expression: 'true' }],
          matchConstraints: { resourceRules: [] },
        },
      },
    );
    expect(headers.warning).toContain('does not evaluate them');
  });

  describe('with a state folder', () => {
    it('keeps objects, tokens and the count of versions over a restart', async () => {
      const first = await start({ stateDir: folder });
      const map = (await first.target.post(MAPS, configMap('kept', { a: '1' })))
        .body;
      await first.target.post(
        '/apis/apps/v1/namespaces/default/deployments',
        deployment('web', undefined, { replicas: 1 }),
      );
      await until(
        () =>
          first.target.get('/apis/apps/v1/namespaces/default/deployments/web'),
        reply => reply.body.status.availableReplicas === 1,
      );
      const pods = (await first.target.get('/api/v1/namespaces/default/pods'))
        .body.items;
      await first.sandbox.stop();
      const second = await start({ stateDir: folder });
      expect(second.sandbox.clusters[0]).toMatchObject({
        token: first.sandbox.clusters[0].token,
        caData: first.sandbox.clusters[0].caData,
      });
      expect((await second.target.get(`${MAPS}/kept`)).body).toEqual(map);
      const again = (await second.target.get('/api/v1/namespaces/default/pods'))
        .body.items;
      expect(again.map((one: { metadata: object }) => one.metadata)).toEqual(
        pods.map((one: { metadata: object }) => one.metadata),
      );
      const newer = (
        await second.target.patch(`${MAPS}/kept`, MERGE, { data: { a: '2' } })
      ).body;
      expect(Number(newer.metadata.resourceVersion)).toBeGreaterThan(
        Number(map.metadata.resourceVersion),
      );
      const events = await second.target.watch(
        MAPS,
        { resourceVersion: map.metadata.resourceVersion, timeoutSeconds: 5 },
        seen => seen.length > 0,
      );
      expect(events[0]).toMatchObject({ type: 'ERROR', object: { code: 410 } });
    });

    it('lets only its owner read the file, which holds tokens', async () => {
      const { sandbox } = await start({ stateDir: folder });
      await sandbox.stop();
      expect(statSync(join(folder, 'one.json')).mode & 0o777).toBe(0o600);
      expect(readdirSync(folder)).toEqual(['one.json']);
    });

    it('starts empty when the file is broken, says so, and keeps the broken one', async () => {
      writeFileSync(join(folder, 'one.json'), '{"format":1,"snapsh');
      const { target } = await start({ stateDir: folder });
      expect((await target.get('/api/v1/namespaces')).status).toBe(200);
      expect(errors[0]).toMatch(
        /sandbox cluster one: its state can't be read .*the cluster starts empty, the file is now .*one\.json\.broken-\d+/,
      );
      const aside = readdirSync(folder).find(one => one.includes('broken'))!;
      expect(readFileSync(join(folder, aside), 'utf8')).toBe(
        '{"format":1,"snapsh',
      );
    });

    it('forgets everything on reset, and goes on counting', async () => {
      const { sandbox, target } = await start({ stateDir: folder });
      const { body } = await target.post(MAPS, configMap('gone', {}));
      await sandbox.reset();
      expect((await target.get(`${MAPS}/gone`)).status).toBe(404);
      const list = (await target.get(MAPS)).body;
      expect(Number(list.metadata.resourceVersion)).toBeGreaterThan(
        Number(body.metadata.resourceVersion),
      );
      expect(
        (
          await target.get(
            '/apis/argoproj.io/v1alpha1/namespaces/argocd/appprojects/default',
          )
        ).status,
      ).toBe(200);
    });
  });

  describe('with faults', () => {
    it('answers late', async () => {
      const { sandbox, target } = await start();
      sandbox.faults.set({ latencyMs: 150 });
      const before = Date.now();
      await target.get(MAPS);
      expect(Date.now() - before).toBeGreaterThanOrEqual(140);
    });

    it('fails with a status until it is told to stop', async () => {
      const { sandbox, target } = await start();
      sandbox.faults.set({ status: 503 }, 'one');
      const { status, body } = await target.get(MAPS);
      expect([status, body.reason]).toEqual([503, 'ServiceUnavailable']);
      sandbox.faults.set({});
      expect((await target.get(MAPS)).status).toBe(200);
    });

    it('fails a share of requests', async () => {
      const { sandbox, target } = await start();
      sandbox.faults.set({ errorRate: 0.5 });
      const codes = await Promise.all(
        Array.from({ length: 60 }, async () => (await target.get(MAPS)).status),
      );
      expect(new Set(codes)).toEqual(new Set([200, 500]));
    });

    it('cuts watches', async () => {
      const { sandbox, target } = await start();
      const watch = target
        .watch(MAPS, { resourceVersion: 0 }, () => false)
        .catch(() => 'cut');
      await new Promise(done => setTimeout(done, 100));
      sandbox.faults.set({ cutWatches: true });
      expect(await watch).toBeDefined();
    });

    it('freezes: no answer and no event, until the thaw', async () => {
      const { sandbox, target } = await start();
      const seen: number[] = [];
      const watch = target.watch(
        MAPS,
        { labelSelector: 'x=y' },
        () => seen.push(Date.now()) > 0,
      );
      await new Promise(done => setTimeout(done, 100));
      sandbox.faults.set({ freeze: true });
      let answered = false;
      const request = target
        .post(MAPS, configMap('late', {}, { labels: { x: 'y' } }))
        .then(reply => {
          answered = true;
          return reply.status;
        });
      await new Promise(done => setTimeout(done, 200));
      expect([answered, seen]).toEqual([false, []]);
      sandbox.faults.set({});
      expect(await request).toBe(201);
      expect((await watch)[0].object.metadata.name).toBe('late');
    });

    it('are set over HTTP by the administrator only, even while frozen', async () => {
      const { target } = await start();
      expect(
        (await target.put('/_sandbox/faults', { freeze: true })).body,
      ).toEqual({ freeze: true });
      expect(
        (await target.send('PUT', '/_sandbox/faults', {}, { token: null }))
          .status,
      ).toBe(403);
      expect((await target.delete('/_sandbox/faults')).body).toEqual({});
      const { status, body } = await target.put('/_sandbox/faults', {
        frozen: true,
      });
      expect([status, body.message]).toEqual([
        400,
        expect.stringContaining('allowed: latencyMs: number'),
      ]);
    });
  });
});
