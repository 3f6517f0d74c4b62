import { EnvironmentName } from '../../domain/platform/planDeclared';
import { CallOptions } from '../changes/ChangesService';

/** What people ask of Argo CD through the portal. Each returns the key that was queued. */
export interface OperateService {
  /** Argo CD compares again, and we look again. */
  refresh(path: EnvironmentName, options: CallOptions): Promise<string>;
  /** Argo CD syncs what is in Git, by the Application's own policy. */
  sync(path: EnvironmentName, options: CallOptions): Promise<string>;
}
