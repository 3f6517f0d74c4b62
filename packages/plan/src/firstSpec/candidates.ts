/** A file is read up to this size; what people write by hand is far smaller. @public */
export const MANIFEST_MAX_BYTES = 256 * 1024;
/** So many files of a repository are read. @public */
export const MANIFEST_MAX_FILES = 60;

const COMPOSE = /(^|\/)(docker-)?compose\.ya?ml$/;
const COMPOSE_OTHER = /(^|\/)(docker-)?compose\.[^/]+\.ya?ml$/;
/** Folders in which no repository keeps what runs it. */
const ELSEWHERE =
  /(^|\/)(node_modules|vendor|\.git|\.github|\.gitlab|\.tekton|testdata|fixtures|__tests__|tests?|examples?|docs?)\//;
const LIKELY =
  /(^|\/)(k8s|kubernetes|kube|manifests?|deploy|deployment|deployments|infra|gitops|argocd|ops)\//;

/** How a file of a repository is treated, by its name alone. */
export type FileRole =
  'kubernetes' | 'compose' | 'compose-override' | 'kustomize' | 'helm';

/** What the files of a repository may tell, the likeliest first. @public */
export interface ManifestCandidates {
  /** To be read. */
  read: string[];
  /** Not to be read, and why. */
  left: Array<{ path: string; why: string }>;
}

const NOT_READ: Record<'compose-override' | 'kustomize' | 'helm', string> = {
  'compose-override':
    'it changes another compose file, and which of them count is known to who starts them',
  kustomize:
    'what Kustomize makes of its files is not read; they are read one by one, as they stand',
  helm: 'it is a template of a Helm chart; run `helm template` and put the result into a branch to have it read',
};

/**
 * Which files of a repository are worth reading, by their paths.
 *
 * @public
 */
export function manifestCandidates(
  paths: readonly string[],
): ManifestCandidates {
  const charts = paths.flatMap(path => {
    const found = /^(.*\/)?Chart\.ya?ml$/.exec(path);
    return found ? [found[1] ?? ''] : [];
  });
  const left: ManifestCandidates['left'] = [];
  const read: Array<{ path: string; rank: number }> = [];
  for (const path of [...paths].sort()) {
    if (ELSEWHERE.test(path)) continue;
    const role = roleOf(path, charts);
    if (role === undefined) continue;
    if (role !== 'kubernetes' && role !== 'compose') {
      left.push({ path, why: NOT_READ[role] });
      continue;
    }
    read.push({ path, rank: rankOf(path, role) });
  }
  read.sort((one, other) => one.rank - other.rank);
  for (const { path } of read.slice(MANIFEST_MAX_FILES)) {
    left.push({
      path,
      why: `only ${MANIFEST_MAX_FILES} files of a repository are read, those in folders such as k8s/ and deploy/ first`,
    });
  }
  return {
    read: read.slice(0, MANIFEST_MAX_FILES).map(({ path }) => path),
    left,
  };
}

function roleOf(path: string, charts: readonly string[]): FileRole | undefined {
  if (!/\.ya?ml$/.test(path)) return undefined;
  if (/(^|\/)kustomization\.ya?ml$/.test(path)) return 'kustomize';
  if (charts.some(folder => path.startsWith(`${folder}templates/`)))
    return 'helm';
  // A chart's own values and description say nothing by themselves.
  if (/(^|\/)(Chart|values[^/]*)\.ya?ml$/.test(path)) return undefined;
  if (COMPOSE.test(path)) return 'compose';
  if (COMPOSE_OTHER.test(path)) return 'compose-override';
  return 'kubernetes';
}

function rankOf(path: string, role: FileRole): number {
  const depth = path.split('/').length;
  if (role === 'compose') return depth;
  return (LIKELY.test(path) ? 10 : 100) + depth;
}
