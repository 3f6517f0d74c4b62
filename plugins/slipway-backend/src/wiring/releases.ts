import type { Reconciler } from '../reconcile/engine';
import {
  AutomaticPromotionReconciler,
  promotedFrom,
} from '../reconcile/release/AutomaticPromotionReconciler';
import { DispatchReconciler } from '../reconcile/release/DispatchReconciler';
import { EnvironmentAccess } from '../services/access/EnvironmentAccess';
import { AuthorizedReleases } from '../services/releases/AuthorizedReleases';
import { DefaultReleases } from '../services/releases/DefaultReleases';
import { Dispatches } from '../services/releases/Dispatches';
import { Moves } from '../services/releases/Moves';
import { ReleasesService } from '../services/releases/ReleasesService';
import { ReleaseViews } from '../services/releases/ReleaseViews';
import { Revisions } from '../services/releases/Revisions';
import { Signatures } from '../services/releases/Signatures';
import { Settings } from '../settings';
import { Adapters } from './adapters';
import { Parts } from './parts';

/** Whom a release is by that was promoted by the clock. */
const SLIPWAY_ITSELF = 'user:default/slipway';

/** By then the record says what the watches have seen. */
const SETTLE_DELAY_MS = 2_000;

/** Releases: the use cases behind their permissions, what checks signatures, and what works on them by itself. */
export function assembleReleases(
  settings: Settings,
  { stores, signals, host }: Adapters,
  { access, facts, identities, reads, states }: Parts,
): {
  service: ReleasesService;
  signatures: Signatures;
  reconcilers: Reconciler[];
  /** Looks at what promotes by itself: from these environments, or from all. */
  look(environments?: string[]): Promise<void>;
} {
  const { environments, releases, timeline } = stores;
  const { toleranceMs, secrets } = settings.revisions;
  const { stage, target } = settings.gitops.delivery;
  const revisions = new Revisions({
    releases,
    environments,
    states,
    identities,
    signals,
  });
  const dispatches = new Dispatches({
    revisions,
    releases,
    states,
    // Taken from before until after its time.
    signatureLifeMs: 2 * toleranceMs,
  });
  const moves = new Moves({
    reads,
    states,
    facts,
    releases,
    host,
    gitops: settings.gitops.repository,
    target,
    ...(stage !== undefined && { stage }),
  });
  const views = new ReleaseViews({
    releases,
    reads,
    states,
    timeline,
    folders: moves.folders,
  });
  return {
    service: new AuthorizedReleases(
      new DefaultReleases({
        revisions,
        dispatches,
        moves,
        views,
        releases,
        timeline,
        signals,
        identities,
      }),
      access,
      new EnvironmentAccess(access, states),
      states,
      dispatches,
    ),
    signatures: Signatures.create({ secrets, toleranceMs }),
    reconcilers: [
      new DispatchReconciler({
        host,
        repository: settings.sources[0].repository,
        releases,
        timeline,
      }),
      new AutomaticPromotionReconciler({
        promotion: path => moves.view(path),
        states,
        releases,
        gitAuthor: settings.git.author,
        actor: SLIPWAY_ITSELF,
      }),
    ],
    async look(keys) {
      await stores.queue.mark(
        promotedFrom(await states.current(), keys),
        keys && { delayMs: SETTLE_DELAY_MS },
      );
    },
  };
}
