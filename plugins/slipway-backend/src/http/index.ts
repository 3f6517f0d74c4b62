import {
  AuditorService,
  HttpAuthService,
  LoggerService,
} from '@backstage/backend-plugin-api';
import type { Router } from 'express';
import { AdoptionsService } from '../services/adoptions/AdoptionsService';
import { ChangesService } from '../services/changes/ChangesService';
import { DriftService } from '../services/drift/DriftService';
import { EnvironmentsService } from '../services/environments/EnvironmentsService';
import { FleetService } from '../services/fleet/FleetService';
import { InventoryService } from '../services/inventory/InventoryService';
import { LiveTopics } from '../services/live/LiveTopics';
import { ObjectsService } from '../services/objects/ObjectsService';
import { OnboardingService } from '../services/onboarding/OnboardingService';
import { OperateService } from '../services/operate/OperateService';
import { OperationsService } from '../services/operations/OperationsService';
import { PipelinesService } from '../services/pipelines/PipelinesService';
import { PlansService } from '../services/plans/PlansService';
import { ReleasesService } from '../services/releases/ReleasesService';
import { Signatures } from '../services/releases/Signatures';
import { registerAdoptions } from './adoptions';
import { createApiRouter, finishRouter } from './apiRouter';
import { registerChanges } from './changes';
import { registerDrift } from './drift';
import { registerEnvironments } from './environments';
import { registerFleet } from './fleet';
import { registerInventory } from './inventory';
import { registerObjects } from './objects';
import { registerOnboarding } from './onboarding';
import { registerOperations } from './operations';
import { registerPipelines } from './pipelines';
import { registerPlans } from './plans';
import { registerReleases } from './releases';

export { SIGNED_PATHS } from './apiRouter';

/** The use cases behind the API, each already guarded by its permissions. */
export interface Services {
  adoptions: AdoptionsService;
  changes: ChangesService;
  drift: DriftService;
  environments: EnvironmentsService;
  fleet: FleetService;
  inventory: InventoryService;
  objects: ObjectsService;
  onboarding: OnboardingService;
  operate: OperateService;
  operations: OperationsService;
  pipelines: PipelinesService;
  plans: PlansService;
  releases: ReleasesService;
}

/** The router of the plugin. */
export function createRouter(options: {
  services: Services;
  httpAuth: HttpAuthService;
  auditor: AuditorService;
  logger: LoggerService;
  topics: LiveTopics;
  signatures: Signatures;
}): Router {
  const api = createApiRouter(options);
  registerInventory(api, options.services.inventory, options.services.changes);
  registerFleet(api, options.services.fleet);
  registerEnvironments(api, options.services.environments);
  registerPipelines(api, options.services.pipelines);
  registerDrift(api, options.services.drift, options.services.operate);
  registerObjects(api, options.services.objects);
  registerPlans(api, options.services.plans);
  registerReleases(api, options.services.releases);
  registerChanges(api, options.services.changes);
  registerAdoptions(api, options.services.adoptions);
  registerOnboarding(api, options.services.onboarding);
  registerOperations(api, options.services.operations);
  return finishRouter(api, options.logger);
}
