export interface Config {
  slipway?: {
    /** GitHub Actions; credentials are those of `integrations.github`. */
    githubActions?: {
      /**
       * Seconds between two looks at a repository in which nothing runs; 60 when absent. An answer that has not changed
       * costs nothing of GitHub's rate limit.
       */
      pollSeconds?: number;
      /** Seconds between two looks at a repository in which something runs; 10 when absent. */
      activePollSeconds?: number;
      /** How many of the newest runs are shown of a repository; 20 when absent, 100 at most. */
      runs?: number;
    };
  };
}
