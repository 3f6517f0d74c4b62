import {
  ApiAcceptedDrift,
  ApiDrift,
  ApiObjectRef,
} from '@slipway/plugin-slipway-common';
import { EnvironmentName } from '../../domain/platform/planDeclared';
import { CallOptions } from '../changes/ChangesService';

/** A drifted field, as the drift list names it. */
export interface DriftedFieldRef extends ApiObjectRef {
  path: string;
}

/** What differs from what was agreed, and the two things that can be done about it. */
export interface DriftService {
  /** As it was last looked at; asks no cluster. */
  get(path: EnvironmentName, options: CallOptions): Promise<ApiDrift>;
  /** Notes that it shall be put back; returns the key that was queued. */
  putBack(
    path: EnvironmentName,
    objects: ApiObjectRef[] | undefined,
    options: CallOptions,
  ): Promise<string>;
  /** Opens one change request that makes what was found the spec. */
  accept(
    path: EnvironmentName,
    fields: DriftedFieldRef[],
    options: CallOptions,
  ): Promise<ApiAcceptedDrift>;
}
