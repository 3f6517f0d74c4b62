import { describeRecovery } from './__testUtils__/recoveryBehaviour';
import { sandboxClusters } from './__testUtils__/sandboxClusters';

describeRecovery('After a loss, on the sandbox', () => sandboxClusters(), {
  clusters: 2,
});
