import { explain, type ApiEnvironment } from '@slipway/plugin-slipway-common';
import { explanationFields } from './schemas';
import { linkTo, READS, type SlipwayActions } from './SlipwayActions';

/** Environments of one answer; a caller that wants more narrows the question. */
const LIMIT = 50;

/** They are in memory; states are told apart here, in the words of the explanation. */
const WHOLE_FLEET = 100_000;

/** What needs somebody comes first. */
const URGENCY = ['stopped', 'unknown', 'waiting', 'here', 'ahead', 'done'];
const urgency = (state: string) => URGENCY.indexOf(state);

/** `slipway.status`: where environments stand on their road. */
export function registerStatus({
  registry,
  services,
  appBaseUrl,
}: SlipwayActions): void {
  registry.register({
    name: 'status',
    title: 'Status of environments',
    description: `
Where environments of services stand: each with the station of its road that speaks, why, what comes next and who acts.

Without input it lists everything that the caller may see, what needs somebody first. Narrow it by organization, service
and environment, or by state: "stopped" is what failed, "waiting" is what waits for a person, "done" is healthy.
Use explain for one environment when more than one thing stands in its way.`,
    attributes: READS,
    schema: {
      input: z =>
        z.object({
          organization: z.string().optional().describe('Only this one'),
          service: z.string().optional().describe('Only this one'),
          environment: z
            .string()
            .optional()
            .describe('Only environments of this name'),
          state: z
            .enum(['done', 'here', 'waiting', 'stopped', 'ahead', 'unknown'])
            .optional()
            .describe('Only environments in this state'),
          drifted: z
            .boolean()
            .optional()
            .describe('Only environments that drifted, or that did not'),
          limit: z.number().int().min(1).max(200).optional(),
        }),
      output: z =>
        z.object({
          environments: z.array(
            z.object({
              organization: z.string(),
              service: z.string(),
              environment: z.string(),
              class: z.string(),
              cluster: z.string(),
              sandbox: z
                .boolean()
                .describe('It runs on a stand-in for a cluster'),
              owner: z.string(),
              commit: z
                .string()
                .optional()
                .describe('Commit of the GitOps repository'),
              drift: z.string().describe('none, drifted or unknown'),
              ...explanationFields(z),
            }),
          ),
          total: z.number().describe('How many there are, shown or not'),
        }),
    },
    examples: [
      { title: 'What is stopped?', input: { state: 'stopped' } },
      {
        title: 'How is a service?',
        input: { organization: 'shop', service: 'checkout' },
      },
    ],
    action: async ({ input, credentials }) => {
      const { organization, service, environment, state, drifted } = input;
      const { items } = await services.fleet.environments(
        {
          ...(organization && { organization }),
          ...(service && { service }),
          limit: WHOLE_FLEET,
        },
        { credentials },
      );
      const found = items
        .filter(item => !environment || item.name === environment)
        .map(item => ({ item, said: explain(item) }))
        .filter(({ said }) => !state || said.state === state)
        .filter(
          ({ item }) =>
            drifted === undefined ||
            (item.drift?.state === 'drifted') === drifted,
        )
        .sort((a, b) => urgency(a.said.state) - urgency(b.said.state));
      return {
        output: {
          environments: found
            .slice(0, input.limit ?? LIMIT)
            .map(
              ({ item, said: { blockers: _, action: _action, ...said } }) => ({
                ...shape(item),
                ...said,
                link: linkTo(
                  appBaseUrl,
                  item.organization,
                  item.service,
                  item.name,
                ),
              }),
            ),
          total: found.length,
        },
      };
    },
  });
}

function shape(item: ApiEnvironment) {
  const { organization, service, name, cluster, sandbox, owner, commit } = item;
  return {
    organization,
    service,
    environment: name,
    class: item.class,
    cluster,
    sandbox,
    owner,
    ...(commit && { commit }),
    drift: item.drift?.state ?? 'unknown',
  };
}
