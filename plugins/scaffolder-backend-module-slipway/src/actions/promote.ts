import { InputError } from '@backstage/errors';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { unwrap } from '@slipway/plugin-slipway-common';
import { calling } from '../problems';
import { clientFor, type SlipwayAccess } from '../slipway';
import { organization } from './inputs';
import { examples } from './promote.examples';
import { assess, message, pageOf, releaseOutput } from './release';

/**
 * `slipway:promote`: opens one change request with what the environment that
 * the spec promotes from runs, or updates the open one.
 *
 * @internal
 */
export function createPromoteAction(access: SlipwayAccess) {
  return createTemplateAction({
    id: 'slipway:promote',
    description:
      'Promotes what a healthy environment runs to the one that the spec promotes it to, one or several services in one change request. Run again, it updates the open one.',
    examples,
    supportsDryRun: true,
    schema: {
      input: {
        organization,
        name: z => z.string().optional().describe('The service, by name.'),
        names: z =>
          z
            .array(z.string().min(1))
            .optional()
            .describe('Several services, in one change request.'),
        environment: z =>
          z.string().min(1).describe('The environment that is promoted to.'),
        message,
      },
      output: releaseOutput,
    },
    async handler(ctx) {
      const { input } = ctx;
      const services = input.names ?? (input.name ? [input.name] : []);
      if (services.length === 0)
        throw new InputError('Give name, or names with at least one service.');
      const client = clientFor(access, ctx);
      const items: Array<{
        organization: string;
        service: string;
        environment: string;
        digest: string;
      }> = [];
      for (const service of services) {
        const path = {
          organization: input.organization,
          service,
          environment: input.environment,
        };
        const promotion = await calling(
          `Looking at the promotion of ${input.organization}/${service} to ${input.environment}`,
          () =>
            unwrap(
              client.GET(
                '/v1alpha1/environments/{organization}/{service}/{environment}/promotion',
                { params: { path } },
              ),
            ),
        );
        if (!assess(promotion, ctx.logger).there)
          items.push({ ...path, digest: promotion.diff!.digest });
      }
      const [first] = services;
      const place = {
        organization: input.organization,
        service: first,
        environment: input.environment,
      };
      if (items.length === 0 || ctx.isDryRun) {
        if (items.length > 0)
          ctx.logger.info('Nothing was promoted: this is a dry run.');
        ctx.output('changed', items.length > 0);
        ctx.output('direct', false);
        ctx.output('url', pageOf({}, place));
        return;
      }
      // What would run is part of the key: a run of tomorrow promotes what staging runs tomorrow.
      const accepted = await ctx.checkpoint({
        key: `slipway.promote.${items.map(({ service, digest }) => `${service}@${digest}`).join('.')}`,
        fn: async () => {
          const { id, created } = await calling('Promoting', () =>
            unwrap(
              client.POST('/v1alpha1/promotions', {
                body: {
                  items,
                  ...(input.message && { message: input.message }),
                },
              }),
            ),
          );
          return { ...(id !== undefined && { id }), created };
        },
      });
      const url = pageOf(accepted, place);
      ctx.logger.info(`The change request is open: ${url}`);
      ctx.output('changed', true);
      ctx.output('direct', false);
      ctx.output('id', accepted.id);
      ctx.output('url', url);
    },
  });
}
