import { editFile } from '@slipway/plugin-slipway-common';
import type {
  GitHost,
  HostedChange,
  RepositoryRef,
} from '@slipway/plugin-slipway-node';
import { editsOf } from '../../domain/releases/dispatch';
import type { ReleaseStore, SpecDispatch } from '../../ports/ReleaseStore';
import type { TimelineEntry, TimelineStore } from '../../ports/TimelineStore';
import type { Outcome } from '../../ports/WorkQueue';
import type { ReconcileContext, Reconciler } from '../engine';

interface Options {
  host: GitHost;
  /** Where people declare. */
  repository: RepositoryRef;
  releases: Pick<ReleaseStore, 'dispatches' | 'forgetDispatches'>;
  timeline: TimelineStore;
}

/**
 * Key `dispatch:<org>/<service>`: merges what came in from outside into the service's file, in the order in which it came,
 * and proposes it. The lease of the key makes it one at a time, on however many machines; an edit that comes in while the
 * change request is open is added to it.
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
    const path = `organizations/${organization}/services/${service}.yaml`;
    const branch = `slipway/dispatch/${organization}/${service}`;
    const { host, repository } = this.o;
    const open = (await host.listChanges(repository, { state: 'open' })).find(
      change => change.branch === branch,
    );
    const before = await this.read(path, open?.headCommit);
    const events: TimelineEntry[] = [];
    let text = before;
    const taken: SpecDispatch[] = [];
    const proposed = ({ number, id }: HostedChange) =>
      events.push(
        ...taken.map(dispatch =>
          told(dispatch, {
            reason: 'DispatchProposed',
            title: `Change request #${number} takes an edit from outside`,
            changeId: id,
          }),
        ),
      );
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
    if (text !== undefined && text !== before) {
      const last = taken[taken.length - 1];
      const change = await context.step('propose', () =>
        host.openChange({
          repository,
          branch,
          title: `Edit ${organization}/${service} from outside`,
          description: taken.map(describe).join('\n'),
          files: [{ path, content: text }],
          author: last.actor,
          gitAuthor: last.gitAuthor,
          trailers: {
            'Slipway-Idempotency-Key': taken.map(({ id }) => id).join(' '),
          },
        }),
      );
      proposed(change);
    } else if (open) {
      // The edit is in it: it was proposed by a run that ended before it could say so.
      proposed(open);
    }
    await context.step('forget', async () => {
      await this.o.timeline.record(events);
      await this.o.releases.forgetDispatches(waiting.map(({ id }) => id));
    });
    return { type: 'done' };
  }

  private async read(
    path: string,
    commit: string | undefined,
  ): Promise<string | undefined> {
    const { host, repository } = this.o;
    const at = commit ?? (await host.head(repository));
    if (!at) return undefined;
    const files = await host.readFiles(repository, {
      commit: at,
      prefixes: [path],
    });
    return files.find(file => file.path === path)?.content;
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

function describe({ part, spec, actor }: SpecDispatch): string {
  const where = part ? `${part.kind}[${part.name}]` : 'spec';
  return `- ${where}: ${Object.keys(spec).sort().join(', ')} (${actor})`;
}
