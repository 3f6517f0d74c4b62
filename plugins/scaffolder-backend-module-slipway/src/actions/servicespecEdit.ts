import { resolveSafeChildPath } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import {
  editFile,
  platformPath,
  unwrap,
  type Edit,
} from '@slipway/plugin-slipway-common';
import { createTwoFilesPatch } from 'diff';
import { createHash } from 'node:crypto';
import { subjectOf } from '../changeSubject';
import { calling, problemsError } from '../problems';
import { clientFor, type SlipwayAccess } from '../slipway';
import { writeWorkspaceFile } from '../workspace';
import { changeSubject, organization, pathOutput, targetPath } from './inputs';
import { withOverrides } from './overrides';
import { examples } from './servicespecEdit.examples';

/**
 * `slipway:servicespec:edit`: edits the ServiceSpec of a service that exists,
 * with comments and order kept, and puts the result into the workspace.
 *
 * @internal
 */
export function createServiceSpecEditAction(access: SlipwayAccess) {
  return createTemplateAction({
    id: 'slipway:servicespec:edit',
    description:
      "Edits a service's file as it is in the platform repository with the open change request of the service, if there is one, and writes the result into the workspace; comments and order stay. All edits of a file belong into one step: the next step would begin there again. What it hands out as from belongs into slipway:change:open.",
    examples,
    supportsDryRun: true,
    schema: {
      input: {
        organization,
        name: z => z.string().min(1).describe('The name of the service.'),
        edits: z =>
          z
            .array(
              z.object({
                op: z
                  .enum(['set', 'delete', 'append'])
                  .describe('Set a value, delete it, or append to a list.'),
                path: z
                  .array(
                    z.union([
                      z.string(),
                      z.number().int(),
                      z.object({ name: z.string() }).strict(),
                    ]),
                  )
                  .min(1)
                  .describe(
                    'The way to the value: fields by name, items of lists by place (counted from 0) or as { name }.',
                  ),
                value: z
                  .unknown()
                  .optional()
                  .describe(
                    'The value. An edit that lacks one is skipped, as a field of a form that was left empty; delete takes none.',
                  ),
              }),
            )
            .min(1)
            .describe('What changes, in order.'),
        subject: changeSubject,
        targetPath,
      },
      output: {
        path: pathOutput,
        from: z =>
          z
            .object({ path: z.string(), digest: z.string() })
            .describe(
              'What was edited, for slipway:change:open: the edit is then added to the open change request.',
            ),
        before: z => z.string().describe('The whole file before the edits.'),
        after: z => z.string().describe('The whole file after the edits.'),
        diff: z => z.string().describe('What changed, as a unified diff.'),
        changed: z => z.boolean().describe('Whether anything did.'),
      },
    },
    async handler(ctx) {
      const { input } = ctx;
      const path = pathOf(input);
      const edits = input.edits.filter(
        ({ op, value }) =>
          op === 'delete' || (value !== undefined && value !== null),
      );
      if (edits.length === 0) {
        throw new InputError(
          'None of the edits has a value, so there is nothing to change. Fill in at least one field.',
        );
      }
      const subject = input.subject ?? subjectOf([{ path }]);
      const read = async () => {
        const { content, digest, changeRequest } = await calling(
          `Reading ${path}`,
          () =>
            unwrap(
              clientFor(access, ctx).GET('/v1alpha1/files', {
                params: { query: { path, subject } },
              }),
            ),
        );
        return {
          content,
          digest: digest ?? '',
          into: changeRequest
            ? `change request #${changeRequest.number} (${changeRequest.title})`
            : '',
        };
      };
      // A step that is run again begins with what it began with: by then its own edit may be in the change request.
      const {
        content: before,
        digest,
        into,
      } = ctx.isDryRun
        ? await read()
        : await ctx.checkpoint({
            key: `slipway.servicespec.edit.${subject}.${path}.${keyOf(edits)}`,
            fn: read,
          });
      if (into !== '') ctx.logger.info(`${path} is edited as in ${into}`);
      const result = editFile(before, withOverrides(before, edits as Edit[]), {
        path,
      });
      if ('problems' in result) {
        throw problemsError(
          `${path} can't be edited so; nothing was written:`,
          result.problems,
        );
      }
      const after = result.text;

      await writeWorkspaceFile(
        resolveSafeChildPath(ctx.workspacePath, input.targetPath ?? '.'),
        path,
        after,
      );
      const changed = before !== after;
      const diff = changed
        ? createTwoFilesPatch(path, path, before, after)
        : '';
      ctx.logger.info(
        changed ? `Edited ${path}\n${diff}` : `${path} already says so`,
      );
      ctx.output('path', path);
      ctx.output('from', { path, digest });
      ctx.output('before', before);
      ctx.output('after', after);
      ctx.output('diff', diff);
      ctx.output('changed', changed);
    },
  });
}

function keyOf(edits: unknown): string {
  return createHash('sha256')
    .update(JSON.stringify(edits))
    .digest('hex')
    .slice(0, 16);
}

function pathOf(input: { organization: string; name: string }): string {
  try {
    return platformPath('ServiceSpec', input);
  } catch (error) {
    throw new InputError(
      `There can be no such service: ${(error as Error).message}`,
    );
  }
}
