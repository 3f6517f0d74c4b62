import { ENVIRONMENT_FILE, parseEnvironmentFile } from '@slipway/plan';
import type { Release } from '@slipway/plugin-slipway-common';
import type {
  GitHost,
  RepositoryRef,
  TreeFile,
} from '@slipway/plugin-slipway-node';
import { releaseId, workloadsOf } from '../../domain/releases/release';

/** Commits of an environment.yaml that are looked through for a release that the database doesn't know. */
const HISTORY = 50;

/** What Git says of an environment's folder, now and before. */
export class FolderReads {
  constructor(
    private readonly host: GitHost,
    private readonly repository: RepositoryRef,
  ) {}

  /** The files as they are on the branch, and the release among them. */
  async now(
    folder: string,
  ): Promise<{ files: TreeFile[]; release: Release | undefined }> {
    const head = await this.host.head(this.repository);
    const files = head
      ? await this.host.readFiles(this.repository, {
          commit: head,
          prefixes: [`${folder}/`],
        })
      : [];
    return { files, release: releaseIn(files, folder) };
  }

  /**
   * A release that ran here once, found by its id: Git remembers what a database may have lost, or never knew because
   * the spec pinned it.
   */
  async before(
    folder: string,
    of: { organization: string; service: string; id: string },
  ): Promise<{ release: Release; at: string; author: string } | undefined> {
    const path = `${folder}/${ENVIRONMENT_FILE}`;
    const commits = await this.host.log(this.repository, {
      path,
      limit: HISTORY,
    });
    for (const { commit, at, author } of commits) {
      const files = await this.host.readFiles(this.repository, {
        commit,
        prefixes: [path],
      });
      const release = releaseIn(files, folder);
      if (
        release &&
        releaseId(of.organization, of.service, workloadsOf(release)) === of.id
      )
        return { release, at, author: author.name };
    }
    return undefined;
  }
}

function releaseIn(files: TreeFile[], folder: string): Release | undefined {
  const file = files.find(
    ({ path }) => path === `${folder}/${ENVIRONMENT_FILE}`,
  );
  if (!file) return undefined;
  try {
    return parseEnvironmentFile(file.content).release;
  } catch {
    // Changed by hand; the reconciler says so and puts it back.
    return undefined;
  }
}
