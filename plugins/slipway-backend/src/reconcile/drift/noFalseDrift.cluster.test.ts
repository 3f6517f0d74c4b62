import { realClusters } from '../environment/__testUtils__/clusters';
import { describeNoFalseDrift } from './__testUtils__/describeNoFalseDrift';

describeNoFalseDrift(
  'Drift of what was just applied, on a real API server',
  realClusters(),
);
