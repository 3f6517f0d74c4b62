import { NotFoundError } from '@backstage/errors';
import {
  ApiEnvironment,
  ApiInboxItem,
  ApiOrganizationDetails,
  ApiOrganizationFigures,
  ApiOrganizationService,
  ApiOverview,
  ApiPolicyPack,
  Organization,
  ServiceSpec,
} from '@slipway/plugin-slipway-common';
import {
  EnvironmentsPage,
  EnvironmentsQuery,
  pageOf,
} from '../../domain/fleet/page';
import {
  countStandings,
  isDrifted,
  standingOf,
  sumOf,
} from '../../domain/fleet/standing';
import { redact } from '../../domain/redact';
import {
  PlatformResource,
  PlatformState,
} from '../../domain/platform/PlatformState';
import { ApprovalStore } from '../../ports/ApprovalStore';
import { SourceStore } from '../../ports/SourceStore';
import { TimelineStore } from '../../ports/TimelineStore';
import { WorkQueue } from '../../ports/WorkQueue';
import { organizationResource } from '../access/fileRights';
import { ClusterAges } from '../environments/ClusterAges';
import { entityRefOf } from '../entityRefs';
import { EnvironmentReads } from '../environments/EnvironmentReads';
import { shapeEvent } from '../environments/shapeEvent';
import { shapeSource } from '../operations/DefaultOperations';
import { PlatformStates } from '../plans/Planner';
import {
  inboxOfChanges,
  inboxOfEnvironments,
  inboxOfOperations,
  inboxOrder,
} from './inbox';
import { OpenChanges } from './OpenChanges';
import { policyPacks } from './policyPacks';
import { cachedResources, ResourceOf, Viewer, visibleTo } from './Viewer';

/** Rows of one list of the overview; the rest is a link away. */
const SHOWN = 20;
/** Things that wait for one person; who has more goes by the most urgent ones. */
const INBOX = 100;
/** Environments on the page of an organization. */
const ENVIRONMENTS = 50;
/** Timeline entries on the page of an organization. */
const TIMELINE = 50;

interface Options {
  reads: EnvironmentReads;
  states: PlatformStates;
  changes: OpenChanges;
  timeline: TimelineStore;
  approvals: ApprovalStore;
  queue: WorkQueue;
  sources: SourceStore;
  ages: ClusterAges;
  now?: () => Date;
}

/** From the store and the status index alone: no cluster is asked and no repository read while a page loads. */
export class DefaultFleet {
  constructor(private readonly o: Options) {}

  async overview(viewer: Viewer): Promise<ApiOverview> {
    const { operations } = viewer;
    const [{ state, resourceOf, environments }, changes, clusters, machinery] =
      await Promise.all([
        this.seen(viewer, {}),
        this.o.changes.list(),
        this.o.ages.list(),
        operations ? this.machinery() : undefined,
      ]);
    const failing = environments.filter(e => standingOf(e) === 'stopped');
    const drifted = environments.filter(isDrifted);
    const inbox = inboxOrder([
      ...(await this.withoutGiven(
        inboxOfEnvironments(environments, viewer, resourceOf, state),
        environments,
        viewer,
      )),
      ...inboxOfChanges(
        changes.filter(change =>
          viewer.sees(resourceOf(change.organization ?? '')),
        ),
        viewer,
        resourceOf,
        state,
      ),
      ...(machinery
        ? inboxOfOperations(machinery.sources, machinery.dead)
        : []),
    ]);
    return {
      asOf: (this.o.now?.() ?? new Date()).toISOString(),
      states: countStandings(environments),
      organizations: figuresOf(
        state
          .all('Organization')
          .filter(({ name }) => viewer.sees(resourceOf(name))),
        environments,
      ),
      inbox: inbox.slice(0, INBOX),
      inboxTotal: inbox.length,
      failing: latest(failing),
      drifted: latest(drifted),
      clusters,
      ...(machinery && {
        queue: machinery.queue,
        sources: machinery.sources.map(shapeSource),
      }),
    };
  }

  async environments(
    query: EnvironmentsQuery,
    viewer: Viewer,
  ): Promise<EnvironmentsPage> {
    const { organization, service } = query;
    const { environments } = await this.seen(viewer, { organization, service });
    return pageOf(environments, query);
  }

  async organization(
    name: string,
    viewer: Viewer,
  ): Promise<ApiOrganizationDetails> {
    const { state, resourceOf, environments } = await this.seen(viewer, {
      organization: name,
    });
    const resource = state.resource('Organization', name, name);
    if (!resource || !viewer.sees(resourceOf(name))) {
      // The same words as for what isn't there, so that names can't be guessed.
      throw new NotFoundError(
        `There is no organization ${name}, or you may not see it.`,
      );
    }
    const [changes, events, sources] = await Promise.all([
      this.o.changes.list(),
      this.o.timeline.list({ organization: name, limit: TIMELINE }),
      this.o.sources.list({ role: 'platform' }),
    ]);
    const spec = (resource.value as Organization | undefined)?.spec;
    const sum = sumOf(environments);
    const first = pageOf(environments, { sort: 'state', limit: ENVIRONMENTS });
    return {
      name,
      displayName: spec?.displayName ?? name,
      owner: spec?.owner ?? '',
      pipelineEngine: spec?.pipelineEngine ?? '',
      members: spec?.members ?? [],
      path: resource.path,
      problems: resource.problems,
      mayCreate: viewer.creates(resourceOf(name)),
      cents: sum?.cents ?? 0,
      currency: sum?.currency ?? spec?.budget?.currency ?? 'EUR',
      ...(spec?.budget ? { budgetCents: spec.budget.cents } : {}),
      ...(spec?.quota ? { quota: spec.quota } : {}),
      states: first.states,
      services: servicesOf(state, name, environments),
      environments: first.items,
      environmentTotal: first.total,
      changeRequests: changes.filter(change => change.organization === name),
      timeline: events.map(shapeEvent),
      links: sources
        .filter(({ url }) => /^https?:/.test(url))
        .map(({ url }) => ({ title: resource.path, url: redact(url) })),
    };
  }

