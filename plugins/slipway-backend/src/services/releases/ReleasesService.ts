import { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  ApiAcceptedDispatch,
  ApiAcceptedRelease,
  ApiAcceptedRevision,
  ApiDispatchRequest,
  ApiPromotion,
  ApiPromotionsRequest,
  ApiRelease,
  ApiReleaseDetails,
  ApiRevisionReport,
} from '@slipway/plugin-slipway-common';
import { EnvironmentName } from '../../domain/platform/planDeclared';
import { CallOptions } from '../changes/ChangesService';

/** Names of one service. */
export interface ServicePath {
  organization: string;
  service: string;
}

/** Whoever tells of a revision: known to Backstage, or by a signature with the secret of an organization. */
export type Teller =
  | { credentials: BackstageCredentials }
  | { signed: { organization: string; name: string; signature: string } };

/** Releases: revisions that come in, and how they get from one environment to the next and back. */
export interface ReleasesService {
  /** Takes a revision that was built. Told twice, it counts once. */
  report(
    path: ServicePath,
    report: ApiRevisionReport,
    teller: Teller,
  ): Promise<ApiAcceptedRevision>;
  /** Takes what GitHub's repository_dispatch carries, or an edit of a part of a spec. */
  dispatch(
    request: ApiDispatchRequest,
    teller: Teller,
    /** Where it is known already, although the dispatch may not say so. */
    organization?: string,
  ): Promise<ApiAcceptedDispatch>;
  list(path: ServicePath, options: CallOptions): Promise<ApiRelease[]>;
  get(
    path: ServicePath,
    id: string,
    options: CallOptions,
  ): Promise<ApiReleaseDetails>;
  /** What the environment would become with what its source runs. */
  promotion(path: EnvironmentName, options: CallOptions): Promise<ApiPromotion>;
  promote(
    path: EnvironmentName,
    body: { digest?: string; message?: string },
    options: CallOptions,
  ): Promise<ApiAcceptedRelease>;
  /** Several services in one change request. */
  promoteSeveral(
    body: ApiPromotionsRequest,
    options: CallOptions,
  ): Promise<ApiAcceptedRelease>;
  /** What the environment would become with this release. */
  rollback(
    path: EnvironmentName,
    to: string,
    options: CallOptions,
  ): Promise<ApiPromotion>;
  rollBack(
    path: EnvironmentName,
    body: { to: string; digest?: string; message?: string },
    options: CallOptions,
  ): Promise<ApiAcceptedRelease>;
}
