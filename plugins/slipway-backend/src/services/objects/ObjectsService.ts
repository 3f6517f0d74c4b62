import {
  ApiLogs,
  ApiObjectDetails,
  ApiObjectRef,
} from '@slipway/plugin-slipway-common';
import { EnvironmentName } from '../../domain/platform/planDeclared';
import { CallOptions } from '../changes/ChangesService';

/** Which log, and how much of it. */
export interface LogQuery {
  pod: string;
  container?: string;
  previous?: boolean;
  tail?: number;
}

/** One object, looked at on purpose: these are the only reads that ask a cluster. */
export interface ObjectsService {
  object(
    path: EnvironmentName,
    ref: ApiObjectRef,
    options: CallOptions,
  ): Promise<ApiObjectDetails>;
  logs(
    path: EnvironmentName,
    query: LogQuery,
    options: CallOptions,
  ): Promise<ApiLogs>;
}
