import { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  ApiChangeRequest,
  ApiChangeRequestDetails,
  ApiComment,
  ApiOpenChangeRequest,
  ApiPlatformFile,
} from '@slipway/plugin-slipway-common';
import { ChangeState } from '@slipway/plugin-slipway-node';

/** Who asks, with what it takes to ask about their rights. */
export interface CallOptions {
  credentials: BackstageCredentials;
}

/** Change requests to the platform repository. */
export interface ChangesService {
  /**
   * Opens a change, or updates the open one of the same subject: to these files alone or, where they were edited `from`
   * something, to them beside what it holds.
   */
  open(
    request: ApiOpenChangeRequest,
    options: CallOptions,
  ): Promise<ApiChangeRequestDetails>;
  /** The file that an edit begins with: as the open change of the subject has it, merged with the base. */
  file(
    path: string,
    subject: string,
    options: CallOptions,
  ): Promise<ApiPlatformFile>;
  list(
    filter: { state?: ChangeState; organization?: string },
    options: CallOptions,
  ): Promise<ApiChangeRequest[]>;
  get(id: string, options: CallOptions): Promise<ApiChangeRequestDetails>;
  comment(id: string, body: string, options: CallOptions): Promise<ApiComment>;
  /** Approves the commit that was looked at, and with it every digest of its plan. */
  approve(
    id: string,
    input: { headCommit: string; comment?: string },
    options: CallOptions,
  ): Promise<ApiChangeRequestDetails>;
  /** Plans again against the base, then merges. */
  merge(
    id: string,
    input: { headCommit: string },
    options: CallOptions,
  ): Promise<ApiChangeRequestDetails>;
  close(id: string, options: CallOptions): Promise<ApiChangeRequestDetails>;
}
