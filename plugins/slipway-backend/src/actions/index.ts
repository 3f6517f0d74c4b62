import { registerDrift } from './drift';
import { registerExplain } from './explain';
import { registerPlan } from './plan';
import type { SlipwayActions } from './SlipwayActions';
import { registerStatus } from './status';

export type { SlipwayActions } from './SlipwayActions';

/** Registers what can be asked of Slipway in Backstage's actions registry, which also serves it as MCP tools. */
export function registerActions(options: SlipwayActions): void {
  registerStatus(options);
  registerExplain(options);
  registerDrift(options);
  registerPlan(options);
}
