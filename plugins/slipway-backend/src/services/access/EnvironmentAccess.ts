import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { NotFoundError } from '@backstage/errors';
import { ResourcePermission } from '@backstage/plugin-permission-common';
import {
  RESOURCE_TYPE_SLIPWAY,
  slipwayReadPermission,
} from '@slipway/plugin-slipway-common';
import { EnvironmentName } from '../../domain/platform/planDeclared';
import { PlatformStates } from '../plans/Planner';
import { Access } from './Access';
import { organizationResource } from './fileRights';
import { SlipwayResource } from './rules';

type Slipway = ResourcePermission<typeof RESOURCE_TYPE_SLIPWAY>;

/** Permissions on one environment: its organization's and its service's owners count. */
export class EnvironmentAccess {
  constructor(
    private readonly access: Access,
    private readonly states: PlatformStates,
  ) {}

  /** Throws NotFoundError: what somebody may not see is as if it weren't there. */
  async see(
    credentials: BackstageCredentials,
    name: EnvironmentName,
  ): Promise<void> {
    const visible = await this.access.filter(
      credentials,
      slipwayReadPermission,
    );
    if (!visible(await this.resource(name))) {
      throw new NotFoundError(
        `There is no environment ${name.organization}/${name.service}/${name.environment}, or you may not see it.`,
      );
    }
  }

  /** Throws NotAllowedError that says which permission is missing and who has it. */
  async require(
    credentials: BackstageCredentials,
    permission: Slipway,
    name: EnvironmentName,
  ): Promise<void> {
    await this.see(credentials, name);
    await this.access.require(
      credentials,
      permission,
      await this.resource(name),
    );
  }

  /** Why the caller may not, by permission; undefined where they may. */
  async refusals(
    credentials: BackstageCredentials,
    permissions: Slipway[],
    name: EnvironmentName,
  ): Promise<Array<string | undefined>> {
    return this.access.refusals(
      credentials,
      permissions,
      await this.resource(name),
    );
  }

  private async resource(name: EnvironmentName): Promise<SlipwayResource> {
    const state = await this.states.current();
    const owner = state.service(name.organization, name.service)?.spec.owner;
    return (
      organizationResource(state, name.organization, owner) ?? {
        organization: name.organization,
        owners: [],
        members: [],
      }
    );
  }
}
