import { sandboxClusters } from '../environment/__testUtils__/sandboxClusters';
import { describeDrift } from './__testUtils__/behaviour';

describeDrift('DriftReconciler', () => sandboxClusters());
