import { subjectOf } from '../domain/releases/dispatch';
import { ReleasesService } from '../services/releases/ReleasesService';
import { ApiRouter } from './apiRouter';

const SERVICE = '/v1alpha1/services/{organization}/{service}';
const ENVIRONMENT =
  '/v1alpha1/environments/{organization}/{service}/{environment}';

/** Releases: what comes in, and how it gets from one environment to the next and back. */
export function registerReleases(
  api: ApiRouter,
  releases: ReleasesService,
): void {
  api.told(
    `${SERVICE}/revisions`,
    {
      eventId: 'revision-report',
      severity: 'medium',
      meta: call => ({
        ...call.params,
        revision: call.body.revision,
        ...(call.body.digest !== undefined && { digest: call.body.digest }),
        ...(call.body.branch !== undefined && { branch: call.body.branch }),
      }),
    },
    async call => call.params,
    call => releases.report(call.params, call.body, call.teller),
  );
  api.told(
    '/v1alpha1/dispatches',
    {
      eventId: 'dispatch',
      severity: 'medium',
      meta: call => ({
        ...(call.body.event_type !== undefined && {
          eventType: call.body.event_type,
        }),
        ...(call.body.path !== undefined && { path: call.body.path }),
      }),
    },
    async (call, organization) => subjectOf(call.body, organization),
    call => releases.dispatch(call.body, call.teller),
  );
  api.read(`${SERVICE}/releases`, async call => ({
    items: await releases.list(call.params, call),
  }));
  api.read(`${SERVICE}/releases/{id}`, call =>
    releases.get(call.params, call.params.id, call),
  );
  api.read(`${ENVIRONMENT}/promotion`, call =>
    releases.promotion(call.params, call),
  );
  api.post(
    `${ENVIRONMENT}/promote`,
    {
      eventId: 'environment-promote',
      severity: 'high',
      meta: call => ({ ...call.params }),
    },
    call => releases.promote(call.params, call.body, call),
  );
  api.read(`${ENVIRONMENT}/rollback`, call =>
    releases.rollback(call.params, call.query.to, call),
  );
  api.post(
    `${ENVIRONMENT}/rollback`,
    {
      eventId: 'environment-rollback',
      severity: 'high',
      meta: call => ({ ...call.params, to: call.body.to }),
    },
    call => releases.rollBack(call.params, call.body, call),
  );
  api.post(
    '/v1alpha1/promotions',
    {
      eventId: 'environment-promote',
      severity: 'high',
      meta: call => ({
        environments: call.body.items.map(
          ({ organization, service, environment }) =>
            `${organization}/${service}/${environment}`,
        ),
      }),
    },
    call => releases.promoteSeveral(call.body, call),
  );
}
