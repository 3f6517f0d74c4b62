import {
  ApiOrganizationDetails,
  ApiOverview,
  ApiPolicyPack,
  slipwayChangeApprovePermission,
  slipwayChangeCreatePermission,
  slipwayChangeMergePermission,
  slipwayOperationsReadPermission,
  slipwayPlatformWritePermission,
  slipwayReadPermission,
} from '@slipway/plugin-slipway-common';
import { EnvironmentsPage, EnvironmentsQuery } from '../../domain/fleet/page';
import { Access } from '../access/Access';
import { organizationResource } from '../access/fileRights';
import { CallOptions } from '../changes/ChangesService';
import { Identities } from '../Identities';
import { PlatformStates } from '../plans/Planner';
import { DefaultFleet } from './DefaultFleet';
import { FleetService } from './FleetService';
import { Viewer } from './Viewer';

/**
 * Asks once who the caller is and what they may see and do; figures are then made of that alone, as a sum over what
 * somebody may not see can't be taken apart afterwards.
 */
export class AuthorizedFleet implements FleetService {
  constructor(
    private readonly inner: DefaultFleet,
    private readonly access: Access,
    private readonly identities: Identities,
    private readonly states: PlatformStates,
  ) {}

  async overview(options: CallOptions): Promise<ApiOverview> {
    const viewer = await this.viewer(options);
    await this.requireAny(viewer, options);
    return this.inner.overview(viewer);
  }

  async environments(
    query: EnvironmentsQuery,
    options: CallOptions,
  ): Promise<EnvironmentsPage> {
    return this.inner.environments(query, await this.viewer(options));
  }

  async organization(
    name: string,
    options: CallOptions,
  ): Promise<ApiOrganizationDetails> {
    return this.inner.organization(name, await this.viewer(options));
  }

  async policies(options: CallOptions): Promise<ApiPolicyPack[]> {
    const viewer = await this.viewer(options);
    await this.requireAny(viewer, options);
    return this.inner.policies(viewer);
  }

  /** Clusters and policies belong to nobody; whoever may see something may see them. */
  private async requireAny(
    viewer: Viewer,
    { credentials }: CallOptions,
  ): Promise<void> {
    const state = await this.states.current();
    const nobodys = { organization: '', owners: [], members: [] };
    const something = state.all('Organization').some(({ name }) => {
      const resource = organizationResource(state, name);
      return resource && viewer.sees(resource);
    });
    if (!something && !viewer.sees(nobodys))
      await this.access.require(credentials, slipwayReadPermission, nobodys);
  }

  private async viewer({ credentials }: CallOptions): Promise<Viewer> {
    const { access, identities } = this;
    const [claims, sees, creates, approves, merges, platform, operations] =
      await Promise.all([
        identities.ownership(credentials),
        access.filter(credentials, slipwayReadPermission),
        access.filter(credentials, slipwayChangeCreatePermission),
        access.filter(credentials, slipwayChangeApprovePermission),
        access.filter(credentials, slipwayChangeMergePermission),
        access.mayBasic(credentials, slipwayPlatformWritePermission),
        access.mayBasic(credentials, slipwayOperationsReadPermission),
      ]);
    return {
      actor: identities.actor(credentials),
      claims,
      sees,
      creates,
      approves,
      merges,
      platform,
      operations,
    };
  }
}
