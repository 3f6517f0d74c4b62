import { describeEnvironments } from './__testUtils__/behaviour';
import { realClusters } from './__testUtils__/clusters';
import { describeRemovals } from './__testUtils__/removalBehaviour';

describeEnvironments(
  'EnvironmentReconciler, on a real API server',
  realClusters(),
);

describeRemovals(
  'Removal of environments, on a real API server',
  realClusters(),
);
