import type { LoggerService } from '@backstage/backend-plugin-api';
import type { GitHost, RepositoryRef } from '@slipway/plugin-slipway-node';
import { createHash } from 'node:crypto';
import { redact } from '../../domain/redact';
import type { EnvironmentStore } from '../../ports/EnvironmentStore';
import type { EnvironmentSummary } from '../../ports/EnvironmentSummary';
import { LeaseLostError } from '../../ports/LeaseLostError';
import type { Outcome, WorkQueue } from '../../ports/WorkQueue';
import type { ReconcileContext, Reconciler } from '../engine';

/** The one key of the reconciler. */
export const GITOPS_KEY = 'gitops:head';

/** Every commit of ours carries it. */
const OURS = 'Slipway-Idempotency-Key';

/** More commits than this between two looks are looked at as if somebody else had made one of them. */
const LOOK_BACK = 200;

/** The branch as it was looked at last. */
interface Seen {
  head: string;
  /** Folder → digest of everything in it. */
  folders: Map<string, string>;
}

interface Options {
  host: GitHost;
  repository: RepositoryRef;
  environments: EnvironmentStore;
  queue: WorkQueue;
  /** How often the head is asked for. */
  pollMs: number;
  logger: LoggerService;
}

/**
 * Key `gitops:head`: finds environments whose rendered files somebody else has changed, and has them reconciled at
 * once. What happened while no process looked is found when each environment is looked at anew by itself.
 */
export class GitopsReconciler implements Reconciler {
  readonly prefix = 'gitops';
  /** A cache: without it, as after a start, the first look is where comparing begins. */
  private seen: Seen | undefined;

  constructor(private readonly o: Options) {}

  async reconcile(context: ReconcileContext): Promise<Outcome> {
    const again: Outcome = { type: 'requeue', afterMs: this.o.pollMs };
    try {
      const head = await context.step('head', () =>
        this.o.host.head(this.o.repository),
      );
      if (!head || head === this.seen?.head) return again;
      const { edited, seen } = await context.step('compare', () =>
        this.look(head),
      );
      if (edited.length > 0) {
        this.o.logger.info(
          `GitOps repository at ${head.slice(0, 7)}: somebody changed ${edited.join(', ')}`,
        );
        await this.o.queue.mark(edited.map(key => `environment:${key}`));
      }
      // Last: what could not be marked is found again.
      this.seen = seen;
    } catch (error) {
      // A lost lease or a shutdown says nothing about the repository.
      if (error instanceof LeaseLostError || context.signal.aborted)
        throw error;
      const message = error instanceof Error ? error.message : String(error);
      this.o.logger.warn(
        `Hand edits of the GitOps repository can't be looked for; they are found later: ${redact(message)}`,
      );
    }
    return again;
  }

  /** Environments whose folder differs from the last look, unless all that happened since is ours. */
  private async look(head: string): Promise<{ edited: string[]; seen: Seen }> {
    const records = await this.o.environments.list();
    const keys = new Map(
      records.flatMap(({ key, summary }) => {
        const folder = (summary as Partial<EnvironmentSummary> | undefined)
          ?.folder;
        return folder ? [[folder, key] as const] : [];
      }),
    );
    const folders = await this.folders(head, keys);
    const before = this.seen;
    const foreign = before && (await this.hasForeign(before.head, head));
    const seen = { head, folders };
    if (!before || !foreign) return { edited: [], seen };
    const edited = [...keys]
      .filter(
        ([folder]) =>
          // A folder that nobody has seen before is new, and its environment under way.
          before.folders.has(folder) &&
          before.folders.get(folder) !== folders.get(folder),
      )
      .map(([, key]) => key);
    return { edited, seen };
  }

  private async folders(
    commit: string,
    keys: ReadonlyMap<string, string>,
  ): Promise<Map<string, string>> {
    const entries = await this.o.host.listFiles(this.o.repository, { commit });
    const hashes = new Map<string, ReturnType<typeof createHash>>();
    for (const { path, blob, mode } of entries) {
      const folder = folderOf(path, keys);
      if (folder === undefined) continue;
      let hash = hashes.get(folder);
      if (!hash) hashes.set(folder, (hash = createHash('sha256')));
      hash.update(`${mode} ${blob} ${path}\n`);
    }
    return new Map(
      [...hashes].map(([folder, hash]) => [folder, hash.digest('base64url')]),
    );
  }

  private async hasForeign(from: string, to: string): Promise<boolean> {
    try {
      const commits = await this.o.host.log(this.o.repository, {
        from,
        to,
        limit: LOOK_BACK,
      });
      return (
        commits.length >= LOOK_BACK ||
        commits.some(({ trailers }) => !trailers[OURS])
      );
    } catch {
      // The branch was rewritten, so what was there before is no ancestor any more.
      return true;
    }
  }
}

function folderOf(
  path: string,
  folders: ReadonlyMap<string, string>,
): string | undefined {
  for (
    let at = path.lastIndexOf('/');
    at > 0;
    at = path.lastIndexOf('/', at - 1)
  ) {
    const folder = path.slice(0, at);
    if (folders.has(folder)) return folder;
  }
  return undefined;
}
