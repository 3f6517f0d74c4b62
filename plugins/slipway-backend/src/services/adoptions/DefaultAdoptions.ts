import {
  ConflictError,
  InputError,
  NotAllowedError,
  NotFoundError,
  isError,
} from '@backstage/errors';
import {
  ADOPTABLE_ANNOTATION,
  proposeAdoption,
  type RenderedObject,
} from '@slipway/plan';
import {
  LABELS,
  MANAGED_BY,
  platformPath,
  stringifyResource,
  type ApiAdoptionCandidates,
  type ApiAdoptionGrant,
  type ApiAdoptionProposal,
  type ApiAdoptionRequest,
  type ServiceSpec,
  type ServiceSpecInput,
} from '@slipway/plugin-slipway-common';
import { planDeclared } from '../../domain/platform/planDeclared';
import type { PlatformState } from '../../domain/platform/PlatformState';
import type { ClusterInfo, Clusters } from '../../ports/Clusters';
import type { FoundEnvironments } from '../../ports/FoundEnvironments';
import type {
  Planner,
  PlatformStates,
  SurroundingsSource,
} from '../plans/Planner';
import type { AdoptionsService } from './AdoptionsService';

/** What {@link DefaultAdoptions} works with. */
export interface DefaultAdoptionsOptions {
  clusters: Clusters;
  found: FoundEnvironments;
  states: PlatformStates;
  facts: SurroundingsSource;
  planner: Planner;
  /** Slipway writes to no cluster (`slipway.apply: gitops-only`). */
  readOnly: boolean;
}

/** What keeps one cluster from being looked at, and no other. */
const AWAY = ['ServiceUnavailableError', 'NotAllowedError', 'NotFoundError'];

/** Adoptions over the configured clusters. */
export class DefaultAdoptions implements AdoptionsService {
  constructor(private readonly o: DefaultAdoptionsOptions) {}

  async candidates(): Promise<ApiAdoptionCandidates> {
    const clusters = this.o.clusters.list();
    const [state, ...looked] = await Promise.all([
      this.o.states.current(),
      ...clusters.map(cluster => this.lookAt(cluster)),
    ]);
    // Declared, but not taken over yet: its change request is merged and somebody is at it.
    const declared = new Set(
      state
        .services()
        .flatMap(({ spec }) =>
          spec.environments.flatMap(({ adopt }) => adopt?.namespace ?? []),
        ),
    );
    return {
      items: looked
        .flatMap(({ items }) => items)
        .filter(({ namespace }) => !declared.has(namespace)),
      unavailable: looked.flatMap(({ unavailable }) => unavailable),
    };
  }

  private async lookAt(cluster: ClusterInfo): Promise<ApiAdoptionCandidates> {
    const { name } = cluster;
    try {
      const found = await this.o.found.unmanaged(cluster);
      return {
        items: found.map(one => ({ cluster: name, ...one })),
        unavailable: [],
      };
    } catch (error) {
      if (!isError(error) || !AWAY.includes(error.name)) throw error;
      return {
        items: [],
        unavailable: [{ cluster: name, message: error.message }],
      };
    }
  }

