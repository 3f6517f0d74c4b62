import { Services } from '../http';
import { ClusterFoundEnvironments } from '../kubernetes';
import { EnvironmentAccess } from '../services/access/EnvironmentAccess';
import { AuthorizedAdoptions } from '../services/adoptions/AuthorizedAdoptions';
import { DefaultAdoptions } from '../services/adoptions/DefaultAdoptions';
import { AuthorizedChanges } from '../services/changes/AuthorizedChanges';
import { AuthorizedDrift } from '../services/drift/AuthorizedDrift';
import { DefaultDrift } from '../services/drift/DefaultDrift';
import {
  AuthorizedEnvironments,
  DefaultEnvironments,
} from '../services/environments/DefaultEnvironments';
import { AuthorizedFleet } from '../services/fleet/AuthorizedFleet';
import { DefaultFleet } from '../services/fleet/DefaultFleet';
import { OpenChanges } from '../services/fleet/OpenChanges';
import { AuthorizedInventory } from '../services/inventory/AuthorizedInventory';
import { DefaultInventory } from '../services/inventory/DefaultInventory';
import { AuthorizedObjects } from '../services/objects/AuthorizedObjects';
import { DefaultObjects } from '../services/objects/DefaultObjects';
import { AuthorizedOperate } from '../services/operate/AuthorizedOperate';
import { DefaultOperate } from '../services/operate/DefaultOperate';
import {
  AuthorizedOperations,
  DefaultOperations,
} from '../services/operations/DefaultOperations';
import { AuthorizedPipelines } from '../services/pipelines/AuthorizedPipelines';
import { PipelinesService } from '../services/pipelines/PipelinesService';
import { AuthorizedPlans, DefaultPlans } from '../services/plans/DefaultPlans';
import { Settings } from '../settings';
import { Adapters } from './adapters';
import { Parts } from './parts';

/** The use cases, each behind its permissions. */
export function assembleServices(
  settings: Settings,
  adapters: Adapters,
  parts: Parts,
  pipelines: PipelinesService,
): Omit<Services, 'onboarding' | 'releases'> {
  const { stores, signals, host, writer, clusters, index } = adapters;
  const { access, ages, askers, facts, identities, planner, reads, states } =
    parts;
  const [{ repository }] = settings.sources;
  const gitops = settings.gitops.repository;
  const readOnly = settings.apply === 'gitops-only';
  const current = () => states.current();
  const environmentAccess = new EnvironmentAccess(access, states);
  const changes = new AuthorizedChanges(parts.changes, access, current, id =>
    parts.changes.filesOf(id),
  );
  return {
    adoptions: new AuthorizedAdoptions(
      new DefaultAdoptions({
        clusters,
        found: new ClusterFoundEnvironments(clusters),
        states,
        facts,
        planner,
        readOnly,
      }),
      access,
    ),
    changes,
    drift: new AuthorizedDrift(
      new DefaultDrift({
        drifts: stores.drifts,
        transactions: stores.transactions,
        environments: stores.environments,
        reads,
        index,
        states,
        facts,
        changes,
        timeline: stores.timeline,
        queue: stores.queue,
        signals,
        identities,
        readOnly,
      }),
      environmentAccess,
    ),
    objects: new AuthorizedObjects(
      new DefaultObjects({
        environments: stores.environments,
        reads,
        clusters,
        host,
        gitops,
      }),
      environmentAccess,
    ),
    operate: new AuthorizedOperate(
      new DefaultOperate({
        environments: stores.environments,
        clusters,
        drifts: stores.drifts,
        timeline: stores.timeline,
        queue: stores.queue,
        signals,
        identities,
        readOnly,
      }),
      environmentAccess,
    ),
    environments: new AuthorizedEnvironments(
      new DefaultEnvironments({
        reads,
        states,
        facts,
        approvals: stores.approvals,
        timeline: stores.timeline,
        queue: stores.queue,
        identities,
        askers,
        host,
        gitops,
        readOnly,
      }),
      access,
      states,
    ),
    fleet: new AuthorizedFleet(
      new DefaultFleet({
        reads,
        states,
        changes: new OpenChanges(
          host,
          [repository, gitops],
          stores.changeIntents,
        ),
        timeline: stores.timeline,
        approvals: stores.approvals,
        queue: stores.queue,
        sources: stores.sources,
        ages,
      }),
      access,
      identities,
      states,
    ),
    inventory: new AuthorizedInventory(
      new DefaultInventory(states, reads, ages),
      access,
      states,
    ),
    operations: new AuthorizedOperations(
      new DefaultOperations(
        stores.queue,
        stores.sources,
        ages,
        writer,
        identities,
        adapters.pullRequestHosts,
      ),
      access,
    ),
    pipelines: new AuthorizedPipelines(pipelines, access, states),
    plans: new AuthorizedPlans(new DefaultPlans(planner), access, current),
  };
}
