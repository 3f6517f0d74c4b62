import {
  BackstageCredentials,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import {
  AuthorizeResult,
  BasicPermission,
  ResourcePermission,
} from '@backstage/plugin-permission-common';
import {
  createConditionAuthorizer,
  createConditionTransformer,
  PermissionRuleset,
} from '@backstage/plugin-permission-node';
import { RESOURCE_TYPE_SLIPWAY } from '@slipway/plugin-slipway-common';
import { SlipwayFilter, SlipwayResource } from './rules';

type Slipway = ResourcePermission<typeof RESOURCE_TYPE_SLIPWAY>;
type Ruleset = PermissionRuleset<
  SlipwayResource,
  SlipwayFilter,
  typeof RESOURCE_TYPE_SLIPWAY
>;

/** Asks the permission framework, for one thing or for a filter over many. */
export class Access {
  static create(options: {
    permissions: PermissionsService;
    ruleset: () => Ruleset;
  }): Access {
    return new Access(options.permissions, options.ruleset);
  }

  private constructor(
    private readonly permissions: PermissionsService,
    private readonly ruleset: () => Ruleset,
  ) {}

  /** Whether the permission holds for each of the resources; one question for all of them. */
  async may(
    credentials: BackstageCredentials,
    permission: Slipway,
    resources: SlipwayResource[],
  ): Promise<boolean[]> {
    const [decision] = await this.permissions.authorizeConditional(
      [{ permission }],
      { credentials },
    );
    const allows = createConditionAuthorizer(this.ruleset());
    return resources.map(resource => allows(decision, resource));
  }

  /** Why the caller may not, in the order of the permissions; undefined where they may. One question for all. */
  async refusals(
    credentials: BackstageCredentials,
    permissions: Slipway[],
    resource: SlipwayResource,
  ): Promise<Array<string | undefined>> {
    const decisions = await this.permissions.authorizeConditional(
      permissions.map(permission => ({ permission })),
      { credentials },
    );
    const allows = createConditionAuthorizer(this.ruleset());
    return permissions.map(({ name }, index) =>
      allows(decisions[index], resource)
        ? undefined
        : missing(
            name,
            `organization ${resource.organization}`,
            resource.owners,
          ).message,
    );
  }

  /** A filter of what the caller may see. */
  async filter(
    credentials: BackstageCredentials,
    permission: Slipway,
  ): Promise<SlipwayFilter> {
    const [decision] = await this.permissions.authorizeConditional(
      [{ permission }],
      { credentials },
    );
    if (decision.result === AuthorizeResult.ALLOW) return () => true;
    if (decision.result !== AuthorizeResult.CONDITIONAL) return () => false;
    const criteria = createConditionTransformer(this.ruleset())(
      decision.conditions,
    );
    return resource => matches(criteria, resource);
  }

  async mayBasic(
    credentials: BackstageCredentials,
    permission: BasicPermission,
  ): Promise<boolean> {
    const [decision] = await this.permissions.authorize([{ permission }], {
      credentials,
    });
    return decision.result === AuthorizeResult.ALLOW;
  }

  /** Throws NotAllowedError that says which permission is missing and for what. */
  async require(
    credentials: BackstageCredentials,
    permission: Slipway,
    resource: SlipwayResource,
  ): Promise<void> {
    const [allowed] = await this.may(credentials, permission, [resource]);
    if (!allowed)
      throw missing(
        permission.name,
        `organization ${resource.organization}`,
        resource.owners,
      );
  }

  async requireBasic(
    credentials: BackstageCredentials,
    permission: BasicPermission,
  ): Promise<void> {
    if (!(await this.mayBasic(credentials, permission)))
      throw missing(permission.name, 'the platform', []);
  }
}

function missing(
  permission: string,
  what: string,
  owners: string[],
): NotAllowedError {
  const who =
    owners.length > 0
      ? `${owners.join(' or ')} or the platform team`
      : 'the platform team';
  return new NotAllowedError(
    `This needs the permission ${permission} for ${what}. Ask ${who}.`,
  );
}

type Criteria = Parameters<typeof matchesAny>[0];

function matchesAny(
  criteria:
    | { anyOf: unknown[] }
    | { allOf: unknown[] }
    | { not: unknown }
    | SlipwayFilter,
  resource: SlipwayResource,
): boolean {
  if (typeof criteria === 'function') return criteria(resource);
  if ('anyOf' in criteria)
    return criteria.anyOf.some(c => matchesAny(c as Criteria, resource));
  if ('allOf' in criteria)
    return criteria.allOf.every(c => matchesAny(c as Criteria, resource));
  return !matchesAny(criteria.not as Criteria, resource);
}

function matches(criteria: unknown, resource: SlipwayResource): boolean {
  return matchesAny(criteria as Criteria, resource);
}
