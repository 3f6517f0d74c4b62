import { changes } from './changes';
import { drift } from './drift';
import { environment } from './environment';
import { form } from './form';
import { onboarding } from './onboarding';
import { operations } from './operations';
import { organizations } from './organizations';
import { plan } from './plan';
import { platform } from './platform';
import { problems } from './problems';
import { reasons } from './reasons';
import { releases } from './releases';
import { resources } from './resources';

/** Everything that Slipway says, in German. */
export const messages = {
  ...changes,
  ...onboarding,
  ...operations,
  ...platform,
  ...organizations,
  ...plan,
  ...releases,
  ...environment,
  ...resources,
  ...drift,
  ...form,
  ...problems,
  ...reasons,
};
