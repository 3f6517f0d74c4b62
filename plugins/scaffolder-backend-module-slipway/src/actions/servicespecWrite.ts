import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { LIFECYCLES } from '@slipway/plugin-slipway-common';
import { writeResource } from '../workspace/writeResource';
import {
  contentOutput,
  organization,
  part,
  pathOutput,
  targetPath,
} from './inputs';
import { examples } from './servicespecWrite.examples';

/**
 * `slipway:servicespec:write`: writes a ServiceSpec into the workspace.
 *
 * @internal
 */
export function createServiceSpecWriteAction() {
  return createTemplateAction({
    id: 'slipway:servicespec:write',
    description:
      'Writes organizations/<organization>/services/<name>.yaml into the workspace, after checking it against the schema of a ServiceSpec.',
    examples,
    supportsDryRun: true,
    schema: {
      input: {
        organization,
        name: z => z.string().min(1).describe('The name of the service.'),
        owner: z =>
          z
            .string()
            .min(1)
            .describe('The group that owns the service, as an entity ref.'),
        description: z =>
          z
            .string()
            .optional()
            .describe('What the service does, in a sentence.'),
        system: z =>
          z
            .string()
            .optional()
            .describe('The System of the catalog that it is part of.'),
        lifecycle: z =>
          z
            .enum(LIFECYCLES)
            .optional()
            .describe('How far along it is; experimental when absent.'),
        workloads: z =>
          z
            .array(part(z))
            .optional()
            .describe('What runs, as spec.workloads of a ServiceSpec.'),
        databases: z =>
          z
            .array(part(z))
            .optional()
            .describe('Its databases, as spec.databases of a ServiceSpec.'),
        environments: z =>
          z
            .array(part(z))
            .optional()
            .describe('Where it runs, as spec.environments of a ServiceSpec.'),
        pipeline: z =>
          part(z)
            .optional()
            .describe(
              'How it is built, where that differs from the organization.',
            ),
        targetPath,
      },
      output: { path: pathOutput, content: contentOutput },
    },
    async handler(ctx) {
      const { name, targetPath: folder, ...spec } = ctx.input;
      const { path, content } = await writeResource(
        ctx,
        {
          kind: 'ServiceSpec',
          name,
          organization: spec.organization,
          spec,
        },
        folder,
      );
      ctx.output('path', path);
      ctx.output('content', content);
    },
  });
}
