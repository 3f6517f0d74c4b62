import { explain } from '@slipway/plugin-slipway-common';
import {
  environmentInput,
  explanationFields,
  stationState,
  who,
} from './schemas';
import { linkTo, READS, type SlipwayActions } from './SlipwayActions';

/** `slipway.explain`: why isn't it running? */
export function registerExplain({
  registry,
  services,
  appBaseUrl,
}: SlipwayActions): void {
  registry.register({
    name: 'explain',
    title: "Why isn't it running?",
    description: `
Explains one environment of a service: what is, why, what comes next, who acts, and everything that stands in its way in
the order of its road – conditions, objects in the cluster with their own reasons (an image that can't be pulled, a
container that keeps stopping), the last pipeline run, drift.`,
    attributes: READS,
    schema: {
      input: environmentInput,
      output: z =>
        z.object({
          ...explanationFields(z),
          blockers: z.array(
            z.object({
              kind: z.enum([
                'station',
                'object',
                'event',
                'pipeline',
                'drift',
                'source',
              ]),
              reason: z.string().describe('A row of the table of reasons'),
              state: stationState(z),
              title: z.string(),
              message: z.string(),
              why: z.string(),
              next: z.string(),
              who: who(z),
              since: z.string().optional(),
              station: z.string().optional(),
              object: z
                .object({
                  kind: z.string(),
                  name: z.string(),
                  namespace: z.string().optional(),
                })
                .optional(),
            }),
          ),
        }),
    },
    examples: [
      {
        title: 'Why is checkout not running in production?',
        input: {
          organization: 'shop',
          service: 'checkout',
          environment: 'production',
        },
      },
    ],
    action: async ({ input, credentials }) => {
      const { organization, service, environment } = input;
      const details = await services.environments.get(input, { credentials });
      const { items: pipelines } = await services.pipelines.list(input, {
        credentials,
      });
      const drift = await services.drift.get(input, { credentials });
      const { action: _, ...said } = explain(details, { drift, pipelines });
      return {
        output: {
          ...said,
          link: linkTo(appBaseUrl, organization, service, environment),
        },
      };
    },
  });
}
