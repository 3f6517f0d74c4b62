import { resolveSafeChildPath } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import { listFiles } from './listFiles';
import { readWorkspaceFile, type WorkspaceFile } from './workspaceFile';

/** As many files as the backend takes in a skeleton. */
const MAX_FILES = 500;

/**
 * Reads the folder that becomes the first commit of a code repository. Git's
 * own folder stays behind: the commit is made anew.
 *
 * @internal
 */
export async function collectSkeleton(
  workspacePath: string,
  skeletonPath: string,
): Promise<WorkspaceFile[]> {
  const root = resolveSafeChildPath(workspacePath, skeletonPath);
  const paths = await listFiles(root, '.', { skip: ['.git'] });
  if (paths.length === 0) {
    throw new InputError(
      `The folder ${skeletonPath} of the workspace has no files. Fetch the skeleton into it in an earlier step, for example with fetch:template.`,
    );
  }
  if (paths.length > MAX_FILES) {
    throw new InputError(
      `The skeleton in ${skeletonPath} has ${paths.length} files; at most ${MAX_FILES} travel with a change request.`,
    );
  }
  return Promise.all(paths.map(path => readWorkspaceFile(root, path)));
}
