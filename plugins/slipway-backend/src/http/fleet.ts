import { FleetService } from '../services/fleet/FleetService';
import { ApiRouter } from './apiRouter';

/** The platform as a whole. */
export function registerFleet(api: ApiRouter, fleet: FleetService): void {
  api.read('/v1alpha1/overview', call => fleet.overview(call));
  api.read('/v1alpha1/environments', call =>
    fleet.environments(call.query, call),
  );
  api.read('/v1alpha1/organizations/{organization}', call =>
    fleet.organization(call.params.organization, call),
  );
  api.read('/v1alpha1/policies', async call => ({
    items: await fleet.policies(call),
  }));
}
