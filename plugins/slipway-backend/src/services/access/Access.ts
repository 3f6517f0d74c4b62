import {
  BackstageCredentials,
  BackstageUserPrincipal,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import {
  AuthorizeResult,
  BasicPermission,
  PolicyDecision,
  ResourcePermission,
} from '@backstage/plugin-permission-common';
import {
  createConditionAuthorizer,
  createConditionTransformer,
  PermissionRuleset,
} from '@backstage/plugin-permission-node';
import {
  RESOURCE_TYPE_SLIPWAY,
  slipwayLogsReadPermission,
  slipwayPipelineRerunPermission,
  slipwayReadPermission,
} from '@slipway/plugin-slipway-common';
import { SharedAnswers } from './SharedAnswers';
import { SlipwayFilter, SlipwayResource } from './rules';

type Slipway = ResourcePermission<typeof RESOURCE_TYPE_SLIPWAY>;
type Ruleset = PermissionRuleset<
  SlipwayResource,
  SlipwayFilter,
  typeof RESOURCE_TYPE_SLIPWAY
>;

/** Longer than a page takes to load, shorter than anybody takes to wonder why a right that was withdrawn still holds. */
const SHARED_MS = 5_000;

/**
 * What the entity page of a service asks, by several requests at once: one question for all of them, since each takes a
 * signed request to the permission backend, and that one another for the caller's groups.
 */
const OF_A_PAGE: Slipway[] = [
  slipwayReadPermission,
  slipwayLogsReadPermission,
  slipwayPipelineRerunPermission,
];

/** Asks the permission framework, for one thing or for a filter over many. */
export class Access {
  static create(options: {
    permissions: PermissionsService;
    ruleset: () => Ruleset;
  }): Access {
    return new Access(options.permissions, options.ruleset);
  }

  private readonly shared = new SharedAnswers<PolicyDecision[]>(SHARED_MS);

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
    const [decision] = await this.decisions(credentials, [permission]);
    const allows = createConditionAuthorizer(this.ruleset());
    return resources.map(resource => allows(decision, resource));
  }

  /** Whether a page says that the caller may do something. Doing it asks again. */
  async mayShow(
    credentials: BackstageCredentials,
    permission: Slipway,
    resource: SlipwayResource,
  ): Promise<boolean> {
    const [decision] = await this.decisions(credentials, [permission], true);
    return createConditionAuthorizer(this.ruleset())(decision, resource);
  }

  /**
   * Why a page says that the caller may not, in the order of the permissions; undefined where they may. One question for
   * all; doing it asks again.
   */
  async refusals(
    credentials: BackstageCredentials,
    permissions: Slipway[],
    resource: SlipwayResource,
  ): Promise<Array<string | undefined>> {
    const decisions = await this.decisions(credentials, permissions, true);
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
    const [decision] = await this.decisions(credentials, [permission]);
    if (decision.result === AuthorizeResult.ALLOW) return () => true;
    if (decision.result !== AuthorizeResult.CONDITIONAL) return () => false;
    const criteria = createConditionTransformer(this.ruleset())(
      decision.conditions,
    );
    return resource => matches(criteria, resource);
  }

  /**
   * What the policy says. A page asks several things at once and again when something changes, and each time the answer
   * takes a signed request to another plugin, which costs more than what is read: for reading, and for what a page only
   * says, a user's answer counts for a moment. Whoever writes is always asked about anew.
   */
  private async decisions(
    credentials: BackstageCredentials,
    permissions: Slipway[],
    isShown = false,
  ): Promise<PolicyDecision[]> {
    const caller = userOf(credentials);
    const isBrief =
      isShown ||
      permissions.every(({ attributes }) => attributes.action === 'read');
    if (caller === undefined || !isBrief)
      return this.ask(credentials, permissions);
    const asked = permissions.every(it => OF_A_PAGE.includes(it))
      ? OF_A_PAGE
      : permissions;
    const answers = await this.shared.get(
      JSON.stringify([caller, asked.map(({ name }) => name)]),
      () => this.ask(credentials, asked),
    );
    return permissions.map(permission => answers[asked.indexOf(permission)]);
  }

  private ask(
    credentials: BackstageCredentials,
    permissions: Slipway[],
  ): Promise<PolicyDecision[]> {
    return this.permissions.authorizeConditional(
      permissions.map(permission => ({ permission })),
      { credentials },
    );
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

/** The user who asks; services are few, and none of them waits for a page. */
function userOf({ principal }: BackstageCredentials): string | undefined {
  const { type, userEntityRef } = principal as Partial<BackstageUserPrincipal>;
  return type === 'user' ? userEntityRef : undefined;
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
