import { describeEnvironments } from './__testUtils__/behaviour';
import { sandboxClusters } from './__testUtils__/sandboxClusters';

describeEnvironments('EnvironmentReconciler, on the sandbox', sandboxClusters);
