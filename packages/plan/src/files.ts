import { InputError } from '@backstage/errors';
import type { Release, RenderedFile } from '@slipway/plugin-slipway-common';
import { parseAllDocuments } from 'yaml';
import { compareText, sortBy, toYaml } from './canonical';
import {
  objectsOfValues,
  parseChartValues,
  VALUES_FILE,
} from './chart/fromValues';
import type { ChartValuesInput } from './chart/values';
import {
  ENVIRONMENT_FILE,
  parseEnvironmentFile,
  renderEnvironmentFile,
  type EnvironmentFile,
} from './environmentFile';
import type {
  EnvironmentPlan,
  KubernetesObject,
  RenderedObject,
} from './types';

/** Keeps the folder there when nothing is rendered, as Argo CD fails without it. */
const KEEP = '.gitkeep';

/** Where the file of an object is, below the environment's folder. @internal */
export function objectPath(
  folder: string,
  part: RenderedObject['part'],
  object: KubernetesObject,
): string {
  return `${folder}/${part}/${object.kind.toLowerCase()}-${object.metadata.name}.yaml`;
}

/** Where the values of the chart are. @internal */
export function valuesPath(folder: string): string {
  return `${folder}/workload/${VALUES_FILE}`;
}

/** Order in which a reader wants objects, and in which they are applied. @internal */
export function orderObjects(objects: RenderedObject[]): RenderedObject[] {
  return [...objects].sort(
    (a, b) =>
      compareText(a.part, b.part) ||
      kindRank(a.object) - kindRank(b.object) ||
      compareText(a.path, b.path),
  );
}

const KIND_ORDER = [
  'Namespace',
  'ResourceQuota',
  'LimitRange',
  'ServiceAccount',
  'RoleBinding',
  'NetworkPolicy',
  'AppProject',
  'Application',
];

function kindRank({ kind }: KubernetesObject): number {
  const index = KIND_ORDER.indexOf(kind);
  return index < 0 ? KIND_ORDER.length : index;
}

/** What an environment is delivered as, where that isn't rendered objects and an Application of its own. @internal */
export interface Delivery extends Pick<
  EnvironmentFile,
  'chart' | 'application'
> {
  /** Instead of the objects of `workload/`. */
  values?: ChartValuesInput;
}

/** All files of an environment. @internal */
export function renderFiles(
  plan: Pick<
    EnvironmentPlan,
    | 'organization'
    | 'service'
    | 'environment'
    | 'class'
    | 'cluster'
    | 'folder'
    | 'objects'
    | 'rendererVersion'
    | 'digest'
  >,
  release: Release,
  { values, chart, application }: Delivery = {},
): RenderedFile[] {
  const { organization, service, folder } = plan;
  const objects = plan.objects.filter(
    ({ part }) => part === 'platform' || values === undefined,
  );
  const contents: Array<{ path: string; object: object }> = [
    ...objects,
    ...(values ? [{ path: valuesPath(folder), object: values }] : []),
  ];
  const files = contents.map(({ path, object }) => ({
    path,
    content: toYaml(
      object,
      `Rendered by Slipway from ServiceSpec ${organization}/${service}: change that, not this file.`,
    ),
  }));
  const empty = !contents.some(({ path }) =>
    path.startsWith(`${folder}/workload/`),
  );
  return [
    {
      path: `${folder}/${ENVIRONMENT_FILE}`,
      content: renderEnvironmentFile({ ...plan, release, chart, application }),
    },
    ...sortBy(files, ({ path }) => path),
    ...(empty ? [{ path: `${folder}/workload/${KEEP}`, content: '' }] : []),
  ];
}

/**
 * The state of an environment as its folder in the GitOps repository says.
 *
 * @public
 */
export interface RenderedEnvironment {
  file?: EnvironmentFile;
  objects: Array<Pick<RenderedObject, 'object' | 'part' | 'path'>>;
  files: RenderedFile[];
}

/**
 * Reads what was rendered before. Files are paths and contents of one
 * environment's folder; files that Slipway doesn't write are left out. Throws
 * an InputError that names a file that somebody broke.
 *
 * @public
 */
export function readRenderedFiles(
  files: readonly RenderedFile[],
): RenderedEnvironment {
  const result: RenderedEnvironment = { objects: [], files: [] };
  for (const file of files) {
    const [part, name] = file.path.split('/').slice(-2);
    if (name === ENVIRONMENT_FILE) {
      result.file = parseEnvironmentFile(file.content);
      result.files.push(file);
    } else if (part === 'platform' || part === 'workload') {
      result.files.push(file);
      if (name === VALUES_FILE) {
        const { path } = file;
        const objects = objectsOfValues(parseChartValues(file.content));
        result.objects.push(
          ...objects.map(object => ({ part, path, object }) as const),
        );
      } else if (name.endsWith('.yaml')) {
        result.objects.push({
          part,
          path: file.path,
          object: readObject(file),
        });
      }
    }
  }
  return result;
}

function readObject({ path, content }: RenderedFile): KubernetesObject {
  const documents = parseAllDocuments(content);
  const document = 'empty' in documents ? undefined : documents[0];
  const value: unknown =
    documents.length === 1 && document?.errors.length === 0
      ? document.toJS({ maxAliasCount: 0 })
      : undefined;
  if (!isObject(value)) {
    throw new InputError(
      `${path} was changed by hand and is no single Kubernetes object any more. Put it back, or let Slipway render it again.`,
    );
  }
  return value;
}

function isObject(value: unknown): value is KubernetesObject {
  const object = value as Partial<KubernetesObject> | null | undefined;
  return (
    typeof object?.apiVersion === 'string' &&
    typeof object.kind === 'string' &&
    typeof object.metadata?.name === 'string'
  );
}
