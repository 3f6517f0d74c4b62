export interface Config {
  slipway?: {
    /** Argo Workflows, as Slipway reads it in every cluster. */
    argoWorkflows?: {
      /** Only workflows with these labels are read, e.g. `team in (a,b)`; all of them when absent. */
      labelSelector?: string;
      /** Page of a workflow in Argo's interface; `{namespace}` and `{name}` are replaced. No link when absent. */
      runUrl?: string;
    };
  };
}
