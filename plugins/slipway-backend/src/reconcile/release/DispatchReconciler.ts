import { ConflictError } from '@backstage/errors';
import { editFile } from '@slipway/plugin-slipway-common';
import type { GitHost, RepositoryRef } from '@slipway/plugin-slipway-node';
import {
  addedTo,
  contentAt,
  type Standing,
  standingAt,
} from '../../domain/changes/standing';
import { editsOf } from '../../domain/releases/dispatch';
import type { ReleaseStore, SpecDispatch } from '../../ports/ReleaseStore';
import type { TimelineEntry, TimelineStore } from '../../ports/TimelineStore';
import type { Outcome } from '../../ports/WorkQueue';
import type { ReconcileContext, Reconciler } from '../engine';

/** A conflict is solved by people; nothing tells when. */
const CONFLICT_LOOK_MS = 60_000;

/** How often an edit is made anew because the base or the change moved meanwhile. */
const ATTEMPTS = 5;

/** A description tells the last edits; the commits tell all. */
const MAX_DESCRIPTION = 10_000;

interface Options {
  host: GitHost;
  /** Where people declare. */
  repository: RepositoryRef;
  releases: Pick<ReleaseStore, 'dispatches' | 'forgetDispatches'>;
  timeline: TimelineStore;
}

/** What became of the edits that wait. */
interface Taken {
  /** `waiting`: the open change can't take them before somebody has solved its conflict. */
  state: 'done' | 'waiting';
  events: TimelineEntry[];
}

/**
 * Key `dispatch:<org>/<service>`: merges what came in from outside into the service's file, in the order in which it came,
 * and proposes it. The lease of the key makes it one at a time, on however many machines; an edit that comes in while the
 * change request is open is added to it, as it would be merged into the base of now.
 */
export class DispatchReconciler implements Reconciler {
  readonly prefix = 'dispatch';

  constructor(private readonly o: Options) {}

  async reconcile(context: ReconcileContext): Promise<Outcome> {
    const [organization, service] = context.key
      .slice('dispatch:'.length)
      .split('/');
    const waiting = await this.o.releases.dispatches(organization, service);
    if (waiting.length === 0) return { type: 'done' };
    const { state, events } = await this.proposeOnce(context, {
      title: `Edit ${organization}/${service} from outside`,
      path: `organizations/${organization}/services/${service}.yaml`,
      branch: `slipway/dispatch/${organization}/${service}`,
      waiting,
    });
    if (state === 'waiting') {
      await this.o.timeline.record(events);
      return { type: 'requeue', afterMs: CONFLICT_LOOK_MS };
    }
    await context.step('forget', async () => {
      await this.o.timeline.record(events);
      await this.o.releases.forgetDispatches(waiting.map(({ id }) => id));
    });
    return { type: 'done' };
  }

  /** Survives whoever moves the base or the change between the look and the proposal: it looks again. */
  private async proposeOnce(
    context: ReconcileContext,
    edit: Parameters<DispatchReconciler['propose']>[1],
  ): Promise<Taken> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.propose(context, edit);
      } catch (error) {
        if (!(error instanceof ConflictError) || attempt === ATTEMPTS)
          throw error;
      }
    }
  }

  private async propose(
    context: ReconcileContext,
    {
      title,
      path,
      branch,
      waiting,
    }: { title: string; path: string; branch: string; waiting: SpecDispatch[] },
  ): Promise<Taken> {
    const { host, repository } = this.o;
    const standing = await standingAt(host, repository, branch);
    const { change: open, conflicts } = standing;
    if (open && conflicts.length > 0) {
      return {
        state: 'waiting',
        events: waiting.map(dispatch => ({
          ...told(dispatch, {
            reason: 'DispatchWaits',
            title:
              `An edit from outside waits: change request #${open.number}, which it would be added to, conflicts with the base in ` +
              `${conflicts.join(', ')}. Solve that on ${branch}, or close it.`,
            changeId: open.id,
          }),
          dedupeKey: `dispatch/${dispatch.id}/waits`,
        })),
      };
    }
    const before = await contentAt(host, repository, standing, path);
    const events: TimelineEntry[] = [];
    const taken: SpecDispatch[] = [];
    let text = before;
    for (const dispatch of waiting) {
      const result =
        text === undefined
          ? { problems: [{ message: `${path} isn't there any more.` }] }
          : editFile(text, editsOf(dispatch.part, dispatch.spec), { path });
      if ('text' in result) {
        text = result.text;
        taken.push(dispatch);
      } else {
        events.push(
          told(dispatch, {
            reason: 'DispatchRefused',
            title: `An edit from outside was refused: ${result.problems[0].message}`,
          }),
        );
      }
    }
    let change = open;
    if (
      open &&
      text !== before &&
      (await this.isUndone(standing, path, text))
    ) {
      // A change request of nothing can't be; whoever reads it is told why it went.
      const undone = taken.map(dispatch =>
        told(dispatch, {
          reason: 'DispatchUndone',
          title: `An edit from outside takes back what was in change request #${open.number}, which is closed`,
          changeId: open.id,
        }),
      );
      await context.step('close', async () => {
        // First: once it is closed nothing says any more what the edit was for.
        await this.o.timeline.record(undone);
        await host.closeChange(repository, open.id);
      });
      return { state: 'done', events: [...events, ...undone] };
    }
    if (text !== undefined && text !== before) {
      const last = taken[taken.length - 1];
      const files = [{ path, content: text }];
      change = await context.step('propose', () =>
        host.openChange({
          repository,
          branch,
          title,
          description: describe(open?.description ?? '', taken),
          ...addedTo(standing, files),
          author: last.actor,
          gitAuthor: last.gitAuthor,
          trailers: {
            'Slipway-Idempotency-Key': taken.map(({ id }) => id).join(' '),
          },
        }),
      );
    }
    // Where nothing changes although a change is open, it is in it: a run that proposed it ended before it could say so.
    const proposed = change;
    if (proposed) {
      events.push(
        ...taken.map(dispatch =>
          told(dispatch, {
            reason: 'DispatchProposed',
            title: `Change request #${proposed.number} takes an edit from outside`,
            changeId: proposed.id,
          }),
        ),
      );
    }
    return { state: 'done', events };
  }

  /** Whether the base says all of it already. */
  private async isUndone(
    { base, files }: Standing,
    path: string,
    text: string | undefined,
  ): Promise<boolean> {
    if (files.some(file => file.path !== path)) return false;
    const { host, repository } = this.o;
    const untouched = { base, files: [], conflicts: [] };
    return text === (await contentAt(host, repository, untouched, path));
  }
}

function told(
  { id, organization, service, actor }: SpecDispatch,
  event: { reason: string; title: string; changeId?: string },
): TimelineEntry {
  return {
    subject: `service:${organization}/${service}`,
    type: 'spec.dispatched',
    actor,
    ...event,
    dedupeKey: `dispatch/${id}`,
  };
}

/** One line for each edit, the last ones last. */
function describe(known: string, taken: SpecDispatch[]): string {
  const lines = taken.map(({ part, spec, actor }) => {
    const where = part ? `${part.kind}[${part.name}]` : 'spec';
    return `- ${where}: ${Object.keys(spec).sort().join(', ')} (${actor})`;
  });
  const text = [...(known.trim() ? [known.trim()] : []), ...lines].join('\n');
  return text.slice(-MAX_DESCRIPTION);
}
