import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { apply, call, withCluster } from '../../__testUtils__/realCluster';
import type { KubernetesObject } from '../../types';
import { filledIn } from './filledIn';
import { EXPORTED_KINDS } from './kinds';

const GOLDEN = join(__dirname, '../../__golden__');

/** Fields that are there now and weren't written, as `parent.field`; items of lists have no parent. */
function added(sent: unknown, got: unknown, parent = ''): string[] {
  if (Array.isArray(got)) {
    return got.flatMap((item, index) =>
      added((sent as unknown[])?.[index], item),
    );
  }
  if (got === null || typeof got !== 'object') return [];
  return Object.entries(got).flatMap(([field, value]) => {
    const there = (sent as Record<string, unknown> | undefined)?.[field];
    return there === undefined
      ? [`${parent}.${field}`]
      : added(there, value, field);
  });
}

withCluster('fields that a real API server fills in', () => {
  const name = `filled-in-${Date.now().toString(36)}`;

  beforeAll(() =>
    apply(
      { apiVersion: 'v1', kind: 'Namespace', metadata: { name } },
      { dryRun: false },
    ),
  );
  afterAll(() => call('DELETE', `/api/v1/namespaces/${name}`));

  it.each(readdirSync(GOLDEN))(
    'are all known, so that no rule is exported that asks for them: %s',
    async golden => {
      const objects = ['platform', 'workload'].flatMap(part =>
        readdirSync(join(GOLDEN, golden, part))
          .filter(file => file.endsWith('.yaml'))
          .map(file =>
            parse(readFileSync(join(GOLDEN, golden, part, file), 'utf8')),
          ),
      ) as KubernetesObject[];
      const unknown = new Set<string>();
      for (const object of objects) {
        if (
          !object.metadata.namespace ||
          !EXPORTED_KINDS.some(({ kind }) => kind === object.kind)
        ) {
          continue;
        }
        const sent = {
          ...object,
          metadata: { ...object.metadata, namespace: name },
        };
        const answer = await apply(sent, { dryRun: true });
        if (!answer) continue;
        expect(answer.status).toBeLessThan(300);
        for (const path of added(sent, answer.body)) {
          const [parent, field] = path.split('.');
          if (!filledIn(field, parent)) unknown.add(`${object.kind} ${path}`);
        }
      }
      expect([...unknown]).toEqual([]);
    },
    60_000,
  );
});
