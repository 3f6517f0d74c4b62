import { realClusters } from './__testUtils__/clusters';
import { describeRecovery } from './__testUtils__/recoveryBehaviour';

describeRecovery('After a loss, on a real API server', realClusters(), {
  clusters: 1,
});
