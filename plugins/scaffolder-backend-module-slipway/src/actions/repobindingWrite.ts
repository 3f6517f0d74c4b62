import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { PERMISSION_PROFILES } from '@slipway/plugin-slipway-common';
import { codeNamespace } from '../codeNamespace';
import { clientFor, type SlipwayAccess } from '../slipway';
import { writeResource } from '../workspace/writeResource';
import { contentOutput, organization, pathOutput, targetPath } from './inputs';
import { examples } from './repobindingWrite.examples';

/**
 * `slipway:repobinding:write`: writes a RepoBinding into the workspace.
 *
 * @internal
 */
export function createRepoBindingWriteAction(access: SlipwayAccess) {
  return createTemplateAction({
    id: 'slipway:repobinding:write',
    description:
      'Writes organizations/<organization>/bindings/<name>.yaml into the workspace, after checking it against the schema of a RepoBinding.',
    examples,
    supportsDryRun: true,
    schema: {
      input: {
        organization,
        name: z =>
          z
            .string()
            .optional()
            .describe(
              "The name of the binding; the repository's name when absent.",
            ),
        repository: z =>
          z
            .object({
              owner: z
                .string()
                .optional()
                .describe(
                  "Its owner, group or workspace at the Git host; the organization's own when absent.",
                ),
              name: z.string().min(1).describe('Its name.'),
              branch: z
                .string()
                .optional()
                .describe('The branch that is built; main when absent.'),
            })
            .describe('The repository that is bound.'),
        pipeline: z =>
          z
            .object({
              name: z
                .string()
                .optional()
                .describe(
                  "The pipeline's name; the binding's own when absent.",
                ),
              template: z
                .string()
                .min(1)
                .describe('The pipeline template that it follows.'),
            })
            .describe('The pipeline that runs on a commit.'),
        permissionProfile: z =>
          z
            .enum(PERMISSION_PROFILES)
            .optional()
            .describe('What the pipeline may do; builder when absent.'),
        targetPath,
      },
      output: {
        path: pathOutput,
        content: contentOutput,
        repository: z =>
          z
            .string()
            .describe(
              'The repository as <owner>/<name>, as slipway:change:open takes it.',
            ),
      },
    },
    async handler(ctx) {
      const { input } = ctx;
      const name = input.name ?? input.repository.name;
      const owner =
        input.repository.owner ||
        (await codeNamespace(clientFor(access, ctx), ctx.workspacePath, input));
      const { path, content } = await writeResource(
        ctx,
        {
          kind: 'RepoBinding',
          name,
          organization: input.organization,
          spec: {
            organization: input.organization,
            repository: { ...input.repository, owner },
            pipeline: { ...input.pipeline, name: input.pipeline.name ?? name },
            permissionProfile: input.permissionProfile,
          },
        },
        input.targetPath,
      );
      ctx.output('path', path);
      ctx.output('content', content);
      ctx.output('repository', `${owner}/${input.repository.name}`);
    },
  });
}
