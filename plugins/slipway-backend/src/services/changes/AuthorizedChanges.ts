import { NotAllowedError, NotFoundError } from '@backstage/errors';
import {
  ApiChangeRequest,
  ApiChangeRequestDetails,
  ApiComment,
  ApiOpenChangeRequest,
  ApiPlatformFile,
  slipwayChangeApprovePermission,
  slipwayChangeCreatePermission,
  slipwayChangeMergePermission,
  slipwayPlatformWritePermission,
  slipwayReadPermission,
} from '@slipway/plugin-slipway-common';
import { ChangeState } from '@slipway/plugin-slipway-node';
import {
  FileEdit,
  locate,
  PlatformState,
} from '../../domain/platform/PlatformState';
import { Access } from '../access/Access';
import { neededRights, organizationResource } from '../access/fileRights';
import { InvalidFilesError } from '../errors';
import { CallOptions, ChangesService } from './ChangesService';

type ChangePermission =
  | typeof slipwayChangeCreatePermission
  | typeof slipwayChangeApprovePermission
  | typeof slipwayChangeMergePermission;

/**
 * Permissions around {@link ChangesService}. Rights follow from the paths that change, judged with the rules of the base:
 * a change that makes somebody an owner gives no right before it is merged.
 */
export class AuthorizedChanges implements ChangesService {
  constructor(
    private readonly inner: ChangesService,
    private readonly access: Access,
    private readonly state: () => Promise<PlatformState>,
    /** The files of a change as they are in its branch now. */
    private readonly filesOf: (id: string) => Promise<FileEdit[]>,
  ) {}

  async open(
    request: ApiOpenChangeRequest,
    options: CallOptions,
  ): Promise<ApiChangeRequestDetails> {
    const edits = request.files.map(({ path, content }) => ({
      path,
      content: content ?? null,
    }));
    await this.require(edits, slipwayChangeCreatePermission, options);
    return this.withAllowed(await this.inner.open(request, options), options);
  }

  /** A file that the caller may not see is as if it weren't there, and so is one of a change that they may not see. */
  async file(
    path: string,
    subject: string,
    options: CallOptions,
  ): Promise<ApiPlatformFile> {
    const visible = await this.visible(options);
    const hidden = new NotFoundError(
      `There is no file ${path} in the platform repository, or you may not see it.`,
    );
    if (!visible(path)) throw hidden;
    const file = await this.inner.file(path, subject, options);
    if (file.changeRequest) {
      const files = await this.filesOf(file.changeRequest.id);
      if (!files.every(one => visible(one.path))) throw hidden;
    }
    return file;
  }

  private async visible({
    credentials,
  }: CallOptions): Promise<(path: string) => boolean> {
    const mayRead = await this.access.filter(
      credentials,
      slipwayReadPermission,
    );
    const state = await this.state();
    return path => {
      const place = locate(path);
      const organization = 'problem' in place ? '' : place.organization;
      return mayRead(
        organizationResource(state, organization) ?? {
          organization,
          owners: [],
          members: [],
        },
      );
    };
  }

  async list(
    filter: { state?: ChangeState; organization?: string },
    options: CallOptions,
  ): Promise<ApiChangeRequest[]> {
    const visible = await this.access.filter(
      options.credentials,
      slipwayReadPermission,
    );
    const state = await this.state();
    const changes = await this.inner.list(filter, options);
    return changes.filter(change =>
      visible(
        (change.organization &&
          organizationResource(state, change.organization)) || {
          organization: change.organization ?? '',
          owners: [],
          members: [],
        },
      ),
    );
  }

  async get(
    id: string,
    options: CallOptions,
  ): Promise<ApiChangeRequestDetails> {
    const details = await this.inner.get(id, options);
    const state = await this.state();
    const resource = details.organization
      ? organizationResource(state, details.organization)
      : undefined;
    await this.access.require(
      options.credentials,
      slipwayReadPermission,
      resource ?? {
        organization: details.organization ?? '',
        owners: [],
        members: [],
      },
    );
    return this.withAllowed(details, options);
  }

