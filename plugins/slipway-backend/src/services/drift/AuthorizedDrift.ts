import {
  ApiAcceptedDrift,
  ApiDrift,
  ApiObjectRef,
  slipwayDriftAcceptPermission,
  slipwayDriftRevertPermission,
} from '@slipway/plugin-slipway-common';
import { EnvironmentName } from '../../domain/platform/planDeclared';
import { EnvironmentAccess } from '../access/EnvironmentAccess';
import { CallOptions } from '../changes/ChangesService';
import { DriftedFieldRef, DriftService } from './DriftService';

/** Permissions around {@link DriftService}; what the caller may not do is told beside what differs. */
export class AuthorizedDrift implements DriftService {
  constructor(
    private readonly inner: DriftService,
    private readonly access: EnvironmentAccess,
  ) {}

  async get(path: EnvironmentName, options: CallOptions): Promise<ApiDrift> {
    await this.access.see(options.credentials, path);
    const [drift, [revert, accept]] = await Promise.all([
      this.inner.get(path, options),
      this.access.refusals(
        options.credentials,
        [slipwayDriftRevertPermission, slipwayDriftAcceptPermission],
        path,
      ),
    ]);
    return {
      ...drift,
      allowed: {
        putBack: revert
          ? { allowed: false, reason: revert }
          : drift.allowed.putBack,
        accept: accept
          ? { allowed: false, reason: accept }
          : drift.allowed.accept,
      },
    };
  }

  async putBack(
    path: EnvironmentName,
    objects: ApiObjectRef[] | undefined,
    options: CallOptions,
  ): Promise<string> {
    await this.access.require(
      options.credentials,
      slipwayDriftRevertPermission,
      path,
    );
    return this.inner.putBack(path, objects, options);
  }

  async accept(
    path: EnvironmentName,
    fields: DriftedFieldRef[],
    options: CallOptions,
  ): Promise<ApiAcceptedDrift> {
    await this.access.require(
      options.credentials,
      slipwayDriftAcceptPermission,
      path,
    );
    return this.inner.accept(path, fields, options);
  }
}
