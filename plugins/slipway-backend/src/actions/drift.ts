import { environmentInput } from './schemas';
import { linkTo, READS, type SlipwayActions } from './SlipwayActions';

/** `slipway.drift`: what is different from what we agreed? */
export function registerDrift({
  registry,
  services,
  appBaseUrl,
}: SlipwayActions): void {
  registry.register({
    name: 'drift',
    title: 'What differs from Git?',
    description: `
What in the cluster differs from what was agreed in Git, object by object and field by field: what is wanted, what was
found, which tool changed it and since when, and whether the change could be accepted into Git. It is the answer of the
last look, with its age; no cluster is asked. Values of Secrets are never shown.`,
    attributes: READS,
    schema: {
      input: environmentInput,
      output: z =>
        z.object({
          state: z.enum(['none', 'drifted', 'unknown']),
          checkedAt: z.string().optional().describe('When it was looked at'),
          since: z.string().optional(),
          message: z.string().optional(),
          selfHeal: z
            .boolean()
            .describe('Whether Argo CD puts drift back by itself'),
          objects: z.array(
            z.object({
              apiVersion: z.string(),
              kind: z.string(),
              namespace: z.string().optional(),
              name: z.string(),
              missing: z
                .boolean()
                .describe('It is in Git and not in the cluster'),
              fields: z.array(
                z.object({
                  path: z.string(),
                  wanted: z.unknown(),
                  found: z.unknown(),
                  why: z.enum(['changed', 'foreign', 'missing']),
                  manager: z.string().optional(),
                  tool: z.string().optional(),
                  user: z.string().optional(),
                  since: z.string().optional(),
                  acceptable: z
                    .boolean()
                    .describe('Whether it could be accepted into Git'),
                  whyNot: z.string().optional(),
                }),
              ),
            }),
          ),
          link: z.string().describe('The page of the environment'),
        }),
    },
    examples: [
      {
        title: 'What was changed by hand?',
        input: {
          organization: 'shop',
          service: 'checkout',
          environment: 'staging',
        },
      },
    ],
    action: async ({ input, credentials }) => {
      const { organization, service, environment } = input;
      const { state, checkedAt, since, message, selfHeal, objects } =
        await services.drift.get(input, { credentials });
      return {
        output: {
          state,
          ...(checkedAt && { checkedAt }),
          ...(since && { since }),
          ...(message && { message }),
          selfHeal,
          objects: objects.map(({ fields, ...object }) => ({
            ...object,
            fields: fields.map(({ accept, ...field }) => ({
              ...field,
              wanted: field.wanted,
              found: field.found,
              acceptable: accept.possible,
              ...(accept.reason && { whyNot: accept.reason }),
            })),
          })),
          link: linkTo(appBaseUrl, organization, service, environment),
        },
      };
    },
  });
}
