import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseAllDocuments } from 'yaml';
import type { KubernetesObject } from '../../types';

const ROOT = join(__dirname, '../../../../..');

/** The chart under test. */
export const CHART = join(ROOT, 'infra/charts/service');

let binary: string | undefined;

/** The helm that the benchmarks use, unpacked once; `SLIPWAY_HELM` names another one. */
export function helmBinary(): string {
  binary ??=
    process.env.SLIPWAY_HELM ??
    execFileSync(
      process.execPath,
      [
        '--input-type=module',
        '-e',
        `import { helm } from ${JSON.stringify(pathToFileURL(join(ROOT, 'packages/dev/src/lib/helm.ts')).href)}; process.stdout.write(await helm());`,
      ],
      { encoding: 'utf8', env: { ...process.env, NODE_OPTIONS: '' } },
    );
  return binary;
}

/** What `helm template` says to values. */
export function helmTemplate(
  values: object,
  ...options: string[]
): { objects: KubernetesObject[]; error: string } {
  const folder = mkdtempSync(join(tmpdir(), 'slipway-chart-'));
  try {
    const file = join(folder, 'values.yaml');
    writeFileSync(file, JSON.stringify(values));
    const { status, stdout, stderr } = spawnSync(
      helmBinary(),
      ['template', 'release', CHART, '-f', file, ...options],
      { encoding: 'utf8', maxBuffer: 1 << 26 },
    );
    if (status !== 0) return { objects: [], error: stderr };
    const documents = parseAllDocuments(stdout);
    return {
      objects: [...documents]
        .map(document => {
          if (document.errors.length > 0) throw document.errors[0];
          return document.toJS() as KubernetesObject | null;
        })
        .filter(object => object !== null),
      error: '',
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
