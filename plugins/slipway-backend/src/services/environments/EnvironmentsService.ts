import {
  ApiEnvironmentDetails,
  ApiEnvironmentPlan,
  ApiTimeline,
} from '@slipway/plugin-slipway-common';
import { CallOptions } from '../changes/ChangesService';

/** Names of one environment. */
export interface EnvironmentPath {
  organization: string;
  service: string;
  environment: string;
}

/** Environments: where each one stands, and what can be asked of it. */
export interface EnvironmentsService {
  get(
    path: EnvironmentPath,
    options: CallOptions,
  ): Promise<ApiEnvironmentDetails>;
  /** What happened, newest first, a page at a time. */
  timeline(
    path: EnvironmentPath,
    page: { before?: string; limit?: number },
    options: CallOptions,
  ): Promise<ApiTimeline>;
  /** What is rendered now, beside what is committed. */
  plan(
    path: EnvironmentPath,
    options: CallOptions,
  ): Promise<ApiEnvironmentPlan>;
  /** Queues the environment; returns the key. */
  reconcile(path: EnvironmentPath, options: CallOptions): Promise<string>;
  /** Approves a digest; returns the key that was queued. */
  approve(
    path: EnvironmentPath,
    digest: string,
    options: CallOptions,
  ): Promise<string>;
}
