import { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';

/** The section `slipway.policies` of the configuration, checked. */
export interface PolicySettings {
  /** Whether rules are written to the GitOps repository as ValidatingAdmissionPolicies. */
  export: boolean;
}

/** Reads and checks `slipway.policies`; throws InputError that names the key. */
export function readPolicies(config: Config): PolicySettings {
  const wanted = config.getOptionalBoolean('policies.export') ?? false;
  const stage = config.getOptionalString('gitops.delivery.stage');
  if (wanted && stage !== undefined) {
    throw new InputError(
      `slipway.policies.export is on, but slipway.gitops.delivery.stage is '${stage}'; exported policies are committed to the GitOps repository, so leave the stage out or the export off.`,
    );
  }
  return { export: wanted };
}
