import { describeEnvironments } from './__testUtils__/behaviour';
import { realClusters } from './__testUtils__/clusters';

describeEnvironments(
  'EnvironmentReconciler, on a real API server',
  realClusters(),
);
