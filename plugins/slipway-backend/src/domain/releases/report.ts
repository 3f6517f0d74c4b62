import { InputError } from '@backstage/errors';
import {
  resolveEnvironment,
  type ServiceSpec,
} from '@slipway/plugin-slipway-common';
import type { ReleasedWorkload } from './release';

/** A revision that was built, as somebody tells of it. */
export interface Report {
  revision: string;
  digest?: string;
  branch?: string;
  repository?: string;
  workloads?: string[];
  environments?: string[];
}

/** A workload in an environment. */
export interface Target {
  environment: string;
  workload: string;
}

/** Where a report goes, by what is declared. */
export interface Targets {
  /** What the report makes of each workload that takes it. */
  workloads: ReleasedWorkload[];
  targets: Target[];
  ignored: Array<Target & { reason: string }>;
}

/** Where the code of an organization is. */
export interface CodePlaces {
  /** Owner of the repositories that are named without one. */
  namespace: string;
  /** Repositories that are bound to the organization, and the branch of each whose commits count. */
  bound: Array<{ repository: string; branch: string }>;
}

/** SHA-1 or SHA-256, in full: a short one could become ambiguous, and a branch or tag moves. */
const REVISION = /^([0-9a-f]{40}|[0-9a-f]{64})$/;
const DIGEST = /^(?:(?<repository>[^@\s]+)@)?(?<digest>sha256:[0-9a-f]{64})$/;

/** Reads what can be wrong with a report whatever is declared. Throws InputError that says what is allowed. */
export function checkReport({ revision, digest }: Report): {
  revision: string;
  digest?: string;
  image?: string;
} {
  if (!REVISION.test(revision)) {
    throw new InputError(
      `'${revision}' is no commit; a revision is the full SHA of the commit that was built, 40 (or 64) hexadecimal digits in lower case. ` +
        'In GitHub Actions that is $GITHUB_SHA.',
    );
  }
  if (digest === undefined) return { revision };
  const found = DIGEST.exec(digest)?.groups;
  if (!found) {
    throw new InputError(
      `'${digest}' is no digest of an image; allowed is sha256: and 64 hexadecimal digits, or the image with it as in registry/name@sha256:….`,
    );
  }
  return {
    revision,
    digest: found.digest,
    // A tag before the digest says nothing more.
    ...(found.repository && {
      image: found.repository.replace(/:[^:/]+$/, ''),
    }),
  };
}

/**
 * Which workloads of which environments a report is for. Where it can't be meant for anything, it says so by an
 * InputError; where it is only not for one of them, that one is named with the reason.
 */
export function targetsOf(
  spec: ServiceSpec,
  report: Report,
  code: CodePlaces,
): Targets {
  const { revision, digest, image } = checkReport(report);
  const environments = spec.spec.environments.map(({ name }) => name);
  const workloads = spec.spec.workloads.map(({ name }) => name);
  assertKnown('workload', report.workloads, workloads, spec);
  assertKnown('environment', report.environments, environments, spec);
  const result: Targets = { workloads: [], targets: [], ignored: [] };
  const released = new Set<string>();
  let foreignImage: string | undefined;
  for (const { name: environment, promoteFrom } of spec.spec.environments) {
    if (report.environments && !report.environments.includes(environment))
      continue;
    for (const workload of resolveEnvironment(spec, environment)!.workloads) {
      if (report.workloads && !report.workloads.includes(workload.name))
        continue;
      const target = { environment, workload: workload.name };
      const otherwise = otherImage(workload.image.repository, image);
      foreignImage ??= otherwise;
      const unfit =
        otherSource(workload.source, report, code) ??
        otherwise ??
        (workload.image.revision !== undefined
          ? `The spec pins image.revision ${workload.image.revision}.`
          : undefined);
      // What can only be promoted is a release all the same.
      if (unfit === undefined) released.add(workload.name);
      const reason =
        unfit ??
        (promoteFrom !== undefined
          ? `${environment} takes its releases from ${promoteFrom}; promote it there.`
          : undefined);
      if (reason === undefined) result.targets.push(target);
      else result.ignored.push({ ...target, reason });
    }
  }
  // The digest of another image is a mistake, or worse: nothing that a pipeline should pass over in silence.
  if (foreignImage !== undefined && released.size === 0)
    throw new InputError(foreignImage);
  result.workloads = [...released].map(name => ({
    name,
    revision,
    ...(digest !== undefined && { digest }),
  }));
  return result;
}

function assertKnown(
  what: string,
  named: string[] | undefined,
  known: string[],
  spec: ServiceSpec,
): void {
  const stranger = named?.find(name => !known.includes(name));
  if (stranger !== undefined) {
    throw new InputError(
      `${spec.spec.organization}/${spec.metadata.name} has no ${what} '${stranger}'; there ${known.length === 1 ? 'is' : 'are'} ${known.join(', ') || 'none'}.`,
    );
  }
}

function otherImage(
  repository: string,
  image: string | undefined,
): string | undefined {
  return image !== undefined && image !== repository
    ? `The digest is of the image ${image}; the workload runs ${repository}.`
    : undefined;
}

function otherSource(
  source: { repository: string; branch: string } | undefined,
  { branch, repository }: Report,
  { namespace, bound }: CodePlaces,
): string | undefined {
  if (!source) return undefined;
  const own = pathOf(source.repository, namespace);
  // The repository of a fork has the same name and another owner.
  if (repository !== undefined && pathOf(repository, namespace) !== own)
    return `It is built from ${source.repository}, not from ${repository}.`;
  const binding = bound.find(it => pathOf(it.repository, namespace) === own);
  const branches = new Set([source.branch, binding?.branch ?? source.branch]);
  // Whoever doesn't say what was built may have built anything.
  if (branch === undefined) {
    return `It is built from the branch ${[...branches].join(' or ')}, and the report names none; send branch (or git.branch), the branch that was built.`;
  }
  const named = branch.replace(/^refs\/heads\//, '');
  return branches.has(named)
    ? undefined
    : `It is built from the branch ${[...branches].join(' or ')}, not from ${named}.`;
}

/** `owner/name` of a repository that is named so, by its name alone, or by a URL. */
function pathOf(repository: string, namespace: string): string {
  const path = repository
    .replace(/^[a-z+]+:\/\/[^/]*\//i, '')
    .replace(/^[^/@]+@[^:/]+:/, '')
    .replace(/\/+$/, '')
    .replace(/\.git$/, '')
    .toLowerCase();
  return path.includes('/') ? path : `${namespace.toLowerCase()}/${path}`;
}
