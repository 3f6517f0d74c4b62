import { ConflictError, NotFoundError } from '@backstage/errors';
import {
  ChangeState,
  HostedChange,
  RepositoryRef,
} from '@slipway/plugin-slipway-node';
import { ChangeStore } from '../ports/ChangeStore';
import {
  ChangeRefs,
  correctionOf,
  readChangeRefs,
  readRefsOf,
} from './changeTruth';
import { RefMovedError } from './errors';
import { GitRepository } from './GitRepository';
import { parseLocation, repositoryKey } from './location';
import { assertChangeId } from './names';
import { backoffMs, Pauses } from './retry';

/** How often an act is done again because somebody else moved a ref or the record in between. */
const MAX_ATTEMPTS = 8;

/** Somebody was faster with the record: look again. */
export class RecordMovedError extends ConflictError {}

/** The repository as records name it: one spelling, no credentials. */
export function storeKey(ref: RepositoryRef): RepositoryRef {
  return { url: repositoryKey(ref.url), branch: ref.branch };
}

/** The change as the caller gets it: with the repository's URL as the caller spells it, without credentials. */
function shown(ref: RepositoryRef, change: HostedChange): HostedChange {
  return {
    ...change,
    repository: {
      url: parseLocation(ref.url).url,
      branch: change.repository.branch,
    },
  };
}

/** A change and the repository that it is in, both as they are now. */
export interface FoundChange {
  repository: GitRepository;
  change: HostedChange;
}

/** The records of changes, held against Git whenever they are read. */
export class ChangeRecords {
  constructor(
    private readonly options: {
      store: ChangeStore;
      open: (url: string) => Promise<GitRepository>;
      pauses: Pauses;
    },
  ) {}

  /** As stored, for what does not depend on Git. `NotFoundError` also for a change of another repository. */
  async stored(ref: RepositoryRef, id: string): Promise<HostedChange> {
    assertChangeId(id);
    const change = await this.options.store.get(id);
    if (
      !change ||
      repositoryKey(change.repository.url) !== repositoryKey(ref.url)
    ) {
      throw new NotFoundError(
        `There is no change request ${id} in ${parseLocation(ref.url).url}.`,
      );
    }
    return change;
  }

  /** `shown` for whoever only looks, and need not wait for a remote. */
  async find(
    ref: RepositoryRef,
    id: string,
    purpose: 'shown' | 'acted-on' = 'acted-on',
  ): Promise<FoundChange> {
    const stored = await this.stored(ref, id);
    const repository = await this.options.open(ref.url);
    if (purpose === 'shown') await repository.catchUp(stored.headCommit);
    else await repository.refresh();
    return {
      repository,
      change: shown(
        ref,
        await this.#settled(
          repository,
          await readRefsOf(repository, stored),
          stored,
        ),
      ),
    };
  }

  /** All changes of the repository; the caller has refreshed it. */
  async all(
    repository: GitRepository,
    ref: RepositoryRef,
    state?: ChangeState,
  ): Promise<HostedChange[]> {
    const refs = await readChangeRefs(repository);
    const open = await this.options.store.list(storeKey(ref), {
      state: 'open',
    });
    const settled: HostedChange[] = [];
    for (const change of open) {
      settled.push(await this.#settled(repository, refs, change));
    }
    // With the open ones corrected the store can be asked for any state.
    const changes =
      state === 'open'
        ? settled
        : await this.options.store.list(
            storeKey(ref),
            state ? { state } : undefined,
          );
    return changes
      .filter(change => !state || change.state === state)
      .map(change => shown(ref, change));
  }

  /** Compare-and-swap on the record. */
  async update(
    change: HostedChange,
    patch: Parameters<ChangeStore['update']>[2],
  ): Promise<void> {
    if (
      !(await this.options.store.update(
        change.id,
        { headCommit: change.headCommit },
        patch,
      ))
    ) {
      throw new RecordMovedError(
        `Change ${change.id} was changed by somebody else meanwhile. Look at it again.`,
      );
    }
  }

  /** Does the step again, from its beginning, when a ref or a record moved under it; a counted number of times. */
  async retrying<T>(step: () => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await step();
      } catch (error) {
        const again =
          error instanceof RefMovedError || error instanceof RecordMovedError;
        if (!again || attempt >= MAX_ATTEMPTS) throw error;
        await this.options.pauses.sleep(
          backoffMs(attempt, this.options.pauses.random),
        );
      }
    }
  }

  /** The record after Git was asked; corrected in the store where Git knows better. */
  async #settled(
    repository: GitRepository,
    refs: ChangeRefs,
    change: HostedChange,
  ): Promise<HostedChange> {
    const correction = await correctionOf(repository, refs, change);
    if (!correction) return change;
    await this.update(change, correction);
    return (
      (await this.options.store.get(change.id)) ?? { ...change, ...correction }
    );
  }
}
