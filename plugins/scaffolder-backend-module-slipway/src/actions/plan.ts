import { LoggerService } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import {
  formatProblem,
  hasErrors,
  unwrap,
  type ApiPlan,
  type ApiVerdict,
} from '@slipway/plugin-slipway-common';
import { calling, problemsError } from '../problems';
import { clientFor, type SlipwayAccess } from '../slipway';
import { collectPlatformFiles } from '../workspace';
import { files, removePaths, targetPath } from './inputs';
import { examples } from './plan.examples';

/**
 * `slipway:plan`: says what the workspace's platform files would do.
 *
 * @internal
 */
export function createPlanAction(access: SlipwayAccess) {
  return createTemplateAction({
    id: 'slipway:plan',
    description:
      "Plans the workspace's platform files: objects per environment, verdicts of the policies, monthly cost. Nothing is written.",
    examples,
    supportsDryRun: true,
    schema: {
      input: {
        targetPath,
        files,
        removePaths,
        failOn: z =>
          z
            .enum(['problems', 'denials', 'never'])
            .optional()
            .describe(
              'What fails the step: problems of the files (when absent), these and denials of a policy, or nothing.',
            ),
      },
      output: {
        headline: z => z.string().describe('The totals in one line.'),
        denied: z => z.boolean().describe('Whether a policy denies it.'),
        plan: z => z.record(z.unknown()).describe('The whole plan.'),
      },
    },
    async handler(ctx) {
      const { failOn = 'problems' } = ctx.input;
      const changes = await collectPlatformFiles(ctx.workspacePath, ctx.input);
      // Planning changes nothing, so a dry run does it too.
      const plan = await calling(
        `Planning ${changes.map(({ path }) => path).join(', ')}`,
        () =>
          unwrap(
            clientFor(access, ctx).POST('/v1alpha1/plans', {
              body: { files: changes },
            }),
          ),
      );
      const denials = plan.environments.flatMap(({ environment, verdicts }) =>
        verdicts
          .filter(isDenial)
          .map(verdict => `  ${environment}: ${describeVerdict(verdict)}`),
      );
      const denied = denials.length > 0 || plan.totals.denials > 0;
      tell(ctx.logger, plan);
      ctx.output('headline', plan.headline);
      ctx.output('denied', denied);
      ctx.output('plan', { ...plan });

      if (failOn !== 'never' && hasErrors(plan.problems)) {
        throw problemsError('The plan has problems:', plan.problems);
      }
      if (failOn === 'denials' && denied) {
        throw new InputError(
          ['Policies deny the plan:', ...denials].join('\n'),
        );
      }
    },
  });
}

function tell(logger: LoggerService, plan: ApiPlan): void {
  logger.info(plan.headline);
  for (const problem of plan.problems) {
    logger.warn(formatProblem(problem));
  }
  for (const { service, environment, verdicts, passed } of plan.environments) {
    const notable = verdicts.filter(
      verdict => isDenial(verdict) || verdict.result === 'warn',
    );
    logger.info(`${service} in ${environment}: ${passed} policy rules passed`);
    for (const verdict of notable) {
      logger.warn(`${service} in ${environment}: ${describeVerdict(verdict)}`);
    }
  }
}

/** A rule that can't be evaluated blocks like one that denies. */
function isDenial({ result }: ApiVerdict): boolean {
  return result === 'deny' || result === 'error';
}

function describeVerdict(verdict: ApiVerdict): string {
  const { pack, rule, result, message, fix } = verdict;
  return `${result}: ${message} (${pack}/${rule})${fix ? ` – ${fix}` : ''}`;
}
