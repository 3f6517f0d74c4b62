import { realClusters } from '../environment/__testUtils__/clusters';
import { describeDrift } from './__testUtils__/behaviour';

describeDrift('DriftReconciler, on a real API server', realClusters());
