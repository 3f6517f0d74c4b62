import { NotFoundError } from '@backstage/errors';
import {
  type ApiBinding,
  type ApiDeliveryReceipt,
  type ApiOnboardingPreview,
  type ApiOnboardingRequest,
  type ApiRepositoryHost,
  type ApiRepositoryPage,
  slipwayChangeCreatePermission,
  slipwayPlatformWritePermission,
  slipwayReadPermission,
} from '@slipway/plugin-slipway-common';
import type { Access } from '../access/Access';
import { organizationResource } from '../access/fileRights';
import type { SlipwayResource } from '../access/rules';
import type { CallOptions } from '../changes/ChangesService';
import type { PlatformStates } from '../plans/Planner';
import type {
  BindingPath,
  OnboardingService,
  RawDelivery,
  RepositoryQuery,
} from './OnboardingService';

const resourceOf = (
  organization: string,
  found: SlipwayResource | undefined,
): SlipwayResource => found ?? { organization, owners: [], members: [] };

/**
 * The credentials of Slipway see more than any one person: who searches an organization's namespace has to be allowed to
 * open changes in it, and anything else is the platform team's.
 */
export class AuthorizedOnboarding implements OnboardingService {
  constructor(
    private readonly inner: OnboardingService,
    private readonly access: Access,
    private readonly states: PlatformStates,
  ) {}

  async hosts(options: CallOptions): Promise<ApiRepositoryHost[]> {
    const visible = await this.access.filter(
      options.credentials,
      slipwayReadPermission,
    );
    const state = await this.states.current();
    const sees = state
      .all('Organization')
      .some(({ name }) =>
        visible(resourceOf(name, organizationResource(state, name))),
      );
    if (!sees)
      await this.access.requireBasic(
        options.credentials,
        slipwayPlatformWritePermission,
      );
    return this.inner.hosts(options);
  }

  async search(
    query: RepositoryQuery,
    options: CallOptions,
  ): Promise<ApiRepositoryPage> {
    await this.requireCreate(query.organization, options);
    return this.inner.search(query, options);
  }

  async preview(
    request: ApiOnboardingRequest,
    options: CallOptions,
  ): Promise<ApiOnboardingPreview> {
    await this.requireCreate(request.organization, options);
    return this.inner.preview(request, options);
  }

  async bindings(
    organization: string,
    options: CallOptions,
  ): Promise<ApiBinding[]> {
    await this.requireVisible(organization, options);
    const [refusal] = await this.access.refusals(
      options.credentials,
      [slipwayChangeCreatePermission],
      await this.resource(organization),
    );
    const bindings = await this.inner.bindings(organization, options);
    return refusal === undefined
      ? bindings
      : bindings.map(binding => ({
          ...binding,
          ping: { allowed: false, reason: refusal },
        }));
  }

  async ping(path: BindingPath, options: CallOptions): Promise<ApiBinding> {
    await this.requireVisible(path.organization, options);
    await this.access.require(
      options.credentials,
      slipwayChangeCreatePermission,
      await this.resource(path.organization),
    );
    return this.inner.ping(path, options);
  }

  /** Its signature is the permission. */
  receive(
    path: BindingPath,
    delivery: RawDelivery,
  ): Promise<ApiDeliveryReceipt> {
    return this.inner.receive(path, delivery);
  }

  private async requireCreate(
    organization: string | undefined,
    options: CallOptions,
  ): Promise<void> {
    const state = await this.states.current();
    const resource =
      organization === undefined
        ? undefined
        : organizationResource(state, organization);
    if (resource) {
      await this.access.require(
        options.credentials,
        slipwayChangeCreatePermission,
        resource,
      );
    } else {
      // Nobody owns it yet.
      await this.access.requireBasic(
        options.credentials,
        slipwayPlatformWritePermission,
      );
    }
  }

  private async requireVisible(
    organization: string,
    options: CallOptions,
  ): Promise<void> {
    const visible = await this.access.filter(
      options.credentials,
      slipwayReadPermission,
    );
    if (!visible(await this.resource(organization))) {
      throw new NotFoundError(
        `There is no organization ${organization}, or you may not see it.`,
      );
    }
  }

  private async resource(organization: string): Promise<SlipwayResource> {
    const state = await this.states.current();
    return resourceOf(organization, organizationResource(state, organization));
  }
}
