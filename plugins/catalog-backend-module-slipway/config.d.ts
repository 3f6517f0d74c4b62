import type { SchedulerServiceTaskScheduleDefinitionConfig } from '@backstage/backend-plugin-api';

export interface Config {
  catalog?: {
    providers?: {
      /** The services of Slipway. */
      slipway?: {
        /**
         * How often the catalog is brought up to date besides the events: every minute, ten seconds after the start,
         * when absent.
         */
        schedule?: SchedulerServiceTaskScheduleDefinitionConfig;
      };
    };
  };
}
