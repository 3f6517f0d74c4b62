import { describeEnvironments } from './__testUtils__/behaviour';
import { describeRemovals } from './__testUtils__/removalBehaviour';
import { sandboxClusters } from './__testUtils__/sandboxClusters';

describeEnvironments('EnvironmentReconciler, on the sandbox', sandboxClusters);

describeRemovals('Removal of environments, on the sandbox', sandboxClusters);
