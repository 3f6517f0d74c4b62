import { NotFoundError } from '@backstage/errors';
import {
  ApiClass,
  ApiCluster,
  ApiEditRequest,
  ApiOrganization,
  ApiPlatformFile,
  ApiService,
  ApiServiceItem,
  Problem,
  slipwayChangeCreatePermission,
  slipwayReadPermission,
} from '@slipway/plugin-slipway-common';
import { locate } from '../../domain/platform/PlatformState';
import { Access } from '../access/Access';
import { organizationResource } from '../access/fileRights';
import { SlipwayResource } from '../access/rules';
import { CallOptions } from '../changes/ChangesService';
import { PlatformStates } from '../plans/Planner';
import { InventoryService } from './InventoryService';

/** What the caller may not see is as if it weren't there. */
export class AuthorizedInventory implements InventoryService {
  constructor(
    private readonly inner: InventoryService,
    private readonly access: Access,
    private readonly states: PlatformStates,
  ) {}

  async organizations(options: CallOptions): Promise<ApiOrganization[]> {
    const visible = await this.access.filter(
      options.credentials,
      slipwayReadPermission,
    );
    const create = await this.access.filter(
      options.credentials,
      slipwayChangeCreatePermission,
    );
    const resource = await this.resources();
    return (await this.inner.organizations(options))
      .filter(item => visible(resource(item.name)))
      .map(item => ({ ...item, mayCreate: create(resource(item.name)) }));
  }

  async classes(options: CallOptions): Promise<ApiClass[]> {
    await this.requireAny(options);
    return this.inner.classes(options);
  }

  async clusters(options: CallOptions): Promise<ApiCluster[]> {
    await this.requireAny(options);
    return this.inner.clusters(options);
  }

  async services(
    filter: { organization?: string },
    options: CallOptions,
  ): Promise<ApiServiceItem[]> {
    const visible = await this.access.filter(
      options.credentials,
      slipwayReadPermission,
    );
    const resource = await this.resources();
    return (await this.inner.services(filter, options)).filter(item =>
      visible(resource(item.organization, item.owner)),
    );
  }

  async service(
    organization: string,
    name: string,
    options: CallOptions,
  ): Promise<ApiService> {
    const visible = await this.access.filter(
      options.credentials,
      slipwayReadPermission,
    );
    const resource = await this.resources();
    if (!visible(resource(organization)))
      throw hidden(`service ${organization}/${name}`);
    return this.inner.service(organization, name, options);
  }

  async file(path: string, options: CallOptions): Promise<ApiPlatformFile> {
    await this.requirePath(path, options);
    return this.inner.file(path, options);
  }

  async edit(
    request: ApiEditRequest,
    options: CallOptions,
  ): Promise<{
    path: string;
    before: string;
    after: string;
    problems: Problem[];
  }> {
    await this.requirePath(request.path, options);
    return this.inner.edit(request, options);
  }

  private async requirePath(path: string, options: CallOptions): Promise<void> {
    const place = locate(path);
    const organization = 'problem' in place ? '' : place.organization;
    const visible = await this.access.filter(
      options.credentials,
      slipwayReadPermission,
    );
    const resource = await this.resources();
    if (!visible(resource(organization))) throw hidden(`file ${path}`);
  }

  /** Classes and clusters belong to nobody; whoever may see something may see them. */
  private async requireAny(options: CallOptions): Promise<void> {
    const visible = await this.access.filter(
      options.credentials,
      slipwayReadPermission,
    );
    const state = await this.states.current();
    const resource = await this.resources();
    const something = state
      .all('Organization')
      .some(o => visible(resource(o.name)));
    if (!something && !visible(resource(''))) {
      await this.access.require(
        options.credentials,
        slipwayReadPermission,
        resource(''),
      );
    }
  }

  private async resources(): Promise<
    (organization: string, serviceOwner?: string) => SlipwayResource
  > {
    const state = await this.states.current();
    return (organization, serviceOwner) =>
      organizationResource(state, organization, serviceOwner) ?? {
        organization,
        owners: serviceOwner ? [serviceOwner] : [],
        members: [],
      };
  }
}

/** The same words as for what isn't there, so that names can't be guessed. */
function hidden(what: string): NotFoundError {
  return new NotFoundError(`There is no ${what}, or you may not see it.`);
}
