import { createHash } from 'node:crypto';
import { NotFoundError, ServiceUnavailableError } from '@backstage/errors';
import type { GitAuthor, RepositoryRef } from '@slipway/plugin-slipway-node';
import {
  deliveryStage,
  type DeliveryStage,
} from '../../domain/platform/deliveryStage';
import type { EnvironmentRun } from './EnvironmentRun';

/** Where branches of deliveries begin when nothing is set. */
export const BRANCH_PREFIX = 'slipway/deliver/';

/** Longest branch name that holds the environment's name; a longer one holds a hash. */
const BRANCH_MAX = 120;

/** A file as it was found somewhere; `omitted` when it can't be the one that is planned. */
export interface FoundFile {
  path: string;
  content: string;
  omitted?: string;
}

/** What the folder is to hold, and what is said about it. */
export interface Handing {
  files: Array<{ path: string; content: string }>;
  title: string;
  gitAuthor: GitAuthor;
  trailers: Record<string, string>;
  idempotencyKey: string;
}

/** A place before the GitOps repository, at which a delivery can be told to stop. */
export interface Place {
  stage: Exclude<DeliveryStage, 'change-request'>;
  /** As the sentence of the station names it. */
  where: string;
  /** What it holds of the environment's folder. */
  read(): Promise<FoundFile[]>;
  /** Makes it hold exactly these files. Safe to repeat. */
  put(handing: Handing): Promise<void>;
}

/** How far this environment is delivered; one that goes away has no class that could ask for less. */
export function stageOf(run: EnvironmentRun): DeliveryStage {
  const mode = run.class?.spec.delivery.mode ?? 'direct';
  return deliveryStage(mode, run.o.gitops.delivery?.stage);
}

/** What is pushed to and what change requests are against: the GitOps repository, unless told otherwise. */
export function targetOf({ o }: EnvironmentRun): RepositoryRef {
  return o.gitops.delivery?.target ?? o.gitops.repository;
}

/** The branch of this environment's deliveries. */
export function branchOf(run: EnvironmentRun): string {
  const prefix = run.o.gitops.delivery?.branchPrefix ?? BRANCH_PREFIX;
  const name = `${prefix}${run.key}`;
  return name.length <= BRANCH_MAX
    ? name
    : `${prefix}${createHash('sha256').update(JSON.stringify(run.key)).digest('hex').slice(0, 32)}`;
}

/** The place at which the delivery stops; undefined where it goes all the way. */
export function placeOf(run: EnvironmentRun): Place | undefined {
  const { repository } = run.o.gitops;
  const target = targetOf(run);
  switch (stageOf(run)) {
    case 'write':
      return folderOnDisk(run);
    case 'commit':
      return localClone(run);
    case 'branch':
      return pushedBranch(run, target);
    default:
      return target.url === repository.url &&
        target.branch === repository.branch
        ? undefined
        : elsewhere(run, target);
  }
}

function folderOnDisk(run: EnvironmentRun): Place {
  const folder = required(run.o.gitops.delivery?.folder, 'write');
  return {
    stage: 'write',
    where: `${folder.where}/${run.folderPath}`,
    read: () => folder.read(run.folderPath),
    put: ({ files }) => folder.write(run.folderPath, files),
  };
}

function localClone(run: EnvironmentRun): Place {
  const clone = required(run.o.gitops.delivery?.clone, 'commit');
  return {
    stage: 'commit',
    where: `the branch "${clone.repository.branch}" of ${clone.where}`,
    async read() {
      await clone.refresh();
      return filesOf(run, clone.repository);
    },
    put: handing => write(run, clone.repository, handing),
  };
}

function pushedBranch(run: EnvironmentRun, target: RepositoryRef): Place {
  const { host } = run.o;
  const branch = { url: target.url, branch: branchOf(run) };
  return {
    stage: 'branch',
    where: `the branch "${branch.branch}"`,
    read: () => filesOf(run, branch),
    async put({ files, title, gitAuthor, trailers, idempotencyKey }) {
      const base = await host.head(target);
      if (!base) {
        throw new ServiceUnavailableError(
          `The GitOps repository has no commit on "${target.branch}" yet, so no branch can begin there.`,
        );
      }
      const there = [
        ...(await filesOf(run, branch)),
        ...(await filesOf(run, target)),
      ].map(({ path }) => path);
      const keeps = new Set(files.map(({ path }) => path));
      await host.commit({
        repository: branch,
        base,
        files: [
          ...files,
          ...[...new Set(there)]
            .filter(path => !keeps.has(path))
            .map(path => ({ path, content: null })),
        ],
        message: title,
        gitAuthor,
        trailers: { ...trailers, 'Slipway-Idempotency-Key': idempotencyKey },
      });
    },
  };
}

/** Another repository or branch than Argo CD reads: somebody else brings it from there. */
function elsewhere(run: EnvironmentRun, target: RepositoryRef): Place {
  return {
    stage: 'push',
    where: `the branch "${target.branch}" of the delivery's remote`,
    read: () => filesOf(run, target),
    put: handing => write(run, target, handing),
  };
}

async function write(
  run: EnvironmentRun,
  repository: RepositoryRef,
  handing: Handing,
): Promise<void> {
  await run.o.writer.write({ repository, folder: run.folderPath, ...handing });
}

/** The environment's folder at the head of a branch; a branch that isn't there holds nothing. */
async function filesOf(
  run: EnvironmentRun,
  repository: RepositoryRef,
): Promise<FoundFile[]> {
  const { host } = run.o;
  const head = await host.head(repository).catch(unlessAbsent);
  if (!head) return [];
  return host.readFiles(repository, {
    commit: head,
    prefixes: [run.folderPath],
  });
}

function unlessAbsent(error: Error): undefined {
  if (!(error instanceof NotFoundError) && error.name !== 'NotFoundError')
    throw error;
}

function required<T>(place: T | undefined, stage: DeliveryStage): T {
  if (!place)
    throw new Error(`The stage '${stage}' has no place that it ends at`);
  return place;
}
