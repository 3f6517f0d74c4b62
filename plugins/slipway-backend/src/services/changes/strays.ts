import {
  ENVIRONMENT_FILE,
  type EnvironmentFile,
  type EnvironmentPlan,
  parseEnvironmentFile,
} from '@slipway/plan';
import type { Problem } from '@slipway/plugin-slipway-common';
import type { TreeFile } from '@slipway/plugin-slipway-node';
import type { FileEdit } from '../../domain/platform/PlatformState';

/** Where the chart is when the settings name no other folder. */
const CHART_FOLDER = 'charts/service';

const AGAIN =
  'Promote or roll back again: the change request is rendered anew on what is declared now. What is to be otherwise belongs in the spec; take the file out of the branch.';

/**
 * What a change brings into an environment's folder that nobody has judged: a file that is neither as in the base nor
 * as it is rendered. Argo CD would have synced it before any reconciler could put it back. Without a plan nothing is
 * rendered there, and a file may only go.
 */
export function strayFiles(
  name: { key: string; folder: string },
  changed: FileEdit[],
  plan: EnvironmentPlan | undefined,
  base: TreeFile[],
): Problem[] {
  const planned = new Map(
    plan?.files.map(({ path, content }) => [path, content]),
  );
  return changed.flatMap(({ path, content }) => {
    const wanted = planned.get(path);
    if ((content ?? undefined) === wanted) return [];
    const is =
      path === `${name.folder}/${ENVIRONMENT_FILE}` &&
      content !== null &&
      wanted !== undefined
        ? otherThanRelease(
            content,
            wanted,
            base.find(file => file.path === path)?.content,
          )
        : howAstray(content, wanted);
    if (is === undefined) return [];
    const file = path.slice(name.folder.length + 1);
    return [
      problemOf(
        path,
        `${file} of ${name.key} is not what Slipway renders for this spec and release: ${is}.`,
        AGAIN,
      ),
    ];
  });
}

/** What of a change lies in the folder of the chart that every environment of such a class is rendered with. */
export function strayChartFiles(
  changed: FileEdit[],
  folder = CHART_FOLDER,
): Problem[] {
  return changed
    .filter(({ path }) => path.startsWith(`${folder}/`))
    .map(({ path }) =>
      problemOf(
        path,
        `${path} belongs to the chart that environments are rendered with, which no change request changes.`,
        'Take it out of the branch. The platform team puts the chart of this version there with a commit of its own.',
      ),
    );
}

/** A problem of a file in the GitOps repository. */
export function problemOf(file: string, message: string, hint: string) {
  return {
    file,
    path: '',
    segments: [],
    code: 'conflict',
    severity: 'error',
    message,
    allowed: 'as in the base, or as it is rendered',
    hint,
  } satisfies Problem;
}

function howAstray(content: string | null, wanted: string | undefined) {
  if (content === null) return 'it is taken away';
  return wanted === undefined
    ? 'it renders no such file'
    : 'its content is another one';
}

/**
 * What `environment.yaml` says that neither the base nor the plan does; undefined where that is the release alone, which
 * the plan was made with: somebody may bring one without rendering anything, and Slipway renders after the merge.
 */
function otherThanRelease(
  content: string,
  wanted: string,
  base: string | undefined,
): string | undefined {
  let file: EnvironmentFile;
  try {
    file = parseEnvironmentFile(content);
  } catch (error) {
    return (error as Error).message;
  }
  const known = [wanted, ...(base === undefined ? [] : [base])].map(
    parseEnvironmentFile,
  );
  const fields = new Set([file, ...known].flatMap(it => Object.keys(it)));
  const astray = [...fields].filter(field => {
    const of = (it: EnvironmentFile) =>
      JSON.stringify(it[field as keyof EnvironmentFile]);
    return field !== 'release' && !known.some(it => of(it) === of(file));
  });
  return astray.length > 0 ? `it says another ${astray.join(', ')}` : undefined;
}
