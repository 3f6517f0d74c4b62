import { unwrap } from '@slipway/plugin-slipway-common';
import { useSlipwayQuery } from './useSlipwayQuery';

/** Every cluster with an Argo CD is asked; what people make by hand comes seldom. */
const LOOKED_MS = 60_000;

/** What could be adopted. @internal */
export const useAdoptionCandidates = () =>
  useSlipwayQuery(
    ['adoption-candidates'],
    (client, signal) =>
      unwrap(client.GET('/v1alpha1/adoptions/candidates', { signal })),
    { every: LOOKED_MS },
  );
