import { InputError, NotFoundError } from '@backstage/errors';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { unwrap, type ApiRelease } from '@slipway/plugin-slipway-common';
import { calling } from '../problems';
import { clientFor, type SlipwayAccess } from '../slipway';
import { organization } from './inputs';
import { assess, message, pageOf, releaseOutput } from './release';
import { examples } from './rollback.examples';

/** Fewer signs of a revision could be meant for several. */
const SHORTEST = 7;

/**
 * `slipway:rollback`: takes an environment back to an earlier release, or
 * forward again.
 *
 * @internal
 */
export function createRollbackAction(access: SlipwayAccess) {
  return createTemplateAction({
    id: 'slipway:rollback',
    description:
      'Takes an environment back to a release that it ran before, or forward again: by a change request, or at once where its class says so. Run again, it changes nothing more.',
    examples,
    supportsDryRun: true,
    schema: {
      input: {
        organization,
        name: z => z.string().min(1).describe('The service, by name.'),
        environment: z => z.string().min(1).describe('The environment.'),
        to: z =>
          z
            .string()
            .optional()
            .describe(
              'The release, by its id or by the first seven signs or more of its revision. Absent: the newest one that is older than what runs.',
            ),
        message,
      },
      output: releaseOutput,
    },
    async handler(ctx) {
      const { input } = ctx;
      const client = clientFor(access, ctx);
      const path = {
        organization: input.organization,
        service: input.name,
        environment: input.environment,
      };
      const { items } = await calling(
        `Looking for the releases of ${input.organization}/${input.name}`,
        () =>
          unwrap(
            client.GET('/v1alpha1/services/{organization}/{service}/releases', {
              params: {
                path: {
                  organization: input.organization,
                  service: input.name,
                },
              },
            }),
          ),
      );
      const release = input.to
        ? named(items, input.to)
        : before(items, input.environment);
      const rollback = await calling(
        `Looking at the way back to ${release.revision}`,
        () =>
          unwrap(
            client.GET(
              '/v1alpha1/environments/{organization}/{service}/{environment}/rollback',
              { params: { path, query: { to: release.id } } },
            ),
          ),
      );
      const { there } = assess(rollback, ctx.logger);
      if (there || ctx.isDryRun) {
        if (!there)
          ctx.logger.info('Nothing was rolled back: this is a dry run.');
        ctx.output('changed', !there);
        ctx.output('direct', rollback.direct);
        ctx.output('url', pageOf({}, path));
        return;
      }
      const accepted = await ctx.checkpoint({
        key: `slipway.rollback.${Object.values(path).join('/')}.${release.id}.${rollback.diff!.digest}`,
        fn: async () => {
          const { id, direct } = await calling('Rolling back', () =>
            unwrap(
              client.POST(
                '/v1alpha1/environments/{organization}/{service}/{environment}/rollback',
                {
                  params: { path },
                  body: {
                    to: release.id,
                    digest: rollback.diff!.digest,
                    ...(input.message && { message: input.message }),
                  },
                },
              ),
            ),
          );
          return { ...(id !== undefined && { id }), direct };
        },
      });
      const url = pageOf(accepted, path);
      ctx.logger.info(
        accepted.direct
          ? `${release.revision} is on its way: ${url}`
          : `The change request is open: ${url}`,
      );
      ctx.output('changed', true);
      ctx.output('direct', accepted.direct);
      if (accepted.id !== undefined) ctx.output('id', accepted.id);
      ctx.output('url', url);
    },
  });
}

function named(releases: ApiRelease[], to: string): ApiRelease {
  const found = releases.filter(
    ({ id, revision }) =>
      id === to || (to.length >= SHORTEST && revision.startsWith(to)),
  );
  if (found.length === 1) return found[0];
  const known = releases
    .slice(0, 10)
    .map(({ id, revision }) => `${id} (${revision})`)
    .join(', ');
  throw found.length === 0
    ? new NotFoundError(
        `There is no release ${to}; the newest are: ${known || 'none'}.`,
      )
    : new InputError(
        `${to} is meant for ${found.length} releases; give the id of one: ${found.map(({ id }) => id).join(', ')}.`,
      );
}

/** The newest release that stands after the one that runs, in the order of the list. */
function before(releases: ApiRelease[], environment: string): ApiRelease {
  const running = releases.findIndex(({ where }) =>
    where.some(
      place => place.environment === environment && place.state !== 'waiting',
    ),
  );
  const earlier = running < 0 ? undefined : releases[running + 1];
  if (earlier) return earlier;
  throw new NotFoundError(
    running < 0
      ? `Nothing was released to ${environment} yet, so there is nothing to go back from.`
      : `${environment} runs the oldest release that is known; there is none before it.`,
  );
}
