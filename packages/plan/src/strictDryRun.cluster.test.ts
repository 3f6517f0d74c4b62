import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { parse } from 'yaml';
import { modestInput } from './__testUtils__/arbitraryInputs';
import { apply, call, FULL, withCluster } from './__testUtils__/realCluster';
import { planEnvironment } from './planEnvironment';
import type { KubernetesObject } from './types';

/**
 * Every object of every golden case and of generated specs, judged by a real API server: server-side apply as a dry run
 * with strict field validation. Kinds whose CRD isn't installed there are counted, not judged. Warnings count as
 * refusals: with Pod Security `restricted` on the namespace one says what of a Pod's template would be refused.
 */
const GOLDEN = join(__dirname, '__golden__');
/** Argo CD chose this name before Kubernetes asked for a path in it. */
const KNOWN_WARNING = /^metadata\.finalizers: "resources-finalizer\.argocd/;
/** Cluster and hub are one here. */
const ARGOCD = 'argocd';
const GENERATED = FULL ? 500 : 100;

function objectsOf(name: string): KubernetesObject[] {
  return ['platform', 'workload'].flatMap(part => {
    let files: string[] = [];
    try {
      files = readdirSync(join(GOLDEN, name, part));
    } catch {
      return [];
    }
    return files
      .filter(file => file.endsWith('.yaml'))
      .map(file => parse(readFileSync(join(GOLDEN, name, part, file), 'utf8')));
  });
}

withCluster('what plan() renders, before a real API server', () => {
  const cases = readdirSync(GOLDEN);
  const made = new Set<string>();
  let judged = 0;
  let denied = 0;
  const unknown = new Set<string>();

  /** The namespaces of a plan are there as it wants them, with what they enforce. */
  async function prepare(objects: KubernetesObject[]): Promise<void> {
    const wanted = objects.filter(({ kind }) => kind === 'Namespace');
    const hub = {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: ARGOCD },
    };
    for (const namespace of [hub, ...wanted]) {
      const { name } = namespace.metadata;
      if (made.has(name)) continue;
      made.add(name);
      const answer = await apply(namespace, { dryRun: false });
      expect(answer?.body.message).toBeUndefined();
    }
  }

  /** What the server says against objects. */
  async function refusals(objects: KubernetesObject[]): Promise<string[]> {
    const refused: string[] = [];
    for (const object of objects) {
      const answer = await apply(object, { dryRun: true });
      const name = `${object.kind} ${object.metadata.name}`;
      if (!answer) unknown.add(`${object.apiVersion}/${object.kind}`);
      else if (answer.status >= 300)
        refused.push(`${name}: ${answer.body.message}`);
      else judged += 1;
      refused.push(
        ...(answer?.warnings ?? [])
          .filter(text => !KNOWN_WARNING.test(text))
          .map(text => `${name} warns: ${text}`),
      );
    }
    return refused;
  }

  afterAll(async () => {
    for (const name of made) {
      if (name !== ARGOCD) await call('DELETE', `/api/v1/namespaces/${name}`);
    }
    process.stdout.write(
      `${judged} objects passed a strict dry run, ${denied} generated plans were denied before; not served there: ${
        [...unknown].sort().join(', ') || 'nothing'
      }\n`,
    );
  });

  it.each(cases)(
    'takes every object of %s',
    async name => {
      const objects = objectsOf(name);
      await prepare(objects);
      expect(await refusals(objects)).toEqual([]);
    },
    120_000,
  );

  it(`takes every object of ${GENERATED} generated specs that plan() doesn’t deny`, async () => {
    const seed = Number(process.env.SLIPWAY_TEST_SEED ?? Date.now() % 2 ** 31);
    process.stdout.write(`seed of the generated specs: ${seed}\n`);
    let runs = 0;
    await fc.assert(
      fc.asyncProperty(modestInput, async input => {
        const plan = planEnvironment(input);
        runs += 1;
        const blocked =
          plan.problems.length > 0 ||
          plan.verdicts.some(
            ({ pack, result }) => pack === 'slipway' && result === 'deny',
          );
        if (blocked) {
          denied += 1;
          return;
        }
        const objects = plan.objects.map(({ object }) => object);
        await prepare(objects);
        expect(await refusals(objects)).toEqual([]);
      }),
      { numRuns: GENERATED, seed, endOnFailure: !FULL },
    );
    // Most of them have to come so far, or the others prove little.
    expect(denied / runs).toBeLessThan(0.5);
  }, 600_000);
});
