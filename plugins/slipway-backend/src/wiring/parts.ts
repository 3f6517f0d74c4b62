import { DEFAULT_PRICES, type GitOpsTarget } from '@slipway/plan';
import { assertBranch, assertFiles } from '../git';
import { ClusterFoundEnvironments } from '../kubernetes';
import { Access } from '../services/access/Access';
import { slipwayResourceRef } from '../services/access/rules';
import { Askers } from '../services/Askers';
import { DefaultChanges } from '../services/changes/DefaultChanges';
import { DeliveryOrigin, PlatformOrigin } from '../services/changes/origins';
import { CodeRepositories } from '../services/CodeRepositories';
import { ClusterAges } from '../services/environments/ClusterAges';
import { EnvironmentReads } from '../services/environments/EnvironmentReads';
import { Identities } from '../services/Identities';
import { AdoptableEnvironments } from '../services/plans/AdoptableEnvironments';
import { Facts } from '../services/plans/Facts';
import { Planner } from '../services/plans/Planner';
import { StoredPlatformStates } from '../services/StoredPlatformStates';
import { Settings } from '../settings';
import { Adapters } from './adapters';
import { Dependencies } from './dependencies';
import { repositoryHosts } from './repositoryHosts';

/** What several services share. */
export interface Parts {
  access: Access;
  ages: ClusterAges;
  askers: Askers;
  changes: DefaultChanges;
  facts: Facts;
  identities: Identities;
  planner: Planner;
  reads: EnvironmentReads;
  states: StoredPlatformStates;
}

/** Makes them of the adapters. */
export function assembleParts(deps: Dependencies, adapters: Adapters): Parts {
  const { settings } = deps;
  const { stores, topics, host, clusters, index } = adapters;
  const [{ repository }] = settings.sources;
  const identities = new Identities(deps.auth, deps.catalog, deps.userInfo);
  const states = new StoredPlatformStates(
    stores.sources,
    stores.resources,
    host,
    repository,
  );
  const facts = new Facts({
    clusters,
    environments: stores.environments,
    domains: stores.domains,
    prices: DEFAULT_PRICES,
    gitops: gitopsTarget(settings),
  });
  const planner = new Planner(
    states,
    facts,
    new AdoptableEnvironments(clusters, new ClusterFoundEnvironments(clusters)),
  );
  const askers = new Askers({
    host,
    repository,
    states,
    identities,
    releases: stores.releases,
  });
  return {
    access: Access.create({
      permissions: deps.permissions,
      ruleset: () =>
        deps.permissionsRegistry.getPermissionRuleset(slipwayResourceRef),
    }),
    ages: new ClusterAges(
      clusters,
      index,
      name => facts.versionOf(name),
      () => index.refused(),
    ),
    askers,
    changes: DefaultChanges.create({
      askers,
      host,
      origins: [
        new PlatformOrigin(repository, planner, settings.sources[0].id),
        new DeliveryOrigin(
          settings.gitops.delivery.target,
          host,
          states,
          facts,
        ),
      ],
      states,
      codeRepositories: new CodeRepositories({
        plainBaseUrl: settings.git.plainBaseUrl,
        hosts: repositoryHosts(deps.pullRequestHosts.all()),
        check({ repository: { branch }, files }) {
          assertBranch(branch);
          assertFiles(files);
        },
      }),
      intents: stores.changeIntents,
      approvals: stores.approvals,
      queue: stores.queue,
      identities,
    }),
    facts,
    identities,
    planner,
    reads: new EnvironmentReads(
      stores.environments,
      index,
      clusters,
      stores.drifts,
      topics,
    ),
    states,
  };
}

/** What an Application names as its source. */
export function gitopsTarget({ gitops }: Settings): GitOpsTarget {
  return {
    repoURL: gitops.argocdUrl,
    branch: gitops.repository.branch,
    ...(gitops.chart !== undefined && { chart: gitops.chart }),
  };
}
