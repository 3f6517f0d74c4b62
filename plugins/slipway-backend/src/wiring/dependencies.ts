import {
  AuthService,
  LoggerService,
  PermissionsRegistryService,
  PermissionsService,
  RootConfigService,
  UserInfoService,
} from '@backstage/backend-plugin-api';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { EventsService } from '@backstage/plugin-events-node';
import { NotificationService } from '@backstage/plugin-notifications-node';
import { SignalsService } from '@backstage/plugin-signals-node';
import type { PipelineEngine } from '@slipway/plugin-slipway-node';
import { Knex } from 'knex';
import { Settings } from '../settings';
import type { PullRequestHosts } from './pullRequests';

/** What Backstage and the settings give the plugin. */
export interface Dependencies {
  auth: AuthService;
  catalog: CatalogService;
  config: RootConfigService;
  db: Knex;
  events: EventsService;
  logger: LoggerService;
  notifications: NotificationService;
  permissions: PermissionsService;
  permissionsRegistry: PermissionsRegistryService;
  settings: Settings;
  pipelineEngines: PipelineEngine[];
  pullRequestHosts: PullRequestHosts;
  signals: SignalsService;
  userInfo: UserInfoService;
}
