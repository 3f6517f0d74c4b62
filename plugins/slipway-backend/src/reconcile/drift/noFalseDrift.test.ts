import { sandboxClusters } from '../environment/__testUtils__/sandboxClusters';
import { describeNoFalseDrift } from './__testUtils__/describeNoFalseDrift';

describeNoFalseDrift('Drift of what was just applied', () => sandboxClusters());
