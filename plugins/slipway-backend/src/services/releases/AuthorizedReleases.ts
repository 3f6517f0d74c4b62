import { NotAllowedError, NotFoundError } from '@backstage/errors';
import { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  ApiAcceptedDispatch,
  ApiAcceptedRelease,
  ApiAcceptedRevision,
  ApiDispatchRequest,
  ApiPromotion,
  ApiPromotionsRequest,
  ApiRelease,
  ApiReleaseDetails,
  ApiRevisionReport,
  slipwayChangeCreatePermission,
  slipwayEnvironmentPromotePermission,
  slipwayEnvironmentRollbackPermission,
  slipwayReadPermission,
  slipwayRevisionReportPermission,
} from '@slipway/plugin-slipway-common';
import { EnvironmentName } from '../../domain/platform/planDeclared';
import { PlatformState } from '../../domain/platform/PlatformState';
import { Access } from '../access/Access';
import { EnvironmentAccess } from '../access/EnvironmentAccess';
import { organizationResource } from '../access/fileRights';
import { SlipwayResource } from '../access/rules';
import { CallOptions } from '../changes/ChangesService';
import { PlatformStates } from '../plans/Planner';
import { Dispatches } from './Dispatches';
import { ReleasesService, ServicePath, Teller } from './ReleasesService';

/** Permissions around {@link ReleasesService}. A signature is a right of its own, for one organization. */
export class AuthorizedReleases implements ReleasesService {
  constructor(
    private readonly inner: ReleasesService,
    private readonly access: Access,
    private readonly environments: EnvironmentAccess,
    private readonly states: PlatformStates,
    private readonly dispatches: Dispatches,
  ) {}

  async report(
    path: ServicePath,
    report: ApiRevisionReport,
    teller: Teller,
  ): Promise<ApiAcceptedRevision> {
    await this.mayTell(path, teller);
    return this.inner.report(path, report, teller);
  }

  async dispatch(
    request: ApiDispatchRequest,
    teller: Teller,
  ): Promise<ApiAcceptedDispatch> {
    const { path, read } = await ('signed' in teller
      ? this.dispatches.read(request, {
          organization: teller.signed.organization,
        })
      : this.dispatches.read(request, { visible: await this.visible(teller) }));
    if (read.report) await this.mayTell(path, teller);
    if (read.spec && 'credentials' in teller) {
      await this.see(path, teller);
      await this.access.require(
        teller.credentials,
        slipwayChangeCreatePermission,
        await this.resource(path),
      );
    }
    assertOwn(path, teller);
    return this.inner.dispatch(request, teller, path.organization);
  }

  async list(path: ServicePath, options: CallOptions): Promise<ApiRelease[]> {
    await this.see(path, options);
    return this.inner.list(path, options);
  }

  async get(
    path: ServicePath,
    id: string,
    options: CallOptions,
  ): Promise<ApiReleaseDetails> {
    await this.see(path, options);
    const [details, refused] = await Promise.all([
      this.inner.get(path, id, options),
      this.access.refusals(
        options.credentials,
        [slipwayEnvironmentRollbackPermission],
        await this.resource(path),
      ),
    ]);
    const [refusal] = refused;
    return refusal === undefined
      ? details
      : {
          ...details,
          targets: details.targets.map(target => ({
            ...target,
            rollback: { allowed: false, reason: refusal },
          })),
        };
  }

  async promotion(
    path: EnvironmentName,
    options: CallOptions,
  ): Promise<ApiPromotion> {
    await this.environments.see(options.credentials, path);
    return this.withRights(
      await this.inner.promotion(path, options),
      slipwayEnvironmentPromotePermission,
      path,
      options,
    );
  }

  async promote(
    path: EnvironmentName,
    body: { digest?: string; message?: string },
    options: CallOptions,
  ): Promise<ApiAcceptedRelease> {
    await this.environments.require(
      options.credentials,
      slipwayEnvironmentPromotePermission,
      path,
    );
    return this.inner.promote(path, body, options);
  }

  async promoteSeveral(
    body: ApiPromotionsRequest,
    options: CallOptions,
  ): Promise<ApiAcceptedRelease> {
    for (const path of body.items) {
      await this.environments.require(
        options.credentials,
        slipwayEnvironmentPromotePermission,
        path,
      );
    }
    return this.inner.promoteSeveral(body, options);
  }

  async rollback(
    path: EnvironmentName,
    to: string,
    options: CallOptions,
  ): Promise<ApiPromotion> {
    await this.environments.see(options.credentials, path);
    return this.withRights(
      await this.inner.rollback(path, to, options),
      slipwayEnvironmentRollbackPermission,
      path,
      options,
    );
  }

  async rollBack(
    path: EnvironmentName,
    body: { to: string; digest?: string; message?: string },
    options: CallOptions,
  ): Promise<ApiAcceptedRelease> {
    await this.environments.require(
      options.credentials,
      slipwayEnvironmentRollbackPermission,
      path,
    );
    return this.inner.rollBack(path, body, options);
  }

  /** A missing permission is told first: it is the longer way. */
  private async withRights(
    promotion: ApiPromotion,
    permission:
      | typeof slipwayEnvironmentPromotePermission
      | typeof slipwayEnvironmentRollbackPermission,
    path: EnvironmentName,
    { credentials }: CallOptions,
  ): Promise<ApiPromotion> {
    const [refusal] = await this.environments.refusals(
      credentials,
      [permission],
      path,
    );
    return refusal === undefined
      ? promotion
      : { ...promotion, allowed: { allowed: false, reason: refusal } };
  }

  private async mayTell(path: ServicePath, teller: Teller): Promise<void> {
    assertOwn(path, teller);
    if (!('credentials' in teller)) return;
    await this.see(path, teller);
    await this.access.require(
      teller.credentials,
      slipwayRevisionReportPermission,
      await this.resource(path),
    );
  }

  /** Organizations whose services the caller may see. */
  private async visible({
    credentials,
  }: {
    credentials: BackstageCredentials;
  }): Promise<(path: ServicePath) => boolean> {
    const [state, mayRead] = await Promise.all([
      this.states.current(),
      this.access.filter(credentials, slipwayReadPermission),
    ]);
    return path => mayRead(resourceOf(state, path));
  }

  private async see(
    path: ServicePath,
    teller: { credentials: BackstageCredentials },
  ): Promise<void> {
    const state = await this.states.current();
    const visible = await this.visible(teller);
    if (!state.service(path.organization, path.service) || !visible(path)) {
      throw new NotFoundError(
        `There is no service ${path.organization}/${path.service}, or you may not see it.`,
      );
    }
  }

  private async resource(path: ServicePath): Promise<SlipwayResource> {
    return resourceOf(await this.states.current(), path);
  }
}

function resourceOf(
  state: PlatformState,
  { organization, service }: ServicePath,
): SlipwayResource {
  const owner = state.service(organization, service)?.spec.owner;
  return (
    organizationResource(state, organization, owner) ?? {
      organization,
      owners: [],
      members: [],
    }
  );
}

function assertOwn(path: ServicePath, teller: Teller): void {
  if ('signed' in teller && teller.signed.organization !== path.organization) {
    throw new NotAllowedError(
      `The signature is one of ${teller.signed.organization}; it counts for nothing of ${path.organization}.`,
    );
  }
}
