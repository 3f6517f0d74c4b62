import { resolveSafeChildPath } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import {
  parsePlatformPath,
  type ApiPlanRequest,
} from '@slipway/plugin-slipway-common';
import { listFiles } from './listFiles';
import { readWorkspaceFile } from './workspaceFile';

/** The folders of a platform repository; nothing else is looked at. */
const FOLDERS = ['organizations', 'classes', 'quotas', 'policies'];

/** As many files as the backend takes in one change. */
const MAX_FILES = 200;

/** A file of the platform repository as it would be; without content it is removed. @internal */
export type FileChange = ApiPlanRequest['files'][number];

/** Which files of the workspace belong to the platform repository. @internal */
export interface PlatformFilesInput {
  /** The folder of the workspace that stands for the repository's root. */
  targetPath?: string;
  /** Only these, relative to that folder. Absent: all that are there. */
  files?: string[];
  /** Files of the repository that are removed. */
  removePaths?: string[];
}

/**
 * Collects the workspace's platform files, in the order of their paths.
 *
 * @internal
 */
export async function collectPlatformFiles(
  workspacePath: string,
  { targetPath = '.', files, removePaths = [] }: PlatformFilesInput,
): Promise<FileChange[]> {
  const root = resolveSafeChildPath(workspacePath, targetPath);
  const written = files ?? (await findPlatformFiles(root));
  for (const path of [...written, ...removePaths]) {
    assertPlatformPath(path);
  }
  const both = written.filter(path => removePaths.includes(path));
  if (both.length > 0) {
    throw new InputError(
      `${both.join(', ')}: written and removed in the same change. Decide for one.`,
    );
  }
  const changes: FileChange[] = [
    ...(await Promise.all(
      [...new Set(written)].map(async path => {
        const { content } = await readWorkspaceFile(root, path);
        return { path, content };
      }),
    )),
    ...[...new Set(removePaths)].map(path => ({ path })),
  ].sort((a, b) => (a.path < b.path ? -1 : 1));
  if (changes.length === 0) {
    throw new InputError(
      `There are no platform files in ${targetPath === '.' ? 'the workspace' : `${targetPath} of the workspace`}. Write one in an earlier step, for example with slipway:servicespec:write.`,
    );
  }
  if (changes.length > MAX_FILES) {
    throw new InputError(
      `${changes.length} platform files are more than the ${MAX_FILES} that fit into one change request; split them.`,
    );
  }
  return changes;
}

async function findPlatformFiles(root: string): Promise<string[]> {
  const found = await Promise.all(
    FOLDERS.map(folder => listFiles(root, folder)),
  );
  return found.flat();
}

function assertPlatformPath(path: string): void {
  if (!parsePlatformPath(path)) {
    throw new InputError(
      `${JSON.stringify(path)} is no path of a platform repository. Allowed are organizations/<organization>/organization.yaml, organizations/<organization>/{services,bindings}/<name>.yaml and {classes,quotas,policies}/<name>.yaml.`,
    );
  }
}
