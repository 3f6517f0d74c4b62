import {
  slipwayEnvironmentRefreshPermission,
  slipwayEnvironmentSyncPermission,
} from '@slipway/plugin-slipway-common';
import { EnvironmentName } from '../../domain/platform/planDeclared';
import { EnvironmentAccess } from '../access/EnvironmentAccess';
import { CallOptions } from '../changes/ChangesService';
import { OperateService } from './OperateService';

/** Permissions around {@link OperateService}. */
export class AuthorizedOperate implements OperateService {
  constructor(
    private readonly inner: OperateService,
    private readonly access: EnvironmentAccess,
  ) {}

  async refresh(path: EnvironmentName, options: CallOptions): Promise<string> {
    await this.access.require(
      options.credentials,
      slipwayEnvironmentRefreshPermission,
      path,
    );
    return this.inner.refresh(path, options);
  }

  async sync(path: EnvironmentName, options: CallOptions): Promise<string> {
    await this.access.require(
      options.credentials,
      slipwayEnvironmentSyncPermission,
      path,
    );
    return this.inner.sync(path, options);
  }
}
