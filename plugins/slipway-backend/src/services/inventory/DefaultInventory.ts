import { NotFoundError } from '@backstage/errors';
import {
  ApiClass,
  ApiCluster,
  ApiEditRequest,
  ApiOrganization,
  ApiPlatformFile,
  ApiService,
  ApiServiceItem,
  editFile,
  EnvironmentClass,
  Edit,
  Organization,
  Problem,
  ServiceSpec,
} from '@slipway/plugin-slipway-common';
import {
  PlatformResource,
  PlatformState,
} from '../../domain/platform/PlatformState';
import { ClusterAges } from '../environments/ClusterAges';
import { entityRefOf } from '../entityRefs';
import { EnvironmentReads } from '../environments/EnvironmentReads';
import { PlatformStates } from '../plans/Planner';
import { SharedLooks } from '../SharedLook';
import { InventoryService } from './InventoryService';

/** Answers from what was last read; no call to a Git host or a cluster. */
export class DefaultInventory implements InventoryService {
  private readonly pages = new SharedLooks<ApiService>();

  constructor(
    private readonly states: PlatformStates,
    private readonly environments: EnvironmentReads,
    private readonly ages: ClusterAges,
  ) {}

  async organizations(): Promise<ApiOrganization[]> {
    const state = await this.states.current();
    const environments = await this.environments.list({});
    return state.all('Organization').map(resource => {
      const value = resource.value as Organization | undefined;
      const own = environments.filter(e => e.organization === resource.name);
      return {
        name: resource.name,
        displayName: value?.spec.displayName ?? resource.name,
        owner: value?.spec.owner ?? '',
        pipelineEngine: value?.spec.pipelineEngine ?? '',
        services: state
          .all('ServiceSpec')
          .filter(s => s.organization === resource.name).length,
        environments: own.length,
        cents: own.reduce((sum, e) => sum + e.cents, 0),
        currency: own[0]?.currency ?? 'EUR',
        problems: resource.problems,
        mayCreate: true,
      };
    });
  }

  async classes(): Promise<ApiClass[]> {
    const state = await this.states.current();
    const clusters = await this.ages.list();
    return state
      .all('EnvironmentClass')
      .flatMap(({ value }) =>
        value ? [shapeClass(state, value as EnvironmentClass, clusters)] : [],
      );
  }

  async clusters(): Promise<ApiCluster[]> {
    return this.ages.list();
  }

  async services(filter: { organization?: string }): Promise<ApiServiceItem[]> {
    const state = await this.states.current();
    return state
      .all('ServiceSpec')
      .filter(
        resource =>
          !filter.organization || resource.organization === filter.organization,
      )
      .map(resource => shapeItem(resource));
  }

  /** What the entity page asks for: the same for all who may see it. */
  service(organization: string, name: string): Promise<ApiService> {
    return this.pages.now(`${organization}/${name}`, () =>
      this.serviceNow(organization, name),
    );
  }

  private async serviceNow(
    organization: string,
    name: string,
  ): Promise<ApiService> {
    const state = await this.states.current();
    const resource = state.resource('ServiceSpec', organization, name);
    if (!resource) {
      throw new NotFoundError(
        `There is no service ${organization}/${name} in the platform repository as it was last read.`,
      );
    }
    const environments = await this.environments.list({
      organization,
      service: name,
    });
    return {
      organization,
      name,
      path: resource.path,
      commit: state.commit ?? '',
      text: resource.text,
      ...(resource.value
        ? { spec: resource.value as unknown as Record<string, unknown> }
        : {}),
      problems: resource.problems,
      environments,
      entityRef: entityRefOf(state, organization, name),
      cents: environments.reduce((sum, e) => sum + e.cents, 0),
      currency: environments[0]?.currency ?? 'EUR',
    };
  }

  async file(path: string): Promise<ApiPlatformFile> {
    const state = await this.states.current();
    const resource = this.find(state, path);
    return { path, content: resource.text, commit: state.commit ?? '' };
  }

  async edit(request: ApiEditRequest): Promise<{
    path: string;
    before: string;
    after: string;
    problems: Problem[];
  }> {
    const state = await this.states.current();
    const { text } = this.find(state, request.path);
    const result = editFile(text, request.edits as Edit[], {
      path: request.path,
    });
    return 'text' in result
      ? { path: request.path, before: text, after: result.text, problems: [] }
      : {
          path: request.path,
          before: text,
          after: text,
          problems: result.problems,
        };
  }

  private find(state: PlatformState, path: string): PlatformResource {
    const resource = state.all().find(r => r.path === path);
    if (!resource) {
      throw new NotFoundError(
        `There is no file ${path} in the platform repository as it was last read.`,
      );
    }
    return resource;
  }
}

function shapeItem(resource: PlatformResource): ApiServiceItem {
  const spec = (resource.value as ServiceSpec | undefined)?.spec;
  return {
    organization: resource.organization,
    name: resource.name,
    owner: spec?.owner ?? '',
    ...(spec?.description ? { description: spec.description } : {}),
    lifecycle: spec?.lifecycle ?? 'experimental',
    path: resource.path,
    environments: spec?.environments.map(e => e.name) ?? [],
    problems: resource.problems.filter(p => p.severity === 'error').length,
  };
}

function shapeClass(
  state: PlatformState,
  value: EnvironmentClass,
  clusters: ApiCluster[],
): ApiClass {
  const { spec } = value;
  const quota = state.quota(spec.quota);
  return {
    name: value.metadata.name,
    description: spec.description,
    ...(spec.ttl ? { ttl: spec.ttl } : {}),
    approval: spec.approval,
    quota: {
      name: spec.quota,
      hard: quota ? stringEntries(quota.spec.hard) : {},
    },
    policies: spec.policies,
    delivery: spec.delivery.mode,
    selfHeal: spec.delivery.selfHeal,
    retainDatabases: spec.retain.databases,
    base: { cents: spec.cost.base.cents, currency: spec.cost.base.currency },
    regions: spec.regions,
    clusters: clusters
      .filter(
        c =>
          spec.regions.length === 0 ||
          (c.region !== undefined && spec.regions.includes(c.region)),
      )
      .map(c => c.name),
  };
}

function stringEntries(value: object): Record<string, string> {
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, v]) =>
      v === undefined ? [] : [[name, String(v)]],
    ),
  );
}