  async comment(
    id: string,
    body: string,
    options: CallOptions,
  ): Promise<ApiComment> {
    await this.require(
      await this.filesOf(id),
      slipwayChangeCreatePermission,
      options,
    );
    return this.inner.comment(id, body, options);
  }

  async approve(
    id: string,
    input: { headCommit: string; comment?: string },
    options: CallOptions,
  ): Promise<ApiChangeRequestDetails> {
    await this.require(
      await this.filesOf(id),
      slipwayChangeApprovePermission,
      options,
    );
    return this.withAllowed(
      await this.inner.approve(id, input, options),
      options,
    );
  }

  async merge(
    id: string,
    input: { headCommit: string },
    options: CallOptions,
  ): Promise<ApiChangeRequestDetails> {
    await this.require(
      await this.filesOf(id),
      slipwayChangeMergePermission,
      options,
    );
    return this.withAllowed(
      await this.inner.merge(id, input, options),
      options,
    );
  }

  async close(
    id: string,
    options: CallOptions,
  ): Promise<ApiChangeRequestDetails> {
    await this.require(
      await this.filesOf(id),
      slipwayChangeCreatePermission,
      options,
    );
    return this.withAllowed(await this.inner.close(id, options), options);
  }

  /** Throws InvalidFilesError for impossible paths and NotAllowedError that names path, permission and who can grant it. */
  private async require(
    edits: FileEdit[],
    permission: ChangePermission,
    options: CallOptions,
  ): Promise<void> {
    const reason = await this.refusal(edits, permission, options);
    if (reason) throw new NotAllowedError(reason);
  }

  private async refusal(
    edits: FileEdit[],
    permission: ChangePermission,
    { credentials }: CallOptions,
  ): Promise<string | undefined> {
    const rights = neededRights(await this.state(), edits);
    if (rights.problems.length > 0)
      throw new InvalidFilesError(rights.problems);
    if (
      rights.platform.length > 0 &&
      !(await this.access.mayBasic(credentials, slipwayPlatformWritePermission))
    ) {
      const [{ path, why }] = rights.platform;
      return `${path} needs the permission ${slipwayPlatformWritePermission.name}: ${why}. Ask the platform team.`;
    }
    const allowed = await this.access.may(
      credentials,
      permission,
      rights.organizations,
    );
    const refused = rights.organizations[allowed.indexOf(false)];
    return refused
      ? `This needs the permission ${permission.name} for the organization ${refused.organization}. ` +
          `Ask ${refused.owners.join(' or ')}, or the platform team.`
      : undefined;
  }

  /** What the caller may do, and why not; the page shows it beside the buttons. */
  private async withAllowed(
    details: ApiChangeRequestDetails,
    options: CallOptions,
  ): Promise<ApiChangeRequestDetails> {
    // Only an organization's own file is judged by its content; for the buttons of all others the paths do.
    const edits = details.paths.some(path =>
      path.endsWith('/organization.yaml'),
    )
      ? await this.filesOf(details.id)
      : details.paths.map(path => ({ path, content: null }));
    const reasons: Record<string, string> = { ...details.allowed.reasons };
    const check = async (
      action: 'comment' | 'approve' | 'merge' | 'close',
      permission: ChangePermission,
    ) => {
      if (!details.allowed[action]) return false;
      const reason = await this.refusal(edits, permission, options);
      if (reason) reasons[action] = reason;
      return !reason;
    };
    return {
      ...details,
      allowed: {
        comment: await check('comment', slipwayChangeCreatePermission),
        approve: await check('approve', slipwayChangeApprovePermission),
        merge: await check('merge', slipwayChangeMergePermission),
        close: await check('close', slipwayChangeCreatePermission),
        reasons,
      },
    };
  }
}
