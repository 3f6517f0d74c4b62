import { ApiOperations, ApiQueueItem } from '@slipway/plugin-slipway-common';
import { CallOptions } from '../changes/ChangesService';

/** The platform's own machinery. */
export interface OperationsService {
  overview(options: CallOptions): Promise<ApiOperations>;
  queue(
    state: 'due' | 'leased' | 'waiting' | 'dead',
    options: CallOptions,
  ): Promise<ApiQueueItem[]>;
  replay(keys: string[], options: CallOptions): Promise<number>;
  /** Lets a held deletion through; only what was on the list at that commit. */
  confirmHeld(
    sourceId: string,
    commit: string,
    options: CallOptions,
  ): Promise<void>;
}
