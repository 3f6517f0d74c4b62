import { describeAdoptions } from '../__testUtils__/adoptionBehaviour';
import { realClusters } from '../__testUtils__/clusters';

describeAdoptions(
  'What was made by hand, on a real API server',
  realClusters(),
  { controllers: true },
);
