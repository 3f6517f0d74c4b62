import { describeAdoptions } from '../__testUtils__/adoptionBehaviour';
import { sandboxClusters } from '../__testUtils__/sandboxClusters';

describeAdoptions(
  'What was made by hand, on the sandbox',
  () => sandboxClusters(),
  { controllers: false },
);