  async preview(request: ApiAdoptionRequest): Promise<ApiAdoptionProposal> {
    const cluster = this.cluster(request.cluster);
    const state = await this.o.states.current();
    const owner = ownerOf(state, request);
    const found = await this.o.found.look(cluster, request);
    if (!found.namespace) {
      throw new NotFoundError(
        `There is no namespace '${request.namespace}' on cluster '${cluster.name}'.`,
      );
    }
    if (!found.application) {
      throw new NotFoundError(
        request.application === undefined
          ? `There isn't exactly one Argo CD Application that delivers to namespace '${request.namespace}' in namespace '${cluster.argocd.namespace}' of cluster '${cluster.argocd.cluster}'; name the one that you mean.`
          : `There is no Argo CD Application '${request.application}' in namespace '${cluster.argocd.namespace}' of cluster '${cluster.argocd.cluster}'.`,
      );
    }
    const path = platformPath('ServiceSpec', {
      organization: request.organization,
      name: request.service,
    });
    const surroundings = await this.o.facts.surroundings();
    const render = (spec: ServiceSpecInput): readonly RenderedObject[] => {
      const { state: next, problems } = state.withFiles([
        { path, content: write(spec) },
      ]);
      const wrong = problems.find(({ severity }) => severity === 'error');
      if (wrong) throw new InputError(wrong.message);
      const attempt = planDeclared(next, request, surroundings);
      if (!('plan' in attempt)) throw new InputError(attempt.message);
      return attempt.plan.objects;
    };
    const { spec, objects } = proposeAdoption({
      organization: request.organization,
      service: request.service,
      environment: request.environment,
      class: request.class,
      cluster: cluster.name,
      owner,
      found,
      render,
    });
    const content = write(spec);
    const { plan } = await this.o.planner.plan([{ path, content }]);
    const releasedTo =
      found.namespace.metadata.annotations?.[ADOPTABLE_ANNOTATION];
    return {
      path,
      content,
      namespace: found.namespace.metadata.name,
      application: found.application.metadata.name,
      ...(releasedTo !== undefined && { releasedTo }),
      objects,
      plan,
    };
  }

  async grant(grant: ApiAdoptionGrant): Promise<ApiAdoptionGrant> {
    const { namespace: name, organization } = grant;
    const cluster = this.cluster(grant.cluster);
    if (this.o.readOnly) {
      throw new NotAllowedError(
        `Slipway writes to no cluster (slipway.apply: gitops-only). Whoever may, sets the annotation ${ADOPTABLE_ANNOTATION}: ${organization} on namespace ${name}.`,
      );
    }
    const state = await this.o.states.current();
    if (!state.organization(organization))
      throw new InputError(unknownOrganization(organization));
    const ref = { apiVersion: 'v1', kind: 'Namespace', name };
    const client = this.o.clusters.client(cluster.name);
    const namespace = await client.get(ref);
    if (!namespace) {
      throw new NotFoundError(
        `There is no namespace '${name}' on cluster '${cluster.name}'.`,
      );
    }
    const { labels = {}, annotations, resourceVersion } = namespace.metadata;
    if (
      labels[LABELS.managedBy] === MANAGED_BY &&
      labels[LABELS.organization] !== undefined
    ) {
      throw new ConflictError(
        `Namespace '${name}' is managed by Slipway already and belongs to organization '${labels[LABELS.organization]}'; there is nothing to adopt.`,
      );
    }
    if (annotations?.[ADOPTABLE_ANNOTATION] !== organization) {
      await client.mergePatch(ref, {
        metadata: {
          resourceVersion,
          annotations: { [ADOPTABLE_ANNOTATION]: organization },
        },
      });
    }
    return { cluster: cluster.name, namespace: name, organization };
  }

  private cluster(name: string): ClusterInfo {
    const all = this.o.clusters.list();
    const cluster = all.find(one => one.name === name);
    if (!cluster) {
      throw new NotFoundError(
        `There is no cluster '${name}'; there are: ${all.map(one => one.name).join(', ') || 'none'}.`,
      );
    }
    return cluster;
  }
}

/** The group that is to own the service. */
function ownerOf(
  state: PlatformState,
  { organization: name, service, owner }: ApiAdoptionRequest,
): string {
  const organization = state.organization(name);
  if (!organization) throw new InputError(unknownOrganization(name));
  if (state.resource('ServiceSpec', name, service)) {
    throw new ConflictError(
      `Service '${name}/${service}' is declared already; choose another name, or add the environment to its file.`,
    );
  }
  return owner ?? organization.spec.owner;
}

function unknownOrganization(name: string): string {
  return `There is no valid organization '${name}'; declare it first.`;
}

function write(spec: ServiceSpecInput): string {
  // What is left out is left out on purpose: it is filled in when the file is read.
  return stringifyResource(spec as ServiceSpec);
}
