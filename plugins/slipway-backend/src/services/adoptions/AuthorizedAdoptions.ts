import {
  slipwayAdoptionPermission,
  type ApiAdoptionCandidates,
  type ApiAdoptionGrant,
  type ApiAdoptionProposal,
  type ApiAdoptionRequest,
} from '@slipway/plugin-slipway-common';
import type { Access } from '../access/Access';
import type { CallOptions } from '../changes/ChangesService';
import type { AdoptionsService } from './AdoptionsService';

/** Who may look into any namespace, and release it: the platform team. */
export class AuthorizedAdoptions implements AdoptionsService {
  constructor(
    private readonly inner: AdoptionsService,
    private readonly access: Access,
  ) {}

  async candidates(options: CallOptions): Promise<ApiAdoptionCandidates> {
    await this.access.requireBasic(
      options.credentials,
      slipwayAdoptionPermission,
    );
    return this.inner.candidates(options);
  }

  async preview(
    request: ApiAdoptionRequest,
    options: CallOptions,
  ): Promise<ApiAdoptionProposal> {
    await this.access.requireBasic(
      options.credentials,
      slipwayAdoptionPermission,
    );
    return this.inner.preview(request, options);
  }

  async grant(
    grant: ApiAdoptionGrant,
    options: CallOptions,
  ): Promise<ApiAdoptionGrant> {
    await this.access.requireBasic(
      options.credentials,
      slipwayAdoptionPermission,
    );
    return this.inner.grant(grant, options);
  }
}
