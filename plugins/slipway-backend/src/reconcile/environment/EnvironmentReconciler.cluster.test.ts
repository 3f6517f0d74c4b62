import { describeEnvironments } from './__testUtils__/behaviour';
import { realClusters } from './__testUtils__/clusters';

if (process.env.SLIPWAY_TEST_CLUSTER_URL) {
  describeEnvironments('EnvironmentReconciler, on a real API server', () =>
    realClusters(),
  );
} else {
  describe('EnvironmentReconciler, on a real API server', () => {
    it.skip('needs SLIPWAY_TEST_CLUSTER_URL and SLIPWAY_TEST_CLUSTER_TOKEN', () => {});
  });
}
