import type {
  ApiAdoptionCandidates,
  ApiAdoptionGrant,
  ApiAdoptionProposal,
  ApiAdoptionRequest,
} from '@slipway/plugin-slipway-common';
import type { CallOptions } from '../changes/ChangesService';

/** Namespaces that were made by hand, on their way to become environments. */
export interface AdoptionsService {
  /** What could be adopted, on all clusters; one that is away is named, and the others are told all the same. */
  candidates(options: CallOptions): Promise<ApiAdoptionCandidates>;
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
