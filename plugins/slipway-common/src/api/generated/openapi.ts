// Made by "npm run generate" from plugins/slipway-backend/src/schema/openapi.yaml. Don't edit.
/* eslint-disable */
/** Paths of the API. @public */
export interface paths {
    "/v1alpha1/overview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The fleet at a glance, and what needs the caller. */
        get: operations["getOverview"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1alpha1/organizations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All organizations that the caller may see. */
        get: operations["listOrganizations"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1alpha1/organizations/{organization}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One organization with its services, environments, cost and what happened. */
        get: operations["getOrganization"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1alpha1/policies": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Policy packs with their rules, and what they hit among what the caller may see. */
        get: operations["listPolicies"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1alpha1/classes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Environment classes with quota, TTL, approval and cost at a glance. */
        get: operations["listClasses"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1alpha1/clusters": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Clusters and regions, with the age of what is known of them. */
        get: operations["listClusters"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1alpha1/services": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Services that the caller may see. */
        get: operations["listServices"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1alpha1/services/{organization}/{service}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One service: its spec, file and environments. */
        get: operations["getService"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1alpha1/services/{organization}/{service}/pipelines": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Pipeline runs of the service from every engine, newest first; asks no engine. */
        get: operations["listServicePipelines"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1alpha1/services/{organization}/{service}/pipelines/{id}/logs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The end of the log of one step of a run; asks the engine. */
        get: operations["getPipelineLogs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1alpha1/services/{organization}/{service}/pipelines/{id}/rerun": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Runs the pipeline again as it was; the same key never makes a second run. */
        post: operations["rerunPipeline"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1alpha1/environments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Environments that the caller may see. */
        get: operations["listEnvironments"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1alpha1/environments/{organization}/{service}/{environment}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One environment with its road and timeline. */
        get: operations["getEnvironment"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1alpha1/environments/{organization}/{service}/{environment}/plan": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What is rendered for the environment now, beside what is committed. */
        get: operations["getEnvironmentPlan"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1alpha1/environments/{organization}/{service}/{environment}/reconcile": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Asks for a reconcile now. */
        post: operations["reconcileEnvironment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1alpha1/environments/{organization}/{service}/{environment}/approve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Approves exactly what was rendered, by its digest. */
        post: operations["approveEnvironment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1alpha1/environments/{organization}/{service}/{environment}/pipelines": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Pipeline runs of the environment and of the service as a whole, newest first; asks no engine. */
        get: operations["listPipelines"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1alpha1/environments/{organization}/{service}/{environment}/drift": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What differs from what is agreed, field by field; asks no cluster. */
        get: operations["getDrift"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1alpha1/environments/{organization}/{service}/{environment}/drift/put-back": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Puts drifted objects back to what is in Git. */
        post: operations["putBackDrift"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1alpha1/environments/{organization}/{service}/{environment}/drift/accept": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Opens a change request that makes what was found the spec. */
        post: operations["acceptDrift"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1alpha1/environments/{organization}/{service}/{environment}/refresh": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Asks Argo CD to compare again, and us to look again. */
        post: operations["refreshEnvironment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1alpha1/environments/{organization}/{service}/{environment}/sync": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Asks Argo CD to sync what is in Git. */
        post: operations["syncEnvironment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1alpha1/environments/{organization}/{service}/{environment}/object": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One object as in Git and as it is, with its managers, events and containers; asks the cluster. */
        get: operations["getObject"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1alpha1/environments/{organization}/{service}/{environment}/logs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The end of a container's log; asks the cluster. */
        get: operations["getLogs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1alpha1/environments/{organization}/{service}/{environment}/timeline": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What happened to the environment, newest first. */
        get: operations["listTimeline"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1alpha1/services/{organization}/{service}/revisions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Tells of a revision that was built. Takes Backstage credentials, or a signature with the secret of the organization. */
        post: operations["reportRevision"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1alpha1/services/{organization}/{service}/releases": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The releases of a service, newest first, and where each one runs. */
        get: operations["listReleases"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1alpha1/services/{organization}/{service}/releases/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One release, with who, when, where it runs, and where it can go. */
        get: operations["getRelease"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1alpha1/environments/{organization}/{service}/{environment}/promotion": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What the environment would become with what its source runs. */
        get: operations["getPromotion"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1alpha1/environments/{organization}/{service}/{environment}/promote": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Opens a change request with the release of the source, or updates the open one. */
        post: operations["promoteEnvironment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1alpha1/environments/{organization}/{service}/{environment}/rollback": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What the environment would become with a release of its service. */
        get: operations["getRollback"];
        put?: never;
        /** Goes back, or forward again, to a release of the service. */
        post: operations["rollBackEnvironment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1alpha1/promotions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Promotes several services in one change request. */
        post: operations["promoteEnvironments"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1alpha1/dispatches": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Takes what GitHub's repository_dispatch carries, or the general form; with Backstage credentials or a signature. */
        post: operations["dispatch"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1alpha1/plans": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What these files would do; nothing is written. */
        post: operations["createPlan"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1alpha1/files": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One file of the platform repository at its head, or as an open change request has it. */
        get: operations["getFile"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1alpha1/edits": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Edits of a file of the platform repository with comments and order kept; nothing is written. */
        post: operations["previewEdit"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1alpha1/change-requests": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Change requests, newest first. */
        get: operations["listChangeRequests"];
        put?: never;
        /** Opens a change request, or updates the open one of the same subject. */
        post: operations["openChangeRequest"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1alpha1/change-requests/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One change request: files, diff, plan, comments and what the caller may do. */
        get: operations["getChangeRequest"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1alpha1/change-requests/{id}/comments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Adds a comment. */
        post: operations["commentChangeRequest"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1alpha1/change-requests/{id}/approve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Approves the commit and the digests that were looked at. */
        post: operations["approveChangeRequest"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1alpha1/change-requests/{id}/merge": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Plans again against the base, then merges. */
        post: operations["mergeChangeRequest"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1alpha1/change-requests/{id}/close": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Closes it without merging; nothing is left behind. */
        post: operations["closeChangeRequest"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1alpha1/adoptions/candidates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Argo CD Applications that are not under Slipway yet, on all clusters. */
        get: operations["listAdoptionCandidates"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1alpha1/adoptions/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Proposes the spec of what is in a namespace that was made by hand, and says what adopting it would change; nothing is written. */
        post: operations["previewAdoption"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1alpha1/adoptions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Releases a namespace to an organization, which may adopt it from then on. */
        post: operations["grantAdoption"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1alpha1/repositories": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Repositories that the credentials of a Git host see, by a part of their name; for an organization those of its namespace, else for the platform team alone. */
        get: operations["searchRepositories"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1alpha1/git-hosts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The Git hosts whose repositories can be searched, and those that can only be polled. */
        get: operations["listRepositoryHosts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1alpha1/onboarding/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A first spec of what the repository's manifests or compose file run, and what could not be taken over; nothing is written. */
        post: operations["previewOnboarding"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1alpha1/organizations/{organization}/bindings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The repositories that are bound to an organization, and how their webhooks stand. */
        get: operations["listBindings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1alpha1/organizations/{organization}/bindings/{binding}/ping": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Has the Git host deliver something to the webhook of a bound repository now. */
        post: operations["pingBinding"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1alpha1/webhooks/{organization}/{binding}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Takes a delivery of the Git host, signed with the secret of the bound repository's webhook. */
        post: operations["receiveWebhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1alpha1/operations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Queue, sources and clusters at a glance. */
        get: operations["getOperations"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1alpha1/operations/queue": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Keys of the queue. */
        get: operations["listQueue"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1alpha1/operations/queue/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Puts dead letters back into the queue. */
        post: operations["replayDeadLetters"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1alpha1/operations/sources/{id}/confirm": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Confirms a deletion of many specs that was held. */
        post: operations["confirmHeldDeletion"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        AdoptionCandidates: {
            items: {
                /** @description Where the namespace is. */
                cluster: string;
                namespace: string;
                application: string;
                /** @description What it delivers from. */
                repository?: string;
                path?: string;
            }[];
            unavailable: {
                cluster: string;
                message: string;
            }[];
        };
        AdoptionRequest: {
            /** @description The cluster that the namespace is on. */
            cluster: string;
            namespace: string;
            /** @description The Argo CD Application that delivers to it; the only one that does when absent. */
            application?: string;
            organization: string;
            /** @description The name that the service is to have. */
            service: string;
            /** @description The name that the environment is to have. */
            environment: string;
            class: string;
            /** @description The group that owns the service; the organization's when absent. */
            owner?: string;
        };
        AdoptionProposal: {
            /** @description The file of the platform repository that the spec belongs into. */
            path: string;
            /** @description A ServiceSpec that leaves everything as it is. */
            content: string;
            namespace: string;
            application: string;
            /** @description The organization that may adopt the namespace; absent while nobody may. */
            releasedTo?: string;
            objects: {
                kind: string;
                name: string;
                /**
                 * @description A workload of the spec, kept as it is, or left outside of Git.
                 * @enum {string}
                 */
                as: "workload" | "kept" | "left";
                /** @description Why it is no workload. */
                because?: string;
            }[];
            plan: components["schemas"]["Plan"];
        };
        AdoptionGrant: {
            cluster: string;
            namespace: string;
            /** @description The organization that may adopt it. */
            organization: string;
        };
        /** @description A repository, as its Git host lists it. */
        RepositoryItem: {
            /** @description Name and port of the host. */
            host: string;
            integration: string;
            owner: string;
            name: string;
            /** @description Clone URL. */
            url: string;
            page: string;
            description?: string;
            /** @description Absent while the repository has no commit. */
            defaultBranch?: string;
            archived: boolean;
            fork: boolean;
            private: boolean;
            /** Format: date-time */
            updatedAt?: string;
            /** @description organization/binding, where it is bound already. */
            boundTo?: string;
        };
        RepositoryPage: {
            items: components["schemas"]["RepositoryItem"][];
            /** @description For the page behind this one; a short page may have one, too. */
            next?: string;
        };
        RepositoryHostItem: {
            host: string;
            integration: string;
            /** @description Whether webhooks are installed; polling is used everywhere. */
            webhooks: boolean;
            /** @description What there is to know of it. */
            note?: string;
        };
        RepositoryHostList: {
            items: components["schemas"]["RepositoryHostItem"][];
        };
        OnboardingRequest: {
            organization: string;
            service: string;
            /** @description The group that is to own the service; the organization's when absent. */
            owner?: string;
            /** @description Name and port of the host; of an organization that is there, its own. */
            host?: string;
            repository: {
                owner: string;
                name: string;
                /** @description The default branch when absent. */
                branch?: string;
            };
            /**
             * @description Which to read where the repository has both; manifests when absent.
             * @enum {string}
             */
            from?: "kubernetes" | "compose";
        };
        /** @description Something that the first spec does not say. */
        NotTaken: {
            file: string;
            line: number;
            what: string;
            why: string;
        };
        OnboardingPreview: {
            repository: components["schemas"]["RepositoryItem"];
            branch: string;
            /** @description Of which the files were read; empty while there is none. */
            commit: string;
            /** @description Where the spec would lie in the platform repository. */
            path: string;
            /** @description The spec as a file. */
            content: string;
            workloads: {
                [key: string]: unknown;
            }[];
            databases: {
                [key: string]: unknown;
            }[];
            /**
             * @description Absent where nothing was found that runs.
             * @enum {string}
             */
            from?: "kubernetes" | "compose";
            /** @description Which of both the repository has. */
            offered: ("kubernetes" | "compose")[];
            /** @description Files that something was taken from. */
            read: string[];
            notTaken: components["schemas"]["NotTaken"][];
            /** @description What becomes of the webhook after the merge. */
            webhook: {
                installs: boolean;
                message: string;
                url?: string;
            };
        };
        WebhookCondition: {
            /** @enum {string} */
            type: "WebhookInstalled" | "WebhookReachable";
            /** @enum {string} */
            status: "True" | "False" | "Unknown";
            reason: string;
            message: string;
            /** Format: date-time */
            lastTransitionTime?: string;
        };
        /** @description A bound repository, and how its webhook stands. */
        Binding: {
            organization: string;
            name: string;
            path: string;
            repository: {
                owner: string;
                name: string;
                branch: string;
                page?: string;
            };
            pipeline: string;
            conditions: components["schemas"]["WebhookCondition"][];
            webhookUrl?: string;
            /** Format: date-time */
            pingAskedAt?: string;
            /** Format: date-time */
            pingAnsweredAt?: string;
            /** @description What the Git host got for its last delivery, where it tells. */
            answer?: {
                /** Format: date-time */
                at?: string;
                status?: number;
                message?: string;
            };
            /** Format: date-time */
            lastDeliveryAt?: string;
            lastEvent?: string;
            ping: components["schemas"]["Allowance"];
        };
        BindingList: {
            items: components["schemas"]["Binding"][];
        };
        /** @description As the Git host sends it. */
        WebhookDelivery: {
            [key: string]: unknown;
        };
        DeliveryReceipt: {
            /** @description It came before, and counts once. */
            duplicate: boolean;
        };
        ProblemDetails: {
            /** @description A URI, about:blank when there is nothing more to say. */
            type: string;
            title: string;
            status: number;
            detail?: string;
            /** @description The id of this request, to quote. */
            instance?: string;
            problems?: components["schemas"]["Problem"][];
        } & {
            [key: string]: unknown;
        };
        /** @description One thing wrong with an input. */
        Problem: {
            file?: string;
            line?: number;
            column?: number;
            /** @description Path into the value, such as spec.workloads[0].port. */
            path: string;
            /** @description The same path in steps. */
            segments: (string | number)[];
            /**
             * @description What kind of problem it is.
             * @enum {string}
             */
            code: "syntax" | "too-large" | "too-deep" | "alias" | "duplicate-key" | "key-type" | "empty" | "document" | "api-version" | "kind" | "location" | "missing" | "type" | "unknown-key" | "value" | "format" | "too-long" | "too-short" | "range" | "literal-secret" | "duplicate" | "reference" | "conflict" | "cycle" | "edit";
            /** @enum {string} */
            severity: "error" | "warning";
            message: string;
            found?: string;
            allowed?: string;
            hint?: string;
        };
        Accepted: {
            /** @description The key that was queued. */
            key: string;
        };
        /** @description How old an answer is, and of whom. */
        SourceAge: {
            /** @description Cluster or repository. */
            name: string;
            /** @enum {string} */
            state: "live" | "stale" | "unreachable" | "unknown";
            /**
             * Format: date-time
             * @description When it last answered.
             */
            asOf?: string;
            message?: string;
        };
        OrganizationItem: {
            name: string;
            displayName: string;
            owner: string;
            pipelineEngine: string;
            services: number;
            environments: number;
            /** @description Sum of the monthly estimates. */
            cents: number;
            currency: string;
            problems: components["schemas"]["Problem"][];
            /** @description Whether the caller may open changes here. */
            mayCreate: boolean;
        };
        StateCount: {
            /**
             * @description State of the first station that isn't done; `drifted` counts beside the others.
             * @enum {string}
             */
            state: "stopped" | "waiting" | "unknown" | "here" | "ahead" | "done" | "drifted";
            count: number;
        };
        /** @description Something that waits for the caller. */
        InboxItem: {
            id: string;
            /** @enum {string} */
            kind: "approval" | "change" | "stopped" | "failed" | "drifted" | "held" | "deadLetter";
            title: string;
            detail?: string;
            /** Format: date-time */
            since?: string;
            link: string;
            organization?: string;
        };
        OrganizationFigures: {
            name: string;
            displayName: string;
            environments: number;
            failing: number;
            drifted: number;
            waiting: number;
            cents: number;
            currency: string;
            /** @description What it may cost in a month. */
            budgetCents?: number;
        };
        QueueStats: {
            due: number;
            leased: number;
            waiting: number;
            dead: number;
            oldestDueMs: number;
        };
        /** @description The fleet as the caller may see it. */
        Overview: {
            /** Format: date-time */
            asOf: string;
            states: components["schemas"]["StateCount"][];
            organizations: components["schemas"]["OrganizationFigures"][];
            inbox: components["schemas"]["InboxItem"][];
            /** @description How many there are, of which the most urgent are listed. */
            inboxTotal: number;
            /** @description The latest that stopped; all of them are in the list of environments. */
            failing: components["schemas"]["Environment"][];
            drifted: components["schemas"]["Environment"][];
            queue?: components["schemas"]["QueueStats"];
            clusters: components["schemas"]["ClusterItem"][];
            sources?: components["schemas"]["Source"][];
        };
        OrganizationDetails: {
            name: string;
            displayName: string;
            owner: string;
            pipelineEngine: string;
            members: string[];
            /** @description File in the platform repository. */
            path: string;
            problems: components["schemas"]["Problem"][];
            /** @description Whether the caller may open changes here. */
            mayCreate: boolean;
            cents: number;
            currency: string;
            budgetCents?: number;
            quota?: string;
            states: components["schemas"]["StateCount"][];
            services: components["schemas"]["OrganizationService"][];
            /** @description Those that need somebody first; all of them are in the list of environments. */
            environments: components["schemas"]["Environment"][];
            environmentTotal: number;
            /** @description The open ones. */
            changeRequests: components["schemas"]["ChangeRequest"][];
            timeline: components["schemas"]["TimelineEntry"][];
            links: {
                title: string;
                url: string;
            }[];
        };
        OrganizationService: {
            name: string;
            owner: string;
            description?: string;
            lifecycle: string;
            entityRef: string;
            environments: number;
            states: components["schemas"]["StateCount"][];
            cents: number;
            currency: string;
            /** @description Errors in its file. */
            problems: number;
        };
        /** @description What a rule found in an environment as it was planned last. */
        PolicyHit: {
            organization: string;
            service: string;
            environment: string;
            /** @enum {string} */
            action: "allow" | "warn" | "deny" | "error";
            message: string;
            object?: {
                apiVersion: string;
                kind: string;
                name: string;
                namespace?: string;
            };
            specPath?: string;
            line?: number;
        };
        PolicyRuleItem: {
            name: string;
            description?: string;
            /** @enum {string} */
            scope: "object" | "plan";
            /** @enum {string} */
            action: "allow" | "warn" | "deny";
            kinds: string[];
            /** @description The expression of the sentence that people read. */
            message?: string;
            fix?: string;
            expression: string;
            /** @description Whether clusters can be given the rule as a ValidatingAdmissionPolicy. */
            export: {
                exported: boolean;
                /** @description Why not, or what of it is left out. */
                reason?: string;
            };
            hits: components["schemas"]["PolicyHit"][];
            /** @description How many there are, of which the first are listed. */
            hitTotal: number;
        };
        PolicyPackItem: {
            name: string;
            description?: string;
            path: string;
            /** @description Classes that check with it. */
            classes: string[];
            /** @description Environments of these classes that the caller may see. */
            environments: number;
            problems: components["schemas"]["Problem"][];
            rules: components["schemas"]["PolicyRuleItem"][];
        };
        ClassItem: {
            name: string;
            description: string;
            ttl?: {
                default: string;
                max: string;
            };
            approval: {
                required: boolean;
                count: number;
                groups: string[];
                on: string;
            };
            quota: {
                name: string;
                hard: {
                    [key: string]: string;
                };
            };
            policies: string[];
            delivery: string;
            selfHeal: boolean;
            retainDatabases: boolean;
            base: {
                cents: number;
                currency: string;
            };
            regions: string[];
            clusters: string[];
        };
        ClusterItem: {
            name: string;
            title: string;
            region?: string;
            /** @description Embedded stand-in, not a real cluster. */
            sandbox: boolean;
            argocd: {
                cluster: string;
                namespace: string;
            };
            version?: string;
            age: components["schemas"]["SourceAge"];
        };
        ServiceItem: {
            organization: string;
            name: string;
            owner: string;
            description?: string;
            lifecycle: string;
            path: string;
            environments: string[];
            problems: number;
        };
        Service: {
            organization: string;
            name: string;
            /** @description File in the platform repository. */
            path: string;
            commit: string;
            /** @description The file as it is. */
            text: string;
            /** @description The ServiceSpec, normalised. */
            spec?: {
                [key: string]: unknown;
            };
            problems: components["schemas"]["Problem"][];
            environments: components["schemas"]["Environment"][];
            entityRef: string;
            /** @description Id of an open change request that touches it. */
            openChangeRequest?: string;
            cents: number;
            currency: string;
        };
        Condition: {
            type: string;
            /** @enum {string} */
            status: "True" | "False" | "Unknown";
            reason: string;
            message: string;
            observedGeneration: number;
            /** Format: date-time */
            lastTransitionTime: string;
        };
        /** @description An environment and where it stands on its road. */
        Environment: {
            organization: string;
            service: string;
            name: string;
            class: string;
            cluster: string;
            region?: string;
            sandbox: boolean;
            namespace: string;
            phase: string;
            owner: string;
            /** @description The environment that its releases come from; absent where they come from CI. */
            promoteFrom?: string;
            conditions: components["schemas"]["Condition"][];
            release: {
                [key: string]: {
                    revision: string;
                    digest?: string;
                };
            };
            /** @description Commit of the GitOps repository that runs. */
            syncedRevision?: string;
            /** @description Commit of the GitOps repository that was written last. */
            commit?: string;
            gates: {
                workload: string;
                open: boolean;
                revision?: string;
            }[];
            digest?: string;
            approvalDigest?: string;
            cents: number;
            currency: string;
            drift?: components["schemas"]["DriftSummary"];
            source: components["schemas"]["SourceAge"];
            /** Format: date-time */
            updatedAt: string;
            lastChange?: {
                author?: string;
                /** Format: date-time */
                at: string;
                commit: string;
            };
        };
        TimelineEntry: {
            id: string;
            /** Format: date-time */
            at: string;
            type: string;
            reason?: string;
            title: string;
            actor?: string;
            /** @description Change request, commit or revision that joins rows. */
            correlation?: string;
            link?: string;
            data?: {
                [key: string]: unknown;
            };
        };
        LiveObject: {
            apiVersion: string;
            kind: string;
            name: string;
            namespace?: string;
            /** @enum {string} */
            health: "Healthy" | "Progressing" | "Degraded" | "Suspended" | "Missing" | "Unknown";
            sync?: string;
            message?: string;
            /** @description Row of the table of reasons; says why and what next. */
            reason?: string;
            /** @description uid of the owner. */
            owner?: string;
            uid?: string;
            /** Format: date-time */
            createdAt?: string;
        };
        /** @description Whether the caller may do something now, and if not, why. */
        Allowance: {
            allowed: boolean;
            reason?: string;
        };
        /** @description What the caller may ask of the environment. */
        EnvironmentAllowed: {
            reconcile: components["schemas"]["Allowance"];
            approve: components["schemas"]["Allowance"];
            refresh: components["schemas"]["Allowance"];
            sync: components["schemas"]["Allowance"];
            putBack: components["schemas"]["Allowance"];
            accept: components["schemas"]["Allowance"];
            rerun: components["schemas"]["Allowance"];
            logs: components["schemas"]["Allowance"];
            promote: components["schemas"]["Allowance"];
            rollback: components["schemas"]["Allowance"];
        };
        /** @description Whether an environment differs from what is agreed, at a glance. */
        DriftSummary: {
            /** @enum {string} */
            state: "none" | "drifted" | "unknown";
            objects: number;
            fields: number;
            /** Format: date-time */
            checkedAt?: string;
            /**
             * Format: date-time
             * @description When the drift was first seen.
             */
            since?: string;
        };
        /** @description Names one object of a cluster. */
        ObjectRef: {
            apiVersion: string;
            kind: string;
            namespace?: string;
            name: string;
        };
        /** @description Whether the found value can become the spec, where it would stand, or why not. */
        DriftAcceptance: {
            possible: boolean;
            reason?: string;
            /** @description File of the platform repository. */
            file?: string;
            specPath?: string;
            line?: number;
        };
        DriftedField: {
            /** @description For people, such as spec.template.spec.containers[name=web].image. */
            path: string;
            segments: (string | number)[];
            /** @description As in Git; absent where Git says nothing. Values of Secrets are never shown. */
            wanted?: unknown;
            /** @description As in the cluster; absent where it has nothing. */
            found?: unknown;
            /** @enum {string} */
            why: "changed" | "foreign" | "missing";
            /** @description Field manager that set it, as the API server names it. */
            manager?: string;
            /** @description The manager in people's words, such as kubectl edit. */
            tool?: string;
            /** @description Only where an audit source knows one. */
            user?: string;
            /** @enum {string} */
            operation?: "Apply" | "Update";
            /**
             * Format: date-time
             * @description When that manager last wrote.
             */
            since?: string;
            accept: components["schemas"]["DriftAcceptance"];
        };
        DriftedObject: {
            apiVersion: string;
            kind: string;
            namespace?: string;
            name: string;
            /** @description It is in Git and not in the cluster. */
            missing: boolean;
            /**
             * @description Who applies it; Slipway applies platform, Argo CD workload.
             * @enum {string}
             */
            part: "platform" | "workload";
            fields: components["schemas"]["DriftedField"][];
        };
        /** @description What differs from what is agreed, as it was last looked at. */
        Drift: {
            /** @enum {string} */
            state: "none" | "drifted" | "unknown";
            /**
             * Format: date-time
             * @description When it was last looked at.
             */
            checkedAt?: string;
            /**
             * Format: date-time
             * @description When the drift was first seen.
             */
            since?: string;
            message?: string;
            source: components["schemas"]["SourceAge"];
            /** @description What Argo CD says, and why it says something else than we do. */
            argocd?: {
                sync: string;
                agrees: boolean;
                why?: string;
            };
            /** @description Whether Argo CD puts drift back by itself. */
            selfHeal: boolean;
            objects: components["schemas"]["DriftedObject"][];
            allowed: {
                putBack: components["schemas"]["Allowance"];
                accept: components["schemas"]["Allowance"];
            };
        };
        PutBackRequest: {
            /** @description Only these; all that drifted when absent. */
            objects?: components["schemas"]["ObjectRef"][];
        };
        AcceptRequest: {
            fields: {
                apiVersion: string;
                kind: string;
                namespace?: string;
                name: string;
                /** @description As the drift list names it. */
                path: string;
            }[];
        };
        AcceptedDrift: {
            /** @description The change request. */
            id: string;
            /** @description False when an open one was updated. */
            created: boolean;
        };
        /** @description Where a reported revision goes, and where not. */
        AcceptedRevision: {
            /** @description The release; absent when no workload takes the revision. */
            id?: string;
            accepted: {
                environment: string;
                workload: string;
            }[];
            ignored: {
                environment: string;
                workload: string;
                reason: string;
            }[];
        };
        RevisionReport: {
            /** @description The commit that was built, in full. */
            revision: string;
            /** @description Digest of the image, or the image with its digest; the same repository as in the spec. */
            digest?: string;
            /** @description The branch that was built; workloads of other branches ignore it, and so does every workload with a source where it is absent. */
            branch?: string;
            /** @description The repository that was built, as owner/name or URL; workloads of other repositories ignore it. */
            repository?: string;
            /** @description Those that were built; all that fit when absent. */
            workloads?: string[];
            /** @description Those that shall get it; all that take revisions when absent. */
            environments?: string[];
            /**
             * Format: date-time
             * @description When the commit was made. An older one never takes the place of a newer one, however late it comes.
             */
            createdAt?: string;
            /** @description The run that built it. */
            url?: string;
            /** @description First line of the commit. */
            message?: string;
        };
        ReleaseWorkload: {
            name: string;
            revision: string;
            digest?: string;
        };
        /** @description An environment that runs a release, or is on its way to it. */
        ReleasePlace: {
            environment: string;
            /**
             * @description waiting is accepted, but not in Git yet.
             * @enum {string}
             */
            state: "running" | "rolling-out" | "unhealthy" | "waiting" | "unknown";
            /** Format: date-time */
            since?: string;
        };
        /** @description Revisions of workloads that belong together. */
        Release: {
            id: string;
            /** @description The revision of its workloads, or of the first one where they differ. */
            revision: string;
            workloads: components["schemas"]["ReleaseWorkload"][];
            /** @description Who reported or asked for it first. */
            by?: string;
            /** Format: date-time */
            at: string;
            /** @description The environment that it was promoted from, where it was not reported. */
            from?: string;
            where: components["schemas"]["ReleasePlace"][];
            message?: string;
            url?: string;
        };
        ReleaseDetails: {
            organization: string;
            service: string;
            release: components["schemas"]["Release"];
            branch?: string;
            repository?: string;
            /**
             * Format: date-time
             * @description When the commit was made, as whoever reported it says.
             */
            createdAt?: string;
            /** @description Environments of the service, and whether each can go to this release. */
            targets: {
                environment: string;
                rollback: components["schemas"]["Allowance"];
            }[];
            timeline: components["schemas"]["TimelineEntry"][];
        };
        /** @description What an environment would become with another release. */
        Promotion: {
            organization: string;
            service: string;
            environment: string;
            /** @description The environment whose release it is; absent for a rollback. */
            from?: string;
            allowed: components["schemas"]["Allowance"];
            blocked?: {
                /** @enum {string} */
                reason: "NoSource" | "NothingToPromote" | "SourceNotHealthy" | "SourceOnItsWay" | "SameRelease" | "TargetIsNewer" | "PolicyDenied" | "CannotPlan" | "Pinned" | "UnknownRelease";
                message: string;
            };
            release?: components["schemas"]["Release"];
            current?: components["schemas"]["Release"];
            diff?: components["schemas"]["EnvironmentPlan"];
            /** @description Whether it goes without a change request; the class says so. */
            direct: boolean;
            warnings: string[];
            /** @description The open one of this environment. */
            changeRequest?: {
                id: string;
                number: number;
                url?: string;
            };
        };
        PromoteRequest: {
            /** @description The digest of the diff that was looked at; refused when it is another one by now. */
            digest?: string;
            message?: string;
        };
        RollbackRequest: {
            to: string;
            /** @description The digest of the diff that was looked at; refused when it is another one by now. */
            digest?: string;
            message?: string;
        };
        PromotionsRequest: {
            items: {
                organization: string;
                service: string;
                environment: string;
                digest?: string;
            }[];
            message?: string;
        };
        AcceptedRelease: {
            /** @description The change request; absent when it goes without one. */
            id?: string;
            /** @description False when an open one was updated, or nothing was left to do. */
            created: boolean;
            /** @description Whether it goes without a change request. */
            direct: boolean;
        };
        /** @description Either event_type and client_payload, or path, action and spec with what was built beside it. */
        DispatchRequest: {
            event_type?: string;
            client_payload?: {
                [key: string]: unknown;
            };
            path?: string;
            action?: string;
            /** @description What is merged. git.hash, or image.revision, of a workload is a report of what was built. */
            spec?: {
                [key: string]: unknown;
            };
            /** @description The branch that was built, where spec.git doesn't name it. */
            branch?: string;
            /** @description The repository that was built, where spec.git doesn't name it. */
            repository?: string;
        };
        AcceptedDispatch: {
            /** @description The key that was queued, when the dispatch edits a spec. */
            key?: string;
            revision?: components["schemas"]["AcceptedRevision"];
        };
        ObjectDetails: {
            ref: components["schemas"]["ObjectRef"];
            /** @description YAML as in Git. */
            wanted?: string;
            /** @description Its file in the GitOps repository. */
            wantedPath?: string;
            /** @description YAML as in the cluster, without managedFields; values of Secrets are "(hidden)". */
            live?: string;
            managers: {
                manager: string;
                tool?: string;
                operation: string;
                subresource?: string;
                /** Format: date-time */
                time?: string;
                fields: number;
            }[];
            events: {
                type: string;
                reason: string;
                message: string;
                count: number;
                /** Format: date-time */
                firstSeen?: string;
                /** Format: date-time */
                lastSeen?: string;
                source?: string;
            }[];
            containers?: {
                name: string;
                init: boolean;
                state: string;
                ready: boolean;
                restarts: number;
                message?: string;
            }[];
            source: components["schemas"]["SourceAge"];
        };
        Logs: {
            pod: string;
            container: string;
            containers: string[];
            lines: {
                /** Format: date-time */
                at?: string;
                text: string;
            }[];
            /** @description There is more before the first line. */
            truncated: boolean;
        };
        Timeline: {
            items: components["schemas"]["TimelineEntry"][];
            /** @description Ask with this as `before` for the next page. */
            nextCursor?: string;
        };
        EnvironmentDetails: components["schemas"]["Environment"] & {
            allowed: components["schemas"]["EnvironmentAllowed"];
            timeline: components["schemas"]["TimelineEntry"][];
            objects: components["schemas"]["LiveObject"][];
            /** @description What its cluster warned of lately, newest first. */
            warnings?: components["schemas"]["Warning"][];
            argocd: {
                cluster: string;
                namespace: string;
                application: string;
                /** @description The Application's page in Argo CD, where its address is configured. */
                url?: string;
            };
            gitops: {
                repository: string;
                folder: string;
            };
        };
        /** @description An event of a cluster about an object that something is wrong with. */
        Warning: {
            cluster: string;
            kind: string;
            name: string;
            reason: string;
            message: string;
            count: number;
            /** Format: date-time */
            firstSeen?: string;
            /** Format: date-time */
            lastSeen?: string;
            source?: string;
        };
        /** @description One run of a pipeline, whatever the engine. */
        PipelineRun: {
            /** @description Unique in the engine. */
            id: string;
            /** @enum {string} */
            engine: "tekton" | "argo-workflows" | "github-actions";
            name: string;
            /** @enum {string} */
            state: "queued" | "running" | "succeeded" | "failed" | "cancelled" | "unknown";
            /** @description The environment that it is for; absent when it is for the service as a whole. */
            environment?: string;
            /** @description It carries Slipway's labels; false when it was found by those of others or by its repository. */
            byUs: boolean;
            /** @description Name of the pipeline or workflow that ran. */
            pipeline?: string;
            revision?: string;
            branch?: string;
            /** @description What started it, in the engine's words. */
            trigger?: string;
            /** @description Its page in the engine's own interface. */
            url?: string;
            /** Format: date-time */
            createdAt?: string;
            /** Format: date-time */
            startedAt?: string;
            /** Format: date-time */
            finishedAt?: string;
            /** @description Why it failed, the failing step's words first. */
            message?: string;
            /** @description Id of the first step that failed. */
            failedStep?: string;
            cluster?: string;
            namespace?: string;
            sandbox: boolean;
            /** @description Id of the run that this one repeats. */
            rerunOf?: string;
            /** @description Which attempt it is, where the engine repeats a run in place. */
            attempt?: number;
            steps: components["schemas"]["PipelineStep"][];
            rerun: components["schemas"]["Allowance"];
        };
        PipelineStep: {
            id: string;
            name: string;
            /** @description The task or job that it belongs to. */
            task?: string;
            /** @enum {string} */
            state: "queued" | "running" | "succeeded" | "failed" | "cancelled" | "skipped" | "unknown";
            /** Format: date-time */
            startedAt?: string;
            /** Format: date-time */
            finishedAt?: string;
            message?: string;
            exitCode?: number;
            /** @description Its log can be asked for. */
            logs: boolean;
        };
        PipelineRuns: {
            items: components["schemas"]["PipelineRun"][];
            sources: components["schemas"]["SourceAge"][];
        };
        PipelineLogs: {
            step: string;
            lines: {
                /** Format: date-time */
                at?: string;
                text: string;
            }[];
            /** @description There is more before the first line. */
            truncated: boolean;
        };
        AcceptedRerun: {
            /** @description Id of the run that repeats it; the same run where the engine repeats in place. */
            id: string;
        };
        ObjectChange: {
            apiVersion: string;
            kind: string;
            name: string;
            namespace?: string;
            /** @enum {string} */
            verb: "create" | "update" | "delete" | "keep";
            /** @enum {string} */
            part: "platform" | "workload";
            path: string;
            fields: {
                pointer: string;
                before?: unknown;
                after?: unknown;
            }[];
            summary?: string;
            source?: components["schemas"]["SpecSource"];
            holdsData?: boolean;
        };
        SpecSource: {
            specPath: string;
            line?: number;
        };
        Verdict: {
            pack: string;
            rule: string;
            /** @enum {string} */
            result: "pass" | "allow" | "warn" | "deny" | "error";
            message: string;
            fix?: string;
            object?: {
                apiVersion: string;
                kind: string;
                name: string;
                namespace?: string;
            };
            source?: components["schemas"]["SpecSource"];
        };
        QuotaLine: {
            resource: string;
            before: string;
            after: string;
            limit?: string;
            fits: boolean;
        };
        CostEstimate: {
            currency: string;
            cents: number;
            centsBefore: number;
            lines: {
                item: string;
                detail: string;
                cents: number;
            }[];
        };
        EnvironmentPlan: {
            organization: string;
            service: string;
            environment: string;
            class: string;
            cluster: string;
            namespace: string;
            /** @enum {string} */
            verb: "create" | "update" | "delete" | "keep";
            objects: components["schemas"]["ObjectChange"][];
            files: {
                path: string;
                /** @enum {string} */
                verb: "create" | "update" | "delete" | "keep";
            }[];
            verdicts: components["schemas"]["Verdict"][];
            passed: number;
            quota: components["schemas"]["QuotaLine"][];
            cost: components["schemas"]["CostEstimate"];
            gates: {
                workload: string;
                open: boolean;
                revision?: string;
            }[];
            approval: {
                required: boolean;
                count: number;
                groups: string[];
            };
            digest: string;
            approvalDigest: string;
        };
        Plan: {
            /** @description The totals in one line. */
            headline: string;
            problems: components["schemas"]["Problem"][];
            files: {
                path: string;
                /** @enum {string} */
                verb: "create" | "update" | "delete" | "keep";
                before?: string;
                after?: string;
            }[];
            environments: components["schemas"]["EnvironmentPlan"][];
            totals: {
                create: number;
                update: number;
                delete: number;
                warnings: number;
                denials: number;
                cents: number;
                centsBefore: number;
                currency: string;
            };
            /** @description Commit of the platform repository it was planned against. */
            base?: string;
        };
        PlatformFile: {
            path: string;
            content: string;
            /** @description The commit of the branch that counts. */
            commit: string;
            /** @description What `from` of a change request names when the file is edited; only with a subject. */
            digest?: string;
            /** @description The open change request of the subject. */
            changeRequest?: {
                id: string;
                number: number;
                title: string;
            };
        };
        FileChange: {
            path: string;
            /** @description Absent: the file is removed. */
            content?: string;
        };
        /** @description Files of the platform repository as they would be; a file without content is removed. */
        PlanRequest: {
            files: components["schemas"]["FileChange"][];
        };
        EditRequest: {
            path: string;
            edits: {
                /** @enum {string} */
                op: "set" | "delete" | "append";
                path: (string | number)[];
                value?: unknown;
            }[];
        };
        /** @description Code that becomes the first commit of a new repository after the merge. */
        Skeleton: {
            /** @description The new code repository at the Git host of the organization, as <namespace>/<name>. */
            repository: string;
            branch: string;
            files: {
                path: string;
                content: string;
                executable?: boolean;
            }[];
        };
        OpenChangeRequest: {
            /** @description What it is about, such as service/shop/checkout; the open change of the same subject is updated. */
            subject: string;
            title: string;
            description?: string;
            files: components["schemas"]["FileChange"][];
            /** @description What the files were edited from, by the digest that GET /v1alpha1/files answered with the subject. The files are then added to what the open change request of the subject holds, instead of taking its place, and title and description tell both. Refused (409) where a file is another one by now. */
            from?: {
                path: string;
                digest: string;
            }[];
            skeleton?: components["schemas"]["Skeleton"];
        };
        Comment: {
            id: string;
            author: string;
            /** Format: date-time */
            at: string;
            body: string;
            /** @enum {string} */
            verdict?: "approved";
            headCommit?: string;
        };
        ChangeRequest: {
            id: string;
            number: number;
            subject: string;
            title: string;
            description: string;
            /** @enum {string} */
            state: "open" | "merged" | "closed";
            author: string;
            /** @description Absent for files of the platform team. */
            organization?: string;
            paths: string[];
            branch: string;
            baseCommit: string;
            headCommit: string;
            mergeCommit?: string;
            /** @description Page at the Git host, where it has one. */
            url?: string;
            repository: string;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
            approvals: number;
        };
        FileDiff: {
            path: string;
            /** @enum {string} */
            status: "added" | "modified" | "removed";
            additions: number;
            deletions: number;
            patch: string;
        };
        /** @description The pull request of a change at its Git host, as it was seen last. */
        PullRequest: {
            /** @description Type of the host, such as github or gitea. */
            host: string;
            number: number;
            url: string;
            /** Format: date-time */
            seenAt: string;
            reviews: {
                /** @description Login at the host. */
                author: string;
                /** @enum {string} */
                verdict: "approved" | "changes-requested" | "commented";
                /** Format: date-time */
                at?: string;
                commit?: string;
                /** @description Commits came after it. */
                stale?: boolean;
            }[];
            checks: {
                name: string;
                /** @enum {string} */
                state: "pending" | "success" | "failure";
                description?: string;
                url?: string;
            }[];
        };
        ChangeRequestDetails: components["schemas"]["ChangeRequest"] & {
            files: components["schemas"]["FileDiff"][];
            plan: components["schemas"]["Plan"];
            comments: components["schemas"]["Comment"][];
            conflicts: string[];
            pullRequest?: components["schemas"]["PullRequest"];
            skeleton?: {
                repository: string;
                files: string[];
                /** @enum {string} */
                state: "pending" | "done" | "failed";
                message?: string;
            };
            allowed: {
                comment: boolean;
                approve: boolean;
                merge: boolean;
                close: boolean;
                reasons: {
                    [key: string]: string;
                };
            };
        };
        QueueItem: {
            key: string;
            /** Format: date-time */
            dueAt: string;
            attempts: number;
            /** Format: date-time */
            leasedUntil?: string;
            lastError?: string;
            /** Format: date-time */
            deadSince?: string;
            /** Format: date-time */
            updatedAt: string;
        };
        Source: {
            id: string;
            /** @enum {string} */
            role: "platform" | "gitops";
            url: string;
            branch: string;
            /** @enum {string} */
            state: "ok" | "unreadable" | "held" | "unknown";
            commit?: string;
            /** Format: date-time */
            readAt?: string;
            message?: string;
            held?: string[];
        };
        Operations: {
            queue: {
                due: number;
                leased: number;
                waiting: number;
                dead: number;
                oldestDueMs: number;
            };
            sources: components["schemas"]["Source"][];
            clusters: components["schemas"]["ClusterItem"][];
            gitHosts: components["schemas"]["GitHostItem"][];
            writerDepth: number;
        };
        GitHostItem: {
            /** @description Name and port. */
            host: string;
            /** @description E.g. github, gitlab, gitea, bitbucket. */
            type: string;
            /** @description What the host said last to the replica that answers; absent before the first answer, and for hosts that don't limit or don't say so. */
            rateLimit?: {
                remaining: number;
                limit: number;
                /** @description When it is full again. */
                resetAt: string;
                /** @description When the host said so. */
                asOf: string;
            };
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    getOverview: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Overview"];
                };
            };
            /** @description What went wrong, as problem details (RFC 9457). */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
        };
    };
    listOrganizations: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["OrganizationItem"][];
                    };
                };
            };
            /** @description What went wrong, as problem details (RFC 9457). */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
        };
    };
    getOrganization: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The organization. */
                organization: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrganizationDetails"];
                };
            };
            /** @description What went wrong, as problem details (RFC 9457). */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
        };
    };
    listPolicies: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["PolicyPackItem"][];
                    };
                };
            };
            /** @description What went wrong, as problem details (RFC 9457). */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
        };
    };
    listClasses: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["ClassItem"][];
                    };
                };
            };
            /** @description What went wrong, as problem details (RFC 9457). */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
        };
    };
    listClusters: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["ClusterItem"][];
                    };
                };
            };
            /** @description What went wrong, as problem details (RFC 9457). */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
        };
    };
    listServices: {
        parameters: {
            query?: {
                /** @description Only of this organization. */
                organization?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["ServiceItem"][];
                    };
                };
            };
            /** @description What went wrong, as problem details (RFC 9457). */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
        };
    };
    getService: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The organization. */
                organization: string;
                /** @description The service. */
                service: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Service"];
                };
            };
            /** @description What went wrong, as problem details (RFC 9457). */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
        };
    };
    listServicePipelines: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The organization. */
                organization: string;
                /** @description The service. */
                service: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PipelineRuns"];
                };
            };
            /** @description What went wrong, as problem details (RFC 9457). */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
        };
    };
    getPipelineLogs: {
        parameters: {
            query?: {
                /** @description Id of the step; the one that failed, else the last one with a log, when absent. */
                step?: string;
                /** @description At most so many lines from the end; 200 when absent. */
                tail?: number;
            };
            header?: never;
            path: {
                /** @description The organization. */
                organization: string;
                /** @description The service. */
                service: string;
                /** @description Id of the run, from the list. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PipelineLogs"];
                };
            };
            /** @description What went wrong, as problem details (RFC 9457). */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
        };
    };
    rerunPipeline: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The organization. */
                organization: string;
                /** @description The service. */
                service: string;
                /** @description Id of the run, from the list. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Made by whoever asks, once for each wish: a repeated request with the same key gives the same run. When absent, a run is asked for again only after its last re-run has ended. */
                    key?: string;
                };
            };
        };
        responses: {
            /** @description The engine has taken it. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AcceptedRerun"];
                };
            };
            /** @description What went wrong, as problem details (RFC 9457). */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
        };
    };
    listEnvironments: {
        parameters: {
            query?: {
                /** @description Only of this organization. */
                organization?: string;
                /** @description Only of this service. */
                service?: string;
                /** @description Only those that stand so; drifted ones whatever their road says. */
                state?: "stopped" | "waiting" | "unknown" | "here" | "ahead" | "done" | "drifted";
                /** @description Only of this class. */
                class?: string;
                /** @description Only on this cluster. */
                cluster?: string;
                /** @description Words that all occur in the name, the class, the cluster, the owner or a revision. */
                text?: string;
                /** @description The order; by name when absent. `state` puts first what needs somebody. */
                sort?: "name" | "state" | "cost" | "changed";
                /** @description At most so many; 500 when absent. */
                limit?: number;
                /** @description Skip so many, to show a part of a long list; pages that must lose none take the cursor. */
                offset?: number;
                /** @description Where the last page ended; belongs to the order that it was given for. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Environment"][];
                        /** @description Ask with this for the next page. */
                        nextCursor?: string;
                        /** @description How many match, on all pages. */
                        total?: number;
                        /** @description What those that match cost in a month; absent where currencies differ. */
                        cents?: number;
                        currency?: string;
                        /** @description How many stand where, whatever state is asked for. */
                        states?: components["schemas"]["StateCount"][];
                    };
                };
            };
            /** @description What went wrong, as problem details (RFC 9457). */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
        };
    };
    getEnvironment: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The organization. */
                organization: string;
                /** @description The service. */
                service: string;
                /** @description The environment. */
                environment: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EnvironmentDetails"];
                };
            };
            /** @description What went wrong, as problem details (RFC 9457). */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
        };
    };
    getEnvironmentPlan: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The organization. */
                organization: string;
                /** @description The service. */
                service: string;
                /** @description The environment. */
                environment: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EnvironmentPlan"];
                };
            };
            /** @description What went wrong, as problem details (RFC 9457). */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
        };
    };
    reconcileEnvironment: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The organization. */
                organization: string;
                /** @description The service. */
                service: string;
                /** @description The environment. */
                environment: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Queued. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Accepted"];
                };
            };
            /** @description What went wrong, as problem details (RFC 9457). */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
        };
    };
    approveEnvironment: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The organization. */
                organization: string;
                /** @description The service. */
                service: string;
                /** @description The environment. */
                environment: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description The approvalDigest that was looked at. */
                    digest: string;
                };
            };
        };
        responses: {
            /** @description Recorded and queued. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Accepted"];
                };
            };
            /** @description What went wrong, as problem details (RFC 9457). */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
        };
    };
    listPipelines: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The organization. */
                organization: string;
                /** @description The service. */
                service: string;
                /** @description The environment. */
                environment: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PipelineRuns"];
                };
            };
            /** @description What went wrong, as problem details (RFC 9457). */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
        };
    };
    getDrift: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The organization. */
                organization: string;
                /** @description The service. */
                service: string;
                /** @description The environment. */
                environment: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Drift"];
                };
            };
            /** @description What went wrong, as problem details (RFC 9457). */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
        };
    };
    putBackDrift: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The organization. */
                organization: string;
                /** @description The service. */
                service: string;
                /** @description The environment. */
                environment: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PutBackRequest"];
            };
        };
        responses: {
            /** @description Asked for. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Accepted"];
                };
            };
            /** @description What went wrong, as problem details (RFC 9457). */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
        };
    };
    acceptDrift: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The organization. */
                organization: string;
                /** @description The service. */
                service: string;
                /** @description The environment. */
                environment: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AcceptRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AcceptedDrift"];
                };
            };
            /** @description What went wrong, as problem details (RFC 9457). */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
        };
    };
    refreshEnvironment: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The organization. */
                organization: string;
                /** @description The service. */
                service: string;
                /** @description The environment. */
                environment: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Asked for. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Accepted"];
                };
            };
            /** @description What went wrong, as problem details (RFC 9457). */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
        };
    };
    syncEnvironment: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The organization. */
                organization: string;
                /** @description The service. */
                service: string;
                /** @description The environment. */
                environment: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Asked for. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Accepted"];
                };
            };
            /** @description What went wrong, as problem details (RFC 9457). */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
        };
    };
    getObject: {
        parameters: {
            query: {
                /** @description Its apiVersion. */
                apiVersion: string;
                /** @description Its kind. */
                kind: string;
                /** @description Its name. */
                name: string;
                /** @description Its namespace; absent for objects of the cluster. */
                namespace?: string;
            };
            header?: never;
            path: {
                /** @description The organization. */
                organization: string;
                /** @description The service. */
                service: string;
                /** @description The environment. */
                environment: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ObjectDetails"];
                };
            };
            /** @description What went wrong, as problem details (RFC 9457). */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
        };
    };
    getLogs: {
        parameters: {
            query: {
                /** @description Name of the Pod. */
                pod: string;
                /** @description Name of the container; the first when absent. */
                container?: string;
                /** @description Of the run before the last restart. */
                previous?: boolean;
                /** @description At most so many lines from the end; 200 when absent. */
                tail?: number;
            };
            header?: never;
            path: {
                /** @description The organization. */
                organization: string;
                /** @description The service. */
                service: string;
                /** @description The environment. */
                environment: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Logs"];
                };
            };
            /** @description What went wrong, as problem details (RFC 9457). */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
        };
    };
    listTimeline: {
        parameters: {
            query?: {
                /** @description Where the last page ended. */
                before?: string;
                /** @description At most so many; 100 when absent. */
                limit?: number;
            };
            header?: never;
            path: {
                /** @description The organization. */
                organization: string;
                /** @description The service. */
                service: string;
                /** @description The environment. */
                environment: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Timeline"];
                };
            };
            /** @description What went wrong, as problem details (RFC 9457). */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
        };
    };
    reportRevision: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The organization. */
                organization: string;
                /** @description The service. */
                service: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RevisionReport"];
            };
        };
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AcceptedRevision"];
                };
            };
            /** @description What went wrong, as problem details (RFC 9457). */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
        };
    };
    listReleases: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The organization. */
                organization: string;
                /** @description The service. */
                service: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Release"][];
                    };
                };
            };
            /** @description What went wrong, as problem details (RFC 9457). */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
        };
    };
    getRelease: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The organization. */
                organization: string;
                /** @description The service. */
                service: string;
                /** @description The release. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReleaseDetails"];
                };
            };
            /** @description What went wrong, as problem details (RFC 9457). */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
        };
    };
    getPromotion: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The organization. */
                organization: string;
                /** @description The service. */
                service: string;
                /** @description The environment. */
                environment: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Promotion"];
                };
            };
            /** @description What went wrong, as problem details (RFC 9457). */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
        };
    };
    promoteEnvironment: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The organization. */
                organization: string;
                /** @description The service. */
                service: string;
                /** @description The environment. */
                environment: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PromoteRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AcceptedRelease"];
                };
            };
            /** @description What went wrong, as problem details (RFC 9457). */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
        };
    };
    getRollback: {
        parameters: {
            query: {
                /** @description The release to go back, or forward again, to. */
                to: string;
            };
            header?: never;
            path: {
                /** @description The organization. */
                organization: string;
                /** @description The service. */
                service: string;
                /** @description The environment. */
                environment: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Promotion"];
                };
            };
            /** @description What went wrong, as problem details (RFC 9457). */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
        };
    };
    rollBackEnvironment: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The organization. */
                organization: string;
                /** @description The service. */
                service: string;
                /** @description The environment. */
                environment: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RollbackRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AcceptedRelease"];
                };
            };
            /** @description What went wrong, as problem details (RFC 9457). */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
        };
    };
    promoteEnvironments: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PromotionsRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AcceptedRelease"];
                };
            };
            /** @description What went wrong, as problem details (RFC 9457). */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
        };
    };
    dispatch: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DispatchRequest"];
            };
        };
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AcceptedDispatch"];
                };
            };
            /** @description What went wrong, as problem details (RFC 9457). */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
        };
    };
    createPlan: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PlanRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Plan"];
                };
            };
            /** @description What went wrong, as problem details (RFC 9457). */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
        };
    };
    getFile: {
        parameters: {
            query: {
                /** @description Its path. */
                path: string;
                /** @description The subject of a change request, such as service/shop/checkout. The file is answered as the open change request has it, merged with the head, so that an edit of it can be added; 409 where that can't be. */
                subject?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PlatformFile"];
                };
            };
            /** @description What went wrong, as problem details (RFC 9457). */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
        };
    };
    previewEdit: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EditRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        path: string;
                        before: string;
                        after: string;
                        problems: components["schemas"]["Problem"][];
                    };
                };
            };
            /** @description What went wrong, as problem details (RFC 9457). */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
        };
    };
    listChangeRequests: {
        parameters: {
            query?: {
                /** @description Only in this state. */
                state?: "open" | "merged" | "closed";
                /** @description Only of this organization. */
                organization?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["ChangeRequest"][];
                    };
                };
            };
            /** @description What went wrong, as problem details (RFC 9457). */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
        };
    };
    openChangeRequest: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OpenChangeRequest"];
            };
        };
        responses: {
            /** @description Opened or updated. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChangeRequestDetails"];
                };
            };
            /** @description What went wrong, as problem details (RFC 9457). */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
        };
    };
    getChangeRequest: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The change request. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChangeRequestDetails"];
                };
            };
            /** @description What went wrong, as problem details (RFC 9457). */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
        };
    };
    commentChangeRequest: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The change request. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    body: string;
                };
            };
        };
        responses: {
            /** @description Added. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Comment"];
                };
            };
            /** @description What went wrong, as problem details (RFC 9457). */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
        };
    };
    approveChangeRequest: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The change request. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description The commit that was looked at. */
                    headCommit: string;
                    comment?: string;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChangeRequestDetails"];
                };
            };
            /** @description What went wrong, as problem details (RFC 9457). */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
        };
    };
    mergeChangeRequest: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The change request. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description The commit that was looked at. */
                    headCommit: string;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChangeRequestDetails"];
                };
            };
            /** @description What went wrong, as problem details (RFC 9457). */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
        };
    };
    closeChangeRequest: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The change request. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChangeRequestDetails"];
                };
            };
            /** @description What went wrong, as problem details (RFC 9457). */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
        };
    };
    listAdoptionCandidates: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AdoptionCandidates"];
                };
            };
            /** @description What went wrong, as problem details (RFC 9457). */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
        };
    };
    previewAdoption: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AdoptionRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AdoptionProposal"];
                };
            };
            /** @description What went wrong, as problem details (RFC 9457). */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
        };
    };
    grantAdoption: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AdoptionGrant"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AdoptionGrant"];
                };
            };
            /** @description What went wrong, as problem details (RFC 9457). */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
        };
    };
    searchRepositories: {
        parameters: {
            query?: {
                /** @description The organization whose namespace is searched. */
                organization?: string;
                /** @description Name and port of the host, where no organization is given. */
                host?: string;
                /** @description Part of the name. */
                text?: string;
                /** @description The next of the page before. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RepositoryPage"];
                };
            };
            /** @description What went wrong, as problem details (RFC 9457). */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
        };
    };
    listRepositoryHosts: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RepositoryHostList"];
                };
            };
            /** @description What went wrong, as problem details (RFC 9457). */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
        };
    };
    previewOnboarding: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OnboardingRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OnboardingPreview"];
                };
            };
            /** @description What went wrong, as problem details (RFC 9457). */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
        };
    };
    listBindings: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The organization. */
                organization: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BindingList"];
                };
            };
            /** @description What went wrong, as problem details (RFC 9457). */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
        };
    };
    pingBinding: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The organization. */
                organization: string;
                /** @description The RepoBinding. */
                binding: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Binding"];
                };
            };
            /** @description What went wrong, as problem details (RFC 9457). */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
        };
    };
    receiveWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The organization. */
                organization: string;
                /** @description The RepoBinding. */
                binding: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WebhookDelivery"];
            };
        };
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeliveryReceipt"];
                };
            };
            /** @description What went wrong, as problem details (RFC 9457). */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
        };
    };
    getOperations: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Operations"];
                };
            };
            /** @description What went wrong, as problem details (RFC 9457). */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
        };
    };
    listQueue: {
        parameters: {
            query?: {
                /** @description Which; dead letters when absent. */
                state?: "due" | "leased" | "waiting" | "dead";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["QueueItem"][];
                    };
                };
            };
            /** @description What went wrong, as problem details (RFC 9457). */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
        };
    };
    replayDeadLetters: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    keys: string[];
                };
            };
        };
        responses: {
            /** @description Queued. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        replayed: number;
                    };
                };
            };
            /** @description What went wrong, as problem details (RFC 9457). */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
        };
    };
    confirmHeldDeletion: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The source. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description The commit whose deletions were looked at. */
                    commit: string;
                };
            };
        };
        responses: {
            /** @description Queued. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Accepted"];
                };
            };
            /** @description What went wrong, as problem details (RFC 9457). */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
        };
    };
}
