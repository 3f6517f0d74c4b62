export interface Config {
  /** Slipway, the spec-driven platform. */
  slipway?: {
    /** Where people declare what they want. */
    platform: {
      /** Repositories with organizations/, classes/, quotas/ and policies/. The first one takes change requests. */
      repositories: Array<{
        /** Clone URL: file://, https:// or ssh://. */
        url: string;
        /** The branch whose head is the truth; `main` when absent. */
        branch?: string;
      }>;
      /** Seconds between two looks at the head of a repository; 30 when absent. */
      pollSeconds?: number;
      /**
       * When more than this share of the specs of a repository vanish in one commit (and at least `holdDeletionCount`),
       * nothing is deleted until somebody confirms it; 0.5 when absent.
       */
      holdDeletionShare?: number;
      /** See `holdDeletionShare`; 2 when absent. */
      holdDeletionCount?: number;
    };
    /** Where the rendered files are committed. */
    gitops: {
      repository: {
        /** Clone URL; Argo CD reads the same repository. */
        url: string;
        /** `main` when absent. */
        branch?: string;
        /** URL by which Argo CD reaches the repository, when it differs. */
        argocdUrl?: string;
      };
      /** Folder of the chart infra/charts/service in that repository, for classes with delivery.form chart; `charts/service` when absent. */
      chart?: string;
      /** How far rendered files are brought, and where to. Without it each class decides: pushed, or a change request. */
      delivery?: {
        /**
         * The last stage that Slipway does itself, for every environment. `write`: into a folder on disk. `commit`: into
         * a clone on disk, not pushed. `branch`: on a branch that is pushed, without a change request.
         * `change-request`: with one, whatever the class says. `push`: as far as the class says, which is the default.
         */
        stage?: 'write' | 'commit' | 'branch' | 'change-request' | 'push';
        /**
         * Absolute path; needed by `write` (the root of a tree of files, such as a checkout) and `commit` (a bare clone,
         * made when it isn't there). Several replicas have to share it.
         */
        directory?: string;
        /** Clone URL of what is pushed to, where it differs from `repository.url`. */
        remote?: string;
        /** The branch that is pushed to, and that branches and change requests are against; `repository.branch` when absent. */
        baseBranch?: string;
        /** Begins the names of branches; `slipway/deliver/` when absent. */
        branchPrefix?: string;
      };
    };
    /** Git as Slipway uses it. */
    git?: {
      /** Where repositories of organizations with gitHost.integration `plain` are made: <base>/<namespace>/<name>.git. */
      plainBaseUrl?: string;
      /** Folder of local mirrors of remote repositories; the system's temporary folder when absent. */
      cacheDirectory?: string;
      /** Committer of what Slipway writes. */
      author?: { name: string; email: string };
    };
    /** `bootstrap` applies namespace, project and application directly; `gitops-only` never writes to a cluster. */
    apply?: 'bootstrap' | 'gitops-only';
    /** What Slipway needs to know of the clusters in `kubernetes.clusterLocatorMethods`, by name. */
    clusters?: Array<{
      /** The name in the Kubernetes plugin's configuration. */
      name: string;
      /** Region that environment classes allow or not. */
      region?: string;
      /** The embedded sandbox; labelled wherever a person sees it. */
      sandbox?: boolean;
      argocd?: {
        /** The cluster that runs Argo CD for this one; itself when absent. */
        cluster?: string;
        /** Namespace of Argo CD; `argocd` when absent. */
        namespace?: string;
        /** Where people reach its pages; no link is shown when absent. */
        url?: string;
        /** The destination by which that Argo CD knows this cluster. */
        destination?: { server?: string; name?: string };
        /**
         * Seconds in which that Argo CD compares every Application once: `timeout.reconciliation` and its jitter; 180 when
         * absent. After three times as long without a comparison it is called silent. 0 where it compares only when told.
         */
        refreshSeconds?: number;
        /**
         * True: one ApplicationSet makes the Applications of this cluster out of the `environment.yaml` files in the
         * GitOps repository. Needs the rights of infra/rbac/applicationset.yaml. False when absent: Slipway applies each.
         */
        applicationSet?: boolean;
      };
    }>;
    /** How clusters are followed. */
    watch?: {
      /** Seconds between two questions to each cluster whether it is there; 5 when absent. */
      heartbeatSeconds?: number;
      /** Seconds without an answer after which a cluster is called unreachable; 10 when absent. */
      unreachableSeconds?: number;
      /** Seconds that an answer of a cluster may take; 15 when absent. */
      timeoutSeconds?: number;
    };
    /** Revisions that pipelines tell of. */
    revisions?: {
      /** Secrets that pipelines sign with, where they have no credentials of Backstage. */
      secrets?: Array<{
        /** The organization whose services it is good for. */
        organization: string;
        /** Who it says somebody is, in commits and in the audit log. */
        name: string;
        /**
         * At least 32 characters; `{ $file: … }` and environment variables work as everywhere in Backstage.
         * @visibility secret
         */
        secret: string;
        /** Services that it may tell of; all of the organization when absent. */
        services?: string[];
      }>;
      /** Seconds that a signature is good for, in both directions; 300 when absent. */
      toleranceSeconds?: number;
    };
    /** Webhooks that are installed for bound repositories. */
    webhooks?: {
      /**
       * At least 32 characters, of which the secret of each webhook is made; none is installed without it. Another one makes
       * every webhook anew.
       * @visibility secret
       */
      key?: string;
      /** Where Git hosts reach the plugin; `<backend.baseUrl>/api/slipway` when absent. */
      baseUrl?: string;
    };
    /** What people are told through Backstage's notifications. */
    notifications?: {
      /** `true` when absent; needs @backstage/plugin-notifications-backend. */
      enabled?: boolean;
      /** Owners hear of what failed and drifted, approvers of what waits for them; all of it when absent. */
      events?: Array<'failed' | 'drifted' | 'approval'>;
      /** Seconds that something has to last before anybody is told of it; 30 when absent. */
      delaySeconds?: number;
    };
    policies?: {
      /**
       * Whether rules of policy packs are committed to the GitOps repository as ValidatingAdmissionPolicies, below
       * `policies/<cluster>/`, for an Application of the platform team to apply; `false` when absent.
       */
      export?: boolean;
    };
    history?: {
      /**
       * Days that lines of the timeline, environments that were removed and files that were deleted are kept; 365 when
       * absent, 30 at least.
       */
      keepDays?: number;
    };
    drift?: {
      /**
       * Field managers whose fields are no drift, with a star at the end for names that begin alike; replaces the list of
       * known controllers. Argo CD's and Slipway's own are always among them.
       */
      allowedManagers?: string[];
      /** Minutes until everything is looked at again, whatever the watches say; 240 when absent. */
      recheckMinutes?: number;
    };
    /** The work queue. */
    queue?: {
      /** Keys worked on at once; 4 when absent. */
      workers?: number;
      /** Seconds a claimed key stays claimed without heartbeat; 30 when absent. */
      leaseSeconds?: number;
      /** Milliseconds between two looks for due keys; 500 when absent. */
      pollMs?: number;
      /** Attempts before a key becomes a dead letter; 20 when absent. */
      maxAttempts?: number;
      /** First delay after an error, in milliseconds; 500 when absent. */
      backoffMs?: number;
      /** Longest delay after an error, in milliseconds; 300000 when absent. */
      maxBackoffMs?: number;
      /** Keys claimed ahead of the workers; 0 when absent. */
      buffer?: number;
    };
    /** The embedded sandbox clusters; leave out where real clusters are configured. */
    sandbox?: {
      /** Folder that keeps the objects; in memory only when absent. */
      stateDirectory?: string;
      /** Bearer token of the sandbox.
       * @visibility secret */
      token: string;
      clusters: Array<{ name: string; region?: string; port: number }>;
    };
  };
}
