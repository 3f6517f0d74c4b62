import { NotFoundError } from '@backstage/errors';
import type { BitbucketApi } from './BitbucketApi';

/** More than this are asked for anew. */
const MAX_KNOWN = 5_000;
const FULL = 40;

/** Bitbucket shows commits of pull requests by their first twelve characters; what they stand for never changes. */
export class FullHashes {
  readonly #known = new Map<string, string>();

  /** `repository` is `<workspace>/<slug>`. What is not there any more, such as a fork that was deleted, stays short. */
  async of(
    api: BitbucketApi,
    repository: string,
    hash: string,
  ): Promise<string> {
    if (hash.length >= FULL || !hash) return hash;
    const key = `${repository}@${hash}`;
    const known = this.#known.get(key);
    if (known) return known;
    try {
      const commit = await api.ask<{ hash: string }>({
        act: `show commit ${hash} of ${repository}`,
        path: ['repositories', ...repository.split('/'), 'commit', hash],
      });
      for (const oldest of this.#known.keys()) {
        if (this.#known.size < MAX_KNOWN) break;
        this.#known.delete(oldest);
      }
      this.#known.set(key, commit.hash);
      return commit.hash;
    } catch (error) {
      if (error instanceof NotFoundError) return hash;
      throw error;
    }
  }
}
