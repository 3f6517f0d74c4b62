export interface Config {
  slipway?: {
    /** Tekton, as Slipway reads it in every cluster. */
    tekton?: {
      /** Only runs with these labels are read, e.g. `team in (a,b)`; all of them when absent. */
      labelSelector?: string;
      /** Page of a run in a dashboard; `{namespace}` and `{name}` are replaced. No link when absent. */
      runUrl?: string;
    };
  };
}
