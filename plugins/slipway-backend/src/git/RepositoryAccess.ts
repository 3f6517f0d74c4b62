import { promises as fs } from 'node:fs';
import path from 'node:path';
import { NotAllowedError } from '@backstage/errors';
import { GitRepository } from './GitRepository';
import { GitCredentials, parseLocation, RepositoryLocation } from './location';
import { LocalRepository } from './LocalRepository';
import { MirroredRepository } from './MirroredRepository';
import { GitTools } from './GitTools';

/** The folder with its links resolved, as far as it exists. */
async function realPath(folder: string): Promise<string> {
  try {
    return await fs.realpath(folder);
  } catch {
    const parent = path.dirname(folder);
    return parent === folder
      ? folder
      : path.join(await realPath(parent), path.basename(folder));
  }
}

function isWithin(root: string, folder: string): boolean {
  const relative = path.relative(root, folder);
  return (
    relative !== '' && !relative.startsWith('..') && !path.isAbsolute(relative)
  );
}

/** A reconcile opens the same repository a dozen times; links are looked at anew for whoever comes this much later. */
const CHECKED_MS = 1_000;

/** Decides which repositories may be touched at all, and opens them. */
export class RepositoryAccess {
  readonly #checked = new Map<string, number>();
  readonly #mirrors = new Map<string, MirroredRepository>();

  constructor(
    private readonly options: {
      git: GitTools;
      cacheDir: string;
      localRoots: string[];
      remoteHosts?: string[];
      credentials?: (url: string) => Promise<GitCredentials | undefined>;
    },
  ) {}

  /** Without touching the disk; `open` looks closer. */
  allows(location: RepositoryLocation): boolean {
    if (location.kind === 'remote') {
      return this.options.remoteHosts?.includes(location.host) ?? true;
    }
    return this.options.localRoots.some(root =>
      isWithin(path.resolve(root), location.path),
    );
  }

  /** Throws `NotAllowedError` for a repository outside of what the configuration allows. */
  async assertAllowed(location: RepositoryLocation): Promise<void> {
    if (!this.allows(location)) {
      const allowed =
        location.kind === 'remote'
          ? (this.options.remoteHosts ?? [])
          : this.options.localRoots;
      throw new NotAllowedError(
        `The repository ${location.url} is outside of what is allowed (${allowed.join(', ') || 'nothing is'}). ` +
          `Use one of those, or extend the configuration.`,
      );
    }
    if (location.kind === 'local') {
      const checked = this.#checked.get(location.path) ?? -Infinity;
      if (performance.now() - checked < CHECKED_MS) return;
      // A link inside an allowed folder must not lead out of it.
      const real = await realPath(location.path);
      const roots = await Promise.all(
        this.options.localRoots.map(root => realPath(path.resolve(root))),
      );
      if (!roots.some(root => isWithin(root, real))) {
        throw new NotAllowedError(
          `The repository ${location.url} leads out of the allowed folders through a link.`,
        );
      }
      this.#checked.set(location.path, performance.now());
    }
  }

  async open(url: string): Promise<GitRepository> {
    const location = parseLocation(url);
    await this.assertAllowed(location);
    if (location.kind === 'local') {
      return LocalRepository.at(this.options.git, location.path);
    }
    // Keyed with the credentials: who may not read the remote must not read its mirror through somebody else's.
    const key = JSON.stringify([location.key, location.credentials]);
    let mirror = this.#mirrors.get(key);
    if (!mirror) {
      const { git, cacheDir, credentials } = this.options;
      mirror = MirroredRepository.create({
        git,
        cacheDir,
        location,
        credentials: async () =>
          location.credentials ?? credentials?.(location.url),
      });
      this.#mirrors.set(key, mirror);
    }
    return mirror;
  }
}
