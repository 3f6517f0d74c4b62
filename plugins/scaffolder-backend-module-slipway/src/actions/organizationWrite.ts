import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import {
  GIT_INTEGRATIONS,
  PIPELINE_ENGINES,
} from '@slipway/plugin-slipway-common';
import { writeResource } from '../workspace/writeResource';
import { contentOutput, part, pathOutput, targetPath } from './inputs';
import { examples } from './organizationWrite.examples';

/**
 * `slipway:organization:write`: writes an Organization into the workspace.
 *
 * @internal
 */
export function createOrganizationWriteAction() {
  return createTemplateAction({
    id: 'slipway:organization:write',
    description:
      'Writes organizations/<name>/organization.yaml into the workspace, after checking it against the schema of an Organization.',
    examples,
    supportsDryRun: true,
    schema: {
      input: {
        name: z => z.string().min(1).describe('The name of the organization.'),
        owner: z =>
          z
            .string()
            .min(1)
            .describe('The group that owns it, as an entity ref.'),
        displayName: z =>
          z
            .string()
            .optional()
            .describe('What people see; the name when absent.'),
        members: z =>
          z
            .array(z.string())
            .optional()
            .describe('Further groups and users that work in it.'),
        gitHost: z =>
          z
            .object({
              integration: z
                .enum(GIT_INTEGRATIONS)
                .describe('The kind of Git host.'),
              namespace: z
                .string()
                .min(1)
                .describe('The owner, group or workspace at the Git host.'),
            })
            .describe('Where its code lives.'),
        pipelineEngine: z =>
          z.enum(PIPELINE_ENGINES).describe('What runs its pipelines.'),
        webhook: z =>
          part(z).describe(
            'How events of the Git host arrive: domain, tunnel.',
          ),
        secretStore: z =>
          part(z)
            .optional()
            .describe(
              "Where secrets are kept; the cluster's own Secrets when absent.",
            ),
        registry: z =>
          part(z).describe('Where images are pushed to: url, pullSecretRef.'),
        quota: z =>
          z.string().optional().describe('The QuotaProfile that bounds it.'),
        budget: z =>
          part(z)
            .optional()
            .describe('What it may cost in a month: cents, currency.'),
        targetPath,
      },
      output: { path: pathOutput, content: contentOutput },
    },
    async handler(ctx) {
      const { name, targetPath: folder, ...spec } = ctx.input;
      const { path, content } = await writeResource(
        ctx,
        {
          kind: 'Organization',
          name,
          organization: name,
          spec: {
            ...spec,
            displayName: spec.displayName || name,
            secretStore: spec.secretStore ?? { provider: 'kubernetes' },
          },
        },
        folder,
      );
      ctx.output('path', path);
      ctx.output('content', content);
    },
  });
}
