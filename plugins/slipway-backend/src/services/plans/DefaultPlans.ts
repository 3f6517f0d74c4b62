import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { ApiPlan, slipwayReadPermission } from '@slipway/plugin-slipway-common';
import { FileEdit, PlatformState } from '../../domain/platform/PlatformState';
import { Access } from '../access/Access';
import { neededRights } from '../access/fileRights';
import { Planner } from './Planner';
import { PlansService } from './PlansService';

/** Plans as the API gives them. */
export class DefaultPlans implements PlansService {
  constructor(private readonly planner: Planner) {}

  async plan(files: FileEdit[]): Promise<ApiPlan> {
    return (await this.planner.plan(files)).plan;
  }
}

/** A plan tells what is declared now, so it needs the right to see each organization that it touches. */
export class AuthorizedPlans implements PlansService {
  constructor(
    private readonly inner: PlansService,
    private readonly access: Access,
    private readonly state: () => Promise<PlatformState>,
  ) {}

  async plan(
    files: FileEdit[],
    options: { credentials: BackstageCredentials },
  ): Promise<ApiPlan> {
    const rights = neededRights(await this.state(), files);
    const nobodys = { organization: '', owners: [], members: [] };
    const resources =
      rights.organizations.length > 0 ? rights.organizations : [nobodys];
    for (const resource of resources) {
      await this.access.require(
        options.credentials,
        slipwayReadPermission,
        resource,
      );
    }
    return this.inner.plan(files, options);
  }
}
