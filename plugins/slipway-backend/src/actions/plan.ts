import { InputError } from '@backstage/errors';
import { READS, type SlipwayActions } from './SlipwayActions';

/** As many as one change request holds in practice; each is a spec of at most 1 MiB. */
const MAX_FILES = 50;

/** `slipway.plan`: what would this do? */
export function registerPlan({ registry, services }: SlipwayActions): void {
  registry.register({
    name: 'plan',
    title: 'What would this do?',
    description: `
Plans without writing anything. Two questions can be asked:

- With "files": what would happen if these files of the platform repository were merged (a file without content is
  removed). The answer has the totals, problems with line and column, and per environment the objects, policy verdicts
  with their fix, quota, cost and whether an approval is needed.
- With "organization", "service" and "environment": what is rendered for that environment now, beside what is committed.`,
    attributes: READS,
    schema: {
      input: z =>
        z.object({
          files: z
            .array(
              z.object({
                path: z
                  .string()
                  .describe(
                    'Path in the platform repository, such as organizations/shop/services/checkout.yaml',
                  ),
                content: z
                  .string()
                  .optional()
                  .describe('The whole file; left out to remove it'),
              }),
            )
            .min(1)
            .max(MAX_FILES)
            .optional(),
          organization: z.string().optional(),
          service: z.string().optional(),
          environment: z.string().optional(),
        }),
      output: z =>
        z.object({
          headline: z.string().optional().describe('The totals in one line'),
          problems: z
            .array(z.object({}).passthrough())
            .describe('Problems of the files, each with line, column and fix'),
          totals: z.object({}).passthrough().optional(),
          environments: z
            .array(z.object({}).passthrough())
            .describe('Objects, verdicts, quota, cost and approval of each'),
        }),
    },
    examples: [
      {
        title: 'What differs from what is committed?',
        input: {
          organization: 'shop',
          service: 'checkout',
          environment: 'staging',
        },
      },
    ],
    action: async ({ input, credentials }) => {
      const { files, organization, service, environment } = input;
      if (files) {
        const { headline, problems, totals, environments } =
          await services.plans.plan(
            files.map(({ path, content }) => ({
              path,
              content: content ?? null,
            })),
            { credentials },
          );
        return { output: { headline, problems, totals, environments } };
      }
      if (!organization || !service || !environment) {
        throw new InputError(
          "Name 'files', or all of 'organization', 'service' and 'environment'.",
        );
      }
      const plan = await services.environments.plan(
        { organization, service, environment },
        { credentials },
      );
      return { output: { problems: [], environments: [{ ...plan }] } };
    },
  });
}
