import type { EpisodeKind } from '../../domain/episodes';
import type { PlatformState } from '../../domain/platform/PlatformState';
import type { EnvironmentRecord } from '../../ports/EnvironmentStore';

/**
 * Whom an episode concerns: the approvers of the class while something waits for them, else the owner of the service
 * or, where no file names it any more, of its organization.
 */
export function recipientsOf(
  kind: EpisodeKind,
  environment: string,
  record: EnvironmentRecord | undefined,
  state: PlatformState,
): string[] {
  const [organization, service] = environment.split('/');
  const owner =
    state.service(organization, service)?.spec.owner ??
    (record?.summary as { owner?: string } | undefined)?.owner ??
    state.organization(organization)?.spec.owner;
  const approvers =
    kind === 'approval' && record
      ? (state.class(record.class)?.spec.approval.groups ?? [])
      : [];
  if (approvers.length > 0) return approvers;
  return owner ? [owner] : [];
}
