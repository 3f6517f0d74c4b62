import type { Remains } from '../../domain/environment/observation';
import type { KubernetesObject } from '../../ports/Clusters';
import { ROAD_BACK, type RemovedPart } from '../../ports/EnvironmentSummary';
import type { EnvironmentRun } from './EnvironmentRun';

/** What became of a part. What isn't there any more and was not taken away by a removal is `lost`. */
type Fate = 'there' | 'deleted' | 'given-back' | 'kept' | 'lost';

/** What a look at the remains has found of each part; one that it couldn't look at is missing. */
export type Fates = Partial<Record<RemovedPart, Fate>>;

type Looked = Extract<Remains, { state: 'looked' }>;

/** What a look says of each part in the clusters. */
export function fatesOf(
  run: EnvironmentRun,
  { application, project, objects, namespace }: Looked,
  found: {
    application: KubernetesObject | undefined;
    namespace: KubernetesObject | undefined;
  },
): Fates {
  const away = (there: KubernetesObject | undefined): Fate => {
    if (!run.adopted) return 'deleted';
    return there ? 'given-back' : 'lost';
  };
  const ofNamespace = (): Fate => {
    if (namespace === 'present') return 'there';
    if (namespace === 'kept') return 'kept';
    // Somebody has taken our labels off, or taken the name: that was no removal.
    if (namespace === 'foreign' && !run.adopted) return 'lost';
    return away(found.namespace);
  };
  return {
    application: application === 'present' ? 'there' : away(found.application),
    project: project === 'present' ? 'there' : 'deleted',
    objects: objects.length > 0 ? 'there' : 'deleted',
    namespace: ofNamespace(),
  };
}

/**
 * Tells what of a removal is over, and keeps what is not: what was there when it was recorded and isn't there now was
 * taken away, whoever was stopped between the two. Both get into the record by one write, so each part is told once.
 */
export async function tellRemoved(run: EnvironmentRun): Promise<void> {
  const { removing: before = [], ...summary } = run.summary;
  if (run.declared) {
    if (before.length > 0) run.later({ summary });
    return;
  }
  if (!run.fates) return;
  const fates = { ...run.fates, folder: await fateOfFolder(run) };
  const left: RemovedPart[] = [];
  for (const part of ROAD_BACK) {
    const fate = fates[part];
    const known = before.includes(part);
    if (fate === 'there' || (known && fate === undefined)) left.push(part);
    else if (known && fate !== undefined) await tell(run, part, fate);
  }
  if (left.length === 0 && before.length === 0) return;
  // What is taken away is not applied any more, and would be adopted anew.
  const { applied: _, adoption: __, ...rest } = summary;
  run.later({
    summary: { ...rest, ...(left.length > 0 && { removing: left }) },
  });
}

async function fateOfFolder(run: EnvironmentRun): Promise<Fate | undefined> {
  if (run.record.cluster === undefined) return undefined;
  const folder = await run.folder();
  if (folder.state !== 'read') return undefined;
  return folder.files.length > 0 ? 'there' : 'deleted';
}

async function tell(
  run: EnvironmentRun,
  part: RemovedPart,
  fate: Fate,
): Promise<void> {
  const title = titleOf(run, part, fate);
  if (!title) return;
  const commit = part === 'folder' ? await removingCommit(run) : undefined;
  run.tell({
    type: 'Declared',
    reason: 'Undeclared',
    title,
    ...(commit && { commit }),
    // A name that comes back may be removed again; each removal is of another generation.
    dedupeKey: `removed/${fate === 'kept' ? 'kept' : part}/${run.generation}`,
  });
}

function titleOf(
  run: EnvironmentRun,
  part: RemovedPart,
  fate: Fate,
): string | undefined {
  switch (`${part} ${fate}`) {
    case 'application deleted':
      return `Argo CD Application ${run.namespace} was deleted`;
    case 'application given-back':
      return `Argo CD Application ${run.applicationName} was given back; what it delivered stays`;
    case 'project deleted':
      return `AppProject ${run.ownName} was deleted`;
    case 'objects deleted':
      return 'Rights, limits and network policies were deleted';
    case 'namespace deleted':
      return `Namespace ${run.namespace} was deleted`;
    case 'namespace given-back':
      return `Namespace ${run.namespace} was given back`;
    case 'namespace kept':
      return `Namespace ${run.namespace} stays with ${run.keeps.join(', ')}`;
    case 'folder deleted':
      return 'Its folder was removed from the GitOps repository';
    default:
      return undefined;
  }
}

/** The commit that took the folder away: ours or, when a run ended before it could record it, Git's last. */
async function removingCommit(
  run: EnvironmentRun,
): Promise<string | undefined> {
  if (run.removedBy) return run.removedBy;
  const folder = await run.folder();
  if (folder.state !== 'read' || !folder.head) return undefined;
  try {
    const [last] = await run.o.host.log(run.o.gitops.repository, {
      to: folder.head,
      path: run.folderPath,
      limit: 1,
    });
    return last?.commit;
  } catch {
    // That it is gone is what has to be told; the line does without its commit.
    return undefined;
  }
}
