import type {
  ApiAdoptionGrant,
  ApiAdoptionProposal,
  ApiAdoptionRequest,
} from '@slipway/plugin-slipway-common';
import type { CallOptions } from '../changes/ChangesService';

/** Namespaces that were made by hand, on their way to become environments. */
export interface AdoptionsService {
  /** The spec of what is there, and what adopting it would change. Writes nothing. */
  preview(
    request: ApiAdoptionRequest,
    options: CallOptions,
  ): Promise<ApiAdoptionProposal>;
  /** Releases a namespace to an organization. Doing it again changes nothing. */
  grant(
    grant: ApiAdoptionGrant,
    options: CallOptions,
  ): Promise<ApiAdoptionGrant>;
}
