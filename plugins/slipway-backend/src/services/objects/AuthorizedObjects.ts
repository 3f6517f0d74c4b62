import {
  ApiLogs,
  ApiObjectDetails,
  ApiObjectRef,
  slipwayLogsReadPermission,
} from '@slipway/plugin-slipway-common';
import { EnvironmentName } from '../../domain/platform/planDeclared';
import { EnvironmentAccess } from '../access/EnvironmentAccess';
import { CallOptions } from '../changes/ChangesService';
import { LogQuery, ObjectsService } from './ObjectsService';

/** Permissions around {@link ObjectsService}. */
export class AuthorizedObjects implements ObjectsService {
  constructor(
    private readonly inner: ObjectsService,
    private readonly access: EnvironmentAccess,
  ) {}

  async object(
    path: EnvironmentName,
    ref: ApiObjectRef,
    options: CallOptions,
  ): Promise<ApiObjectDetails> {
    await this.access.see(options.credentials, path);
    return this.inner.object(path, ref, options);
  }

  async logs(
    path: EnvironmentName,
    query: LogQuery,
    options: CallOptions,
  ): Promise<ApiLogs> {
    await this.access.require(
      options.credentials,
      slipwayLogsReadPermission,
      path,
    );
    return this.inner.logs(path, query, options);
  }
}
