import { InputError, NotFoundError } from '@backstage/errors';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import {
  SlipwayApiError,
  unwrap,
  type ApiOpenChangeRequest,
  type ApiSkeleton,
  type SlipwayClient,
} from '@slipway/plugin-slipway-common';
import { createHash } from 'node:crypto';
import { subjectOf } from '../changeSubject';
import { codeNamespace } from '../codeNamespace';
import { calling } from '../problems';
import { clientFor, type SlipwayAccess } from '../slipway';
import {
  collectPlatformFiles,
  collectSkeleton,
  type FileChange,
} from '../workspace';
import { changeOpenInput, changeOpenOutput } from './changeOpen.schema';
import { examples } from './changeOpen.examples';

/**
 * `slipway:change:open`: opens one change request with the workspace's
 * platform files, or updates the open one of the same subject.
 *
 * @internal
 */
export function createChangeOpenAction(access: SlipwayAccess) {
  return createTemplateAction({
    id: 'slipway:change:open',
    description:
      "Opens a change request with the workspace's platform files, and with a skeleton that becomes the code repository's first commit after the merge. Run again, it updates the open one.",
    examples,
    supportsDryRun: true,
    schema: { input: changeOpenInput, output: changeOpenOutput },
    async handler(ctx) {
      const { input } = ctx;
      const client = clientFor(access, ctx);
      const collected = await collectPlatformFiles(ctx.workspacePath, input);
      const files = await withoutGone(client, collected, path =>
        ctx.logger.info(`${path} isn't there; nothing to remove`),
      );
      const subject = input.subject ?? subjectOf(files);
      const skeleton = await skeletonOf(
        client,
        ctx.workspacePath,
        input,
        files,
      );
      const from = (input.from ?? []).filter(edited =>
        files.some(({ path }) => path === edited.path),
      );
      const body: ApiOpenChangeRequest = {
        subject,
        title: input.title,
        description: input.description ?? '',
        files,
        ...(from.length > 0 && { from }),
        ...(skeleton && { skeleton }),
      };

      if (ctx.isDryRun) {
        for (const { path, content } of files) {
          ctx.logger.info(
            content === undefined
              ? `Would remove ${path}`
              : `Would write ${path}`,
          );
        }
        ctx.logger.info(
          `Would open or update the change request of ${subject}${
            skeleton
              ? `, with ${skeleton.files.length} files for ${skeleton.repository}`
              : ''
          }. Nothing was opened: this is a dry run.`,
        );
        ctx.output('id', 'dry-run');
        ctx.output('number', 0);
        ctx.output('url', '/slipway/change-requests');
        return;
      }

      // The body is part of the key: a step that is run again with other files must not be answered with the old change.
      const change = await ctx.checkpoint({
        key: `slipway.change.open.${subject}.${digest(body)}`,
        fn: async () => {
          const { id, number } = await calling(
            `Opening the change request of ${subject}`,
            () => unwrap(client.POST('/v1alpha1/change-requests', { body })),
          );
          return { id, number };
        },
      });
      const url = `/slipway/change-requests/${encodeURIComponent(change.id)}`;
      ctx.logger.info(`Change request #${change.number} is open: ${url}`);
      ctx.output('id', change.id);
      ctx.output('number', change.number);
      ctx.output('url', url);
    },
  });
}

/** A file that is to be removed and isn't there is none to be named: a run that is repeated after the merge says so. */
async function withoutGone(
  client: SlipwayClient,
  files: FileChange[],
  gone: (path: string) => void,
): Promise<FileChange[]> {
  const kept = await Promise.all(
    files.map(async file => {
      if (file.content !== undefined || (await exists(client, file.path))) {
        return file;
      }
      gone(file.path);
      return undefined;
    }),
  );
  const left = kept.filter(file => file !== undefined);
  if (left.length === 0) {
    throw new NotFoundError(
      `${files.map(({ path }) => path).join(', ')}: none of these files is in the platform repository, so there is nothing to change.`,
    );
  }
  return left;
}

async function exists(client: SlipwayClient, path: string): Promise<boolean> {
  return calling(`Looking for ${path}`, async () => {
    try {
      await unwrap(
        client.GET('/v1alpha1/files', { params: { query: { path } } }),
      );
      return true;
    } catch (error) {
      if (error instanceof SlipwayApiError && error.status === 404) {
        return false;
      }
      throw error;
    }
  });
}

async function skeletonOf(
  client: SlipwayClient,
  workspacePath: string,
  input: {
    skeletonPath?: string;
    repository?: string;
    branch?: string;
    targetPath?: string;
  },
  files: FileChange[],
): Promise<ApiSkeleton | undefined> {
  const { skeletonPath, repository, branch = 'main', targetPath } = input;
  if (skeletonPath === undefined) {
    return undefined;
  }
  if (!repository) {
    throw new InputError(
      'A skeleton needs the repository that it becomes the first commit of; give repository, such as shop/checkout.',
    );
  }
  const namespace = repository.includes('/')
    ? undefined
    : await codeNamespace(client, workspacePath, {
        organization: organizationOf(files),
        targetPath,
      });
  const found = await collectSkeleton(workspacePath, skeletonPath);
  return {
    repository: namespace ? `${namespace}/${repository}` : repository,
    branch,
    files: found.map(({ path, content, executable }) => ({
      path,
      content,
      ...(executable && { executable }),
    })),
  };
}

function organizationOf(files: FileChange[]): string {
  const organizations = new Set(
    files.map(({ path }) => /^organizations\/([^/]+)\//.exec(path)?.[1]),
  );
  const [organization] = organizations;
  if (organizations.size !== 1 || organization === undefined) {
    throw new InputError(
      'A skeleton travels with the files of exactly one organization; name the repository as <owner>/<name> or split the change.',
    );
  }
  return organization;
}

function digest(body: ApiOpenChangeRequest): string {
  return createHash('sha256')
    .update(JSON.stringify(body))
    .digest('hex')
    .slice(0, 16);
}
