import { ApiBlueprint } from '@backstage/frontend-plugin-api';
import { slipwayApiFactory } from '../api/factory';

/** @internal */
export const slipwayApi = ApiBlueprint.make({
  params: defineParams => defineParams(slipwayApiFactory),
});
