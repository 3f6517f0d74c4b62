export const PIPELINE_RUN = {
  apiVersion: 'tekton.dev/v1',
  kind: 'PipelineRun',
};

export const TASK_RUN = { apiVersion: 'tekton.dev/v1', kind: 'TaskRun' };
