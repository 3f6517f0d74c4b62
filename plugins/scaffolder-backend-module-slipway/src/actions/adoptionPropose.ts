import { resolveSafeChildPath } from '@backstage/backend-plugin-api';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { unwrap } from '@slipway/plugin-slipway-common';
import { calling } from '../problems';
import { clientFor, type SlipwayAccess } from '../slipway';
import { writeWorkspaceFile } from '../workspace';
import { examples } from './adoptionPropose.examples';
import { contentOutput, organization, pathOutput, targetPath } from './inputs';

/** What became of an object, in a sentence. */
const WORDS = {
  workload: 'becomes a workload',
  kept: 'is kept as it is',
  left: 'is left outside of Git',
} as const;

/**
 * `slipway:adoption:propose`: writes the ServiceSpec of what is in a namespace
 * that was made by hand and, where asked to, releases the namespace.
 *
 * @internal
 */
export function createAdoptionProposeAction(access: SlipwayAccess) {
  return createTemplateAction({
    id: 'slipway:adoption:propose',
    description:
      'Writes the ServiceSpec that takes over an Argo CD Application and its namespace as they are, without a restart. Where release is true, it also lets the organization adopt the namespace.',
    examples,
    supportsDryRun: true,
    schema: {
      input: {
        cluster: z =>
          z.string().min(1).describe('The cluster that the namespace is on.'),
        namespace: z =>
          z.string().min(1).describe('The namespace that was made by hand.'),
        application: z =>
          z
            .string()
            .optional()
            .describe(
              'The Argo CD Application that delivers to it; the only one that does when absent.',
            ),
        organization,
        name: z =>
          z.string().min(1).describe('The name that the service is to have.'),
        environment: z =>
          z
            .string()
            .min(1)
            .describe('The name that the environment is to have.'),
        class: z =>
          z.string().min(1).describe('The EnvironmentClass that it follows.'),
        owner: z =>
          z
            .string()
            .optional()
            .describe(
              "The group that owns the service; the organization's when absent.",
            ),
        release: z =>
          z
            .boolean()
            .optional()
            .describe('Whether the namespace is released to the organization.'),
        targetPath,
      },
      output: {
        path: pathOutput,
        content: contentOutput,
        summary: z =>
          z
            .string()
            .describe('What becomes of each object, as a list in Markdown.'),
      },
    },
    async handler(ctx) {
      const { input } = ctx;
      const client = clientFor(access, ctx);
      const { cluster, namespace } = input;
      if (input.release && ctx.isDryRun) {
        ctx.logger.info(
          `Namespace ${namespace} was not released: this is a dry run.`,
        );
      } else if (input.release) {
        // Doing it again changes nothing, so it needs no checkpoint.
        await calling(`Releasing namespace ${namespace}`, () =>
          unwrap(
            client.POST('/v1alpha1/adoptions', {
              body: { cluster, namespace, organization: input.organization },
            }),
          ),
        );
        ctx.logger.info(
          `Organization ${input.organization} may adopt namespace ${namespace}.`,
        );
      }
      const proposal = await calling(
        `Looking into namespace ${namespace}`,
        () =>
          unwrap(
            client.POST('/v1alpha1/adoptions/preview', {
              body: {
                cluster,
                namespace,
                organization: input.organization,
                service: input.name,
                environment: input.environment,
                class: input.class,
                ...(input.application && { application: input.application }),
                ...(input.owner && { owner: input.owner }),
              },
            }),
          ),
      );
      await writeWorkspaceFile(
        resolveSafeChildPath(ctx.workspacePath, input.targetPath ?? '.'),
        proposal.path,
        proposal.content,
      );
      const lines = proposal.objects.map(
        ({ kind, name, as, because }) =>
          `${kind} ${name}: ${WORDS[as]}${because ? `, as ${because}` : ''}`,
      );
      lines.forEach(line => ctx.logger.info(line));
      for (const { verdicts } of proposal.plan.environments) {
        for (const { rule, result, message, fix } of verdicts) {
          if (rule === 'adopt' && result === 'deny')
            ctx.logger.warn(fix ? `${message} ${fix}` : message);
        }
      }
      ctx.output('path', proposal.path);
      ctx.output('content', proposal.content);
      // Read as Markdown on the page of the run, where a mere line break is none.
      ctx.output('summary', lines.map(line => `- ${line}`).join('\n'));
    },
  });
}
