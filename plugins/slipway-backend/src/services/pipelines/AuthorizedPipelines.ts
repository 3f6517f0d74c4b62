import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { NotFoundError } from '@backstage/errors';
import {
  ApiPipelineLogs,
  ApiPipelineRuns,
  slipwayLogsReadPermission,
  slipwayPipelineRerunPermission,
  slipwayReadPermission,
} from '@slipway/plugin-slipway-common';
import { Access } from '../access/Access';
import { organizationResource } from '../access/fileRights';
import { SlipwayResource } from '../access/rules';
import { CallOptions } from '../changes/ChangesService';
import { PlatformStates } from '../plans/Planner';
import { PipelinesService, RunPath, ServicePath } from './PipelinesService';

/** What the caller may not see is as if it weren't there; what they may not do says who may. */
export class AuthorizedPipelines implements PipelinesService {
  constructor(
    private readonly inner: PipelinesService,
    private readonly access: Access,
    private readonly states: PlatformStates,
  ) {}

  async list(
    path: ServicePath & { environment?: string },
    options: CallOptions,
  ): Promise<ApiPipelineRuns> {
    const resource = await this.see(path, options.credentials);
    const { credentials } = options;
    const [answer, mayRerun, mayRead] = await Promise.all([
      this.inner.list(path, options),
      this.access.mayShow(
        credentials,
        slipwayPipelineRerunPermission,
        resource,
      ),
      this.access.mayShow(credentials, slipwayLogsReadPermission, resource),
    ]);
    const who = resource.owners.join(' or ') || 'the platform team';
    return {
      ...answer,
      items: answer.items.map(run => ({
        ...run,
        steps: run.steps.map(step => ({ ...step, logs: step.logs && mayRead })),
        rerun: mayRerun
          ? run.rerun
          : {
              allowed: false,
              reason: `This needs the permission ${slipwayPipelineRerunPermission.name}. Ask ${who}.`,
            },
      })),
    };
  }

  async logs(
    path: RunPath,
    query: { step?: string; tail?: number },
    options: CallOptions,
  ): Promise<ApiPipelineLogs> {
    await this.access.require(
      options.credentials,
      slipwayLogsReadPermission,
      await this.see(path, options.credentials),
    );
    return this.inner.logs(path, query, options);
  }

  async rerun(
    path: RunPath,
    key: string | undefined,
    options: CallOptions,
  ): Promise<string> {
    await this.access.require(
      options.credentials,
      slipwayPipelineRerunPermission,
      await this.see(path, options.credentials),
    );
    return this.inner.rerun(path, key, options);
  }

  private async see(
    {
      organization,
      service,
      environment,
    }: ServicePath & { environment?: string },
    credentials: BackstageCredentials,
  ): Promise<SlipwayResource> {
    const state = await this.states.current();
    const declared = state.resource('ServiceSpec', organization, service);
    const owner = state.service(organization, service)?.spec.owner;
    const resource = organizationResource(state, organization, owner) ?? {
      organization,
      owners: [],
      members: [],
    };
    const visible = await this.access.filter(
      credentials,
      slipwayReadPermission,
    );
    // An environment outlives the declaration of its service until it is gone.
    if ((!declared && !environment) || !visible(resource)) {
      throw new NotFoundError(
        `There is no service ${organization}/${service}, or you may not see it.`,
      );
    }
    return resource;
  }
}
