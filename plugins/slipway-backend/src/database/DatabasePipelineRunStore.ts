import type {
  KeptRun,
  KeptRuns,
  PipelineRunStore,
} from '../ports/PipelineRunStore';
import { StoreContext, storeContext, StoreOptions } from './context';
import { keepRuns } from './operations/pipelines/keepRuns';
import { listRuns } from './operations/pipelines/listRuns';

/** {@link PipelineRunStore} in the table `pipeline_runs`. */
export class DatabasePipelineRunStore implements PipelineRunStore {
  static create(options: StoreOptions): DatabasePipelineRunStore {
    return new DatabasePipelineRunStore(storeContext(options));
  }

  private constructor(private readonly context: StoreContext) {}

  list(service: string): Promise<KeptRuns[]> {
    return listRuns(this.context.db, service);
  }

  save(service: string, source: string, runs: KeptRun[]): Promise<void> {
    return keepRuns(this.context, service, source, runs);
  }
}
