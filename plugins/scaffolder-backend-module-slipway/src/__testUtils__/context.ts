import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import type { TemplateAction } from '@backstage/plugin-scaffolder-node';
import type { JsonObject } from '@backstage/types';
import type { SlipwayAccess } from '../slipway';

/** How the actions reach a fake backend. */
export function accessTo(url: string): SlipwayAccess {
  return {
    auth: mockServices.auth({ pluginId: 'scaffolder' }),
    discovery: mockServices.discovery.mock({ getBaseUrl: async () => url }),
  };
}

/** What one run of an action left behind. */
export interface Run {
  output: Record<string, unknown>;
  /** Keys of the checkpoints, in order. */
  checkpoints: string[];
  log: string[];
}

/**
 * Runs an action as the scaffolder would: in a workspace, for a user, with
 * checkpoints that remember what `state` says was done before.
 */
export async function run(
  action: Pick<TemplateAction<any, any, any>, 'handler'>, // any: as the scaffolder's own registry takes actions
  options: {
    workspacePath: string;
    input: JsonObject;
    isDryRun?: boolean;
    state?: Map<string, unknown>;
  },
): Promise<Run> {
  const { workspacePath, input, isDryRun, state = new Map() } = options;
  const result: Run = { output: {}, checkpoints: [], log: [] };
  const say = (message: string) => {
    result.log.push(message);
  };
  const context = createMockActionContext({ workspacePath, input });
  await action.handler({
    ...context,
    isDryRun,
    logger: mockServices.logger.mock({ info: say, warn: say }),
    getInitiatorCredentials: async () =>
      mockCredentials.user('user:default/dana'),
    output: (name: string, value: unknown) => {
      result.output[name] = value;
    },
    async checkpoint<T>({
      key,
      fn,
    }: {
      key: string;
      fn: () => Promise<T> | T;
    }) {
      result.checkpoints.push(key);
      if (!state.has(key)) state.set(key, await fn());
      return state.get(key) as T;
    },
  } as typeof context);
  return result;
}