  async policies(viewer: Viewer): Promise<ApiPolicyPack[]> {
    const { state, resourceOf } = await this.scope();
    const records = await this.o.reads.judged();
    const environments = visibleTo(
      viewer,
      resourceOf,
      records.map(({ environment }) => environment),
    );
    const seen = new Set(environments);
    return policyPacks(
      state,
      records.filter(({ environment }) => seen.has(environment)),
    );
  }

  private async scope(): Promise<{
    state: PlatformState;
    resourceOf: ResourceOf;
  }> {
    const state = await this.o.states.current();
    const resourceOf = cachedResources(
      (organization, owner) =>
        organizationResource(state, organization, owner) ?? {
          organization,
          owners: owner ? [owner] : [],
          members: [],
        },
    );
    return { state, resourceOf };
  }

  private async seen(
    viewer: Viewer,
    filter: { organization?: string; service?: string },
  ) {
    const [scope, all] = await Promise.all([
      this.scope(),
      this.o.reads.list(filter),
    ]);
    return { ...scope, environments: visibleTo(viewer, scope.resourceOf, all) };
  }

  /** Without approvals that the viewer has given already, where a class wants several people's. */
  private async withoutGiven(
    items: ApiInboxItem[],
    environments: ApiEnvironment[],
    viewer: Viewer,
  ): Promise<ApiInboxItem[]> {
    const waiting = new Set(
      items.filter(({ kind }) => kind === 'approval').map(({ title }) => title),
    );
    if (waiting.size === 0) return items;
    const given = await this.o.approvals.list({
      environments: [...waiting],
      actor: viewer.actor,
    });
    const agreed = new Set(
      given.map(({ environment, digest }) => `${environment} ${digest}`),
    );
    const done = new Set(
      environments
        .map(e => ({
          key: `${e.organization}/${e.service}/${e.name}`,
          digest: e.approvalDigest,
        }))
        .filter(({ key, digest }) => agreed.has(`${key} ${digest}`))
        .map(({ key }) => key),
    );
    return items.filter(
      ({ kind, title }) => kind !== 'approval' || !done.has(title),
    );
  }

  private async machinery() {
    const [queue, sources, dead] = await Promise.all([
      this.o.queue.stats(),
      this.o.sources.list(),
      this.o.queue.list({ state: 'dead', limit: INBOX }),
    ]);
    return { queue, sources, dead };
  }
}

const stoppedAt = (environment: ApiEnvironment): string =>
  environment.conditions
    .filter(({ status }) => status !== 'True')
    .map(({ lastTransitionTime }) => lastTransitionTime)
    .sort()
    .at(-1) ?? '';

function latest(environments: ApiEnvironment[]): ApiEnvironment[] {
  return environments
    .map(environment => ({ environment, at: stoppedAt(environment) }))
    .sort((a, b) => b.at.localeCompare(a.at))
    .slice(0, SHOWN)
    .map(({ environment }) => environment);
}

function groupBy<T>(items: T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}

function figuresOf(
  organizations: PlatformResource[],
  environments: ApiEnvironment[],
): ApiOrganizationFigures[] {
  const groups = groupBy(environments, e => e.organization);
  return organizations.map(({ name, value }) => {
    const own = groups.get(name) ?? [];
    const spec = (value as Organization | undefined)?.spec;
    const sum = sumOf(own);
    const standings = own.map(standingOf);
    return {
      name,
      displayName: spec?.displayName ?? name,
      environments: own.length,
      failing: standings.filter(state => state === 'stopped').length,
      drifted: own.filter(isDrifted).length,
      waiting: standings.filter(state => state === 'waiting').length,
      cents: sum?.cents ?? 0,
      currency: sum?.currency ?? spec?.budget?.currency ?? 'EUR',
      ...(spec?.budget ? { budgetCents: spec.budget.cents } : {}),
    };
  });
}

function servicesOf(
  state: PlatformState,
  organization: string,
  environments: ApiEnvironment[],
): ApiOrganizationService[] {
  const groups = groupBy(environments, e => e.service);
  return state
    .all('ServiceSpec')
    .filter(resource => resource.organization === organization)
    .map(({ name, value, problems }) => {
      const own = groups.get(name) ?? [];
      const spec = (value as ServiceSpec | undefined)?.spec;
      const sum = sumOf(own);
      return {
        name,
        owner: spec?.owner ?? '',
        ...(spec?.description ? { description: spec.description } : {}),
        lifecycle: spec?.lifecycle ?? 'experimental',
        entityRef: entityRefOf(state, organization, name),
        environments: own.length,
        states: countStandings(own),
        cents: sum?.cents ?? 0,
        currency: sum?.currency ?? 'EUR',
        problems: problems.filter(p => p.severity === 'error').length,
      };
    })
    .sort((a, b) => a.name.localeCompare(b.name));
}
