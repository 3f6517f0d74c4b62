import { LoggerService } from '@backstage/backend-plugin-api';
import { ConflictError } from '@backstage/errors';
import type {
  ApiAcceptedRelease,
  ApiPromotion,
} from '@slipway/plugin-slipway-common';
import type { Zod } from './inputs';

/** @internal */
export const releaseOutput = {
  changed: (zod: Zod) =>
    zod
      .boolean()
      .describe('False when the environment is as it was asked for already.'),
  direct: (zod: Zod) =>
    zod
      .boolean()
      .describe('Whether it goes without a change request; the class says so.'),
  id: (zod: Zod) =>
    zod
      .string()
      .optional()
      .describe('The id of the change request, where there is one.'),
  url: (zod: Zod) =>
    zod.string().describe('Its page, or that of the environment.'),
};

/** @internal */
export const message = (zod: Zod) =>
  zod.string().optional().describe('For whoever reviews the change.');

/** Says what an environment would become, and throws where it can't. One that is there already is no reason to fail. @internal */
export function assess(
  promotion: ApiPromotion,
  logger: LoggerService,
): { there: boolean } {
  const { organization, service, environment, blocked, allowed } = promotion;
  const name = `${organization}/${service}/${environment}`;
  if (blocked?.reason === 'SameRelease') {
    logger.info(blocked.message);
    return { there: true };
  }
  if (!allowed.allowed)
    throw new ConflictError(`${name}: ${allowed.reason ?? 'not now'}`);
  const objects = promotion.diff?.objects ?? [];
  const moved = objects.filter(({ verb }) => verb !== 'keep');
  logger.info(
    `${name}: ${promotion.current?.revision ?? 'nothing'} → ${promotion.release?.revision ?? 'nothing'}, ${moved.length} of ${objects.length} objects change`,
  );
  for (const warning of promotion.warnings) logger.warn(warning);
  return { there: false };
}

/** Where somebody follows it. @internal */
export function pageOf(
  { id }: Pick<ApiAcceptedRelease, 'id'>,
  environment: { organization: string; service: string; environment: string },
): string {
  return id === undefined
    ? `/slipway/environments/${environment.organization}/${environment.service}/${environment.environment}`
    : `/slipway/change-requests/${encodeURIComponent(id)}`;
}
