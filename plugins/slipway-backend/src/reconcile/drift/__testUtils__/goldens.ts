import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parse } from 'yaml';
import type { KubernetesObject } from '../../../ports/Clusters';

const GOLDENS = resolve(
  __dirname,
  '../../../../../../packages/plan/src/__golden__',
);

/** Everything that the plans of the examples render, by example. */
export function goldens(): Array<{
  name: string;
  platform: KubernetesObject[];
  workload: KubernetesObject[];
}> {
  const read = (folder: string) =>
    readdirSync(folder)
      .filter(file => file.endsWith('.yaml'))
      .map(
        file =>
          parse(readFileSync(join(folder, file), 'utf8')) as KubernetesObject,
      );
  return readdirSync(GOLDENS).map(name => {
    const platform = read(join(GOLDENS, name, 'platform'));
    const workload = read(join(GOLDENS, name, 'workload'));
    const namespace = platform.find(({ kind }) => kind === 'Namespace')!;
    // Some examples are the same service in other surroundings; here each has a place of its own.
    const moved = (objects: KubernetesObject[]): KubernetesObject[] =>
      JSON.parse(
        JSON.stringify(objects).replaceAll(
          `"${namespace.metadata.name}"`,
          `"golden-${name}"`,
        ),
      );
    return { name, platform: moved(platform), workload: moved(workload) };
  });
}
