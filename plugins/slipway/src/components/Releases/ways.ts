import type { ApiEnvironment } from '@slipway/plugin-slipway-common';

/** One step of a promotion. @internal */
export interface Way {
  from: string;
  to: string;
}

/** Which environment of a service is promoted from which. @internal */
export const waysOf = (
  environments: Array<Pick<ApiEnvironment, 'name' | 'promoteFrom'>>,
): Way[] =>
  environments.flatMap(({ name, promoteFrom }) =>
    promoteFrom === undefined ? [] : [{ from: promoteFrom, to: name }],
  );

/** Of an environment the way onwards is what people come for; else the one that leads to it. @internal */
export const firstWay = (ways: Way[], environment: string): Way | undefined =>
  ways.find(({ from }) => from === environment) ??
  ways.find(({ to }) => to === environment) ??
  ways[0];
