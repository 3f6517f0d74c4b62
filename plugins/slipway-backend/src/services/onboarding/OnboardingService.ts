import type {
  ApiBinding,
  ApiDeliveryReceipt,
  ApiOnboardingPreview,
  ApiOnboardingRequest,
  ApiRepositoryHost,
  ApiRepositoryPage,
} from '@slipway/plugin-slipway-common';
import type { CallOptions } from '../changes/ChangesService';

/** What repositories are searched by. */
export interface RepositoryQuery {
  organization?: string;
  host?: string;
  text?: string;
  cursor?: string;
}

/** A delivery as it came. */
export interface RawDelivery {
  /** Names in lower case. */
  headers: Record<string, string | string[] | undefined>;
  body: Buffer;
}

/** Names a bound repository. */
export interface BindingPath {
  organization: string;
  binding: string;
}

/** Repositories that are there already, on their way to Slipway, and their webhooks afterwards. */
export interface OnboardingService {
  hosts(options: CallOptions): Promise<ApiRepositoryHost[]>;
  /** Of an organization those of its namespace, else of the host. */
  search(
    query: RepositoryQuery,
    options: CallOptions,
  ): Promise<ApiRepositoryPage>;
  /** A first spec, and what could not be taken over. Writes nothing. */
  preview(
    request: ApiOnboardingRequest,
    options: CallOptions,
  ): Promise<ApiOnboardingPreview>;
  bindings(organization: string, options: CallOptions): Promise<ApiBinding[]>;
  /** Has the host deliver something now. */
  ping(path: BindingPath, options: CallOptions): Promise<ApiBinding>;
  /** Takes what a Git host delivers; AuthenticationError where it isn't signed with the binding's secret. */
  receive(
    path: BindingPath,
    delivery: RawDelivery,
  ): Promise<ApiDeliveryReceipt>;
}
