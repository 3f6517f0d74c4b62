import type { ConditionDraft } from './decision';
import type { Remains } from './observation';
import { clusterAway, some, stopped } from './stationParts';

/** The sentence of a removal that is under way. */
export function removing(remains: Remains): ConditionDraft {
  const type = 'Declared';
  const status = 'False';
  switch (remains.state) {
    case 'unreachable':
      return clusterAway(
        type,
        `Removal waits: ${remains.message}`,
        remains.credentials,
      );
    case 'refused':
      return { type, status, reason: 'ApplyRefused', message: remains.message };
    case 'git-unavailable':
      return {
        type,
        status,
        reason: 'GitUnavailable',
        message: remains.message,
      };
    default:
      return remains.handedOver && waitsForItsFolder(remains)
        ? stopped(type, remains.handedOver)
        : {
            type,
            status,
            reason: 'Undeclared',
            message: removalStep(remains),
          };
  }
}

/** Whether all but its folder in Git is gone. */
function waitsForItsFolder(
  remains: Extract<Remains, { state: 'looked' }>,
): boolean {
  const { application, project, objects, namespace, folder } = remains;
  if (folder === 'handed-over' && application === 'present')
    return remains.generated === true;
  return (
    folder === 'handed-over' &&
    application === 'gone' &&
    project === 'gone' &&
    objects.length === 0 &&
    namespace !== 'present' &&
    namespace !== 'deleting'
  );
}

function removalStep(remains: Extract<Remains, { state: 'looked' }>): string {
  const { application, project, objects, namespace, folder } = remains;
  if (application === 'present') {
    return remains.generated && folder === 'present'
      ? 'Removing its folder from the GitOps repository, so that Argo CD makes no Application of it.'
      : 'Deleting the Argo CD Application.';
  }
  if (application === 'deleting') {
    return 'Argo CD deletes what it had applied.';
  }
  if (project !== 'gone') return 'Deleting the Argo CD AppProject.';
  if (objects.length > 0)
    return `Deleting ${some(objects.map(name => `${name}.`))}`;
  if (namespace === 'deleting') return 'The namespace is being deleted.';
  if (namespace === 'present') return 'Deleting the namespace.';
  if (folder === 'present')
    return 'Removing its folder from the GitOps repository.';
  return 'Giving its host names back.';
}

export function removed(keeps: string[]): ConditionDraft {
  return keeps.length > 0
    ? {
        type: 'Declared',
        status: 'False',
        reason: 'Retained',
        message: `Removed; the namespace stays with ${keeps.join(', ')}.`,
      }
    : {
        type: 'Declared',
        status: 'False',
        reason: 'Removed',
        message: 'Removed with everything that was in it.',
      };
}
