import type { PlainGitHost } from '../git';
import { WorkingFolder } from '../git';
import type { DeliverySettings } from '../reconcile/environment';
import type { Settings } from '../settings';

/** How far deliveries go, with the places on disk that they may end at. */
export function deliveryOf(
  { gitops: { delivery } }: Settings,
  host: PlainGitHost,
): DeliverySettings {
  const { stage, directory, target, branchPrefix } = delivery;
  return {
    target,
    ...(stage && { stage }),
    ...(branchPrefix && { branchPrefix }),
    ...(stage === 'write' && { folder: WorkingFolder.at(directory!) }),
    ...(stage === 'commit' && {
      clone: {
        repository: { url: directory!, branch: target.branch },
        where: directory!,
        refresh: () => host.refreshClone(target, directory!),
      },
    }),
  };
}
