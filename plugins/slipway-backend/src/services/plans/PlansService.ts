import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { ApiPlan } from '@slipway/plugin-slipway-common';
import { FileEdit } from '../../domain/platform/PlatformState';

/** What would this do? */
export interface PlansService {
  /** Plans files of the platform repository against its head as it was last read. Writes nothing. */
  plan(
    files: FileEdit[],
    options: { credentials: BackstageCredentials },
  ): Promise<ApiPlan>;
}
