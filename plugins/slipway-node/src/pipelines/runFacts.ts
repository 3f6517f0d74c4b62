import type { WatchedObject } from '../live/LiveKind';

/**
 * Where pipelines put what they build, most specific first. Slipway's words, then those of Pipelines as Code and the
 * catalog of Tekton, which Argo Workflows' users follow, too.
 */
const METADATA = {
  repository: [
    'slipway.dev/repository',
    'pipelinesascode.tekton.dev/repo-url',
    'pipelinesascode.tekton.dev/source-repo-url',
  ],
  revision: [
    'slipway.dev/revision',
    'pipelinesascode.tekton.dev/sha',
    'tekton.dev/revision',
    'backstage.io/revision',
  ],
  branch: [
    'slipway.dev/branch',
    'pipelinesascode.tekton.dev/source-branch',
    'pipelinesascode.tekton.dev/branch',
  ],
};

const PARAMETERS = {
  repository: [
    'repository',
    'repo',
    'repo-url',
    'repo_url',
    'repoURL',
    'git-url',
    'git-repo-url',
    'url',
  ],
  revision: [
    'revision',
    'git-revision',
    'commit',
    'commit-sha',
    'commit_sha',
    'sha',
  ],
  branch: ['branch', 'git-branch', 'ref'],
};

/**
 * What a run was made from, as far as labels, annotations and parameters tell.
 *
 * @public
 */
export interface RunFacts {
  repository?: string;
  revision?: string;
  branch?: string;
}

/**
 * Reads {@link RunFacts} from a run's labels, annotations and parameters.
 *
 * @public
 */
export function runFacts(
  object: WatchedObject,
  parameters: Array<{ name?: unknown; value?: unknown }>,
): RunFacts {
  const { labels = {}, annotations = {} } = object.metadata;
  const fact = (which: keyof RunFacts): string | undefined =>
    METADATA[which]
      .map(name => annotations[name] ?? labels[name])
      .find(Boolean) ??
    PARAMETERS[which]
      .map(name => parameters.find(one => one.name === name)?.value)
      .find((value): value is string => typeof value === 'string' && !!value);
  const repository = fact('repository');
  const revision = fact('revision');
  const branch = fact('branch')?.replace(/^refs\/heads\//, '');
  return {
    ...(repository && { repository }),
    ...(revision && { revision }),
    ...(branch && { branch }),
  };
}
