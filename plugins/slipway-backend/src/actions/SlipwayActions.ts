import type { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import type { DriftService } from '../services/drift/DriftService';
import type { EnvironmentsService } from '../services/environments/EnvironmentsService';
import type { FleetService } from '../services/fleet/FleetService';
import type { PipelinesService } from '../services/pipelines/PipelinesService';
import type { PlansService } from '../services/plans/PlansService';

/** What the actions are made of: use cases that are guarded by the caller's permissions. */
export interface SlipwayActions {
  registry: ActionsRegistryService;
  services: {
    drift: Pick<DriftService, 'get'>;
    environments: Pick<EnvironmentsService, 'get' | 'plan'>;
    fleet: Pick<FleetService, 'environments'>;
    pipelines: Pick<PipelinesService, 'list'>;
    plans: PlansService;
  };
  /** Where people open the portal; links begin with it. */
  appBaseUrl: string;
}

/** They read, and asking twice is asking once. */
export const READS = {
  readOnly: true,
  destructive: false,
  idempotent: true,
} as const;

/** The page of an environment. */
export function linkTo(
  appBaseUrl: string,
  organization: string,
  service: string,
  environment: string,
): string {
  const path = [organization, service, environment]
    .map(encodeURIComponent)
    .join('/');
  return `${appBaseUrl.replace(/\/$/, '')}/slipway/environments/${path}`;
}
