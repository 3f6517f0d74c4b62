import type { components } from './generated/openapi';

type Schemas = components['schemas'];

/** Problem details (RFC 9457). @public */
export type ApiProblemDetails = Schemas['ProblemDetails'];
/** How old an answer is, and of whom. @public */
export type ApiSourceAge = Schemas['SourceAge'];
/** An organization with its figures, and whether the caller may declare services in it. @public */
export type ApiOrganization = Schemas['OrganizationItem'];
/** An environment class at a glance: quota, policies, approval, delivery, price, clusters. @public */
export type ApiClass = Schemas['ClassItem'];
/** A cluster, with the age of what is known of it. @public */
export type ApiCluster = Schemas['ClusterItem'];
/** A service in a list. @public */
export type ApiServiceItem = Schemas['ServiceItem'];
/** A service: its file as it was last read, its problems and its environments. @public */
export type ApiService = Schemas['Service'];
/** A condition of an environment. @public */
export type ApiCondition = Schemas['Condition'];
/** An environment: what is recorded, with the live conditions computed when it was read. @public */
export type ApiEnvironment = Schemas['Environment'];
/** An environment with its timeline and its objects. @public */
export type ApiEnvironmentDetails = Schemas['EnvironmentDetails'];
/** Something that happened to an environment. @public */
export type ApiTimelineEntry = Schemas['TimelineEntry'];
/** A warning of a cluster about one object. @public */
export type ApiWarning = Schemas['Warning'];
/** An object in a cluster, with its health. @public */
export type ApiLiveObject = Schemas['LiveObject'];
/** Whether the caller may do something now, and if not, why. @public */
export type ApiAllowance = Schemas['Allowance'];
/** What the caller may ask of an environment. @public */
export type ApiEnvironmentAllowed = Schemas['EnvironmentAllowed'];
/** Whether an environment differs from what is agreed, at a glance. @public */
export type ApiDriftSummary = Schemas['DriftSummary'];
/** What differs from what is agreed, as it was last looked at. @public */
export type ApiDrift = Schemas['Drift'];
/** An object that differs, with its fields. @public */
export type ApiDriftedObject = Schemas['DriftedObject'];
/** A field that differs: wanted, found, who and since when. @public */
export type ApiDriftedField = Schemas['DriftedField'];
/** Whether a found value can become the spec, where it would stand, or why not. @public */
export type ApiDriftAcceptance = Schemas['DriftAcceptance'];
/** Names one object of a cluster. @public */
export type ApiObjectRef = Schemas['ObjectRef'];
/** The change request that accepts drift. @public */
export type ApiAcceptedDrift = Schemas['AcceptedDrift'];
/** One object as in Git and as it is, with managers, events and containers. @public */
export type ApiObjectDetails = Schemas['ObjectDetails'];
/** The end of a container's log. @public */
export type ApiLogs = Schemas['Logs'];
/** A release of a service, and where it runs. @public */
export type ApiRelease = Schemas['Release'];
/** A release with where it can go and what happened to it. @public */
export type ApiReleaseDetails = Schemas['ReleaseDetails'];
/** An environment that runs a release, or is on its way to it. @public */
export type ApiReleasePlace = Schemas['ReleasePlace'];
/** What an environment would become with another release. @public */
export type ApiPromotion = Schemas['Promotion'];
/** A promotion or a rollback that was accepted. @public */
export type ApiAcceptedRelease = Schemas['AcceptedRelease'];
/** Several services that are promoted together. @public */
export type ApiPromotionsRequest = Schemas['PromotionsRequest'];
/** A revision that was built. @public */
export type ApiRevisionReport = Schemas['RevisionReport'];
/** Where a reported revision goes, and where not. @public */
export type ApiAcceptedRevision = Schemas['AcceptedRevision'];
/** What GitHub's repository_dispatch carries, or the general form. @public */
export type ApiDispatchRequest = Schemas['DispatchRequest'];
/** What became of a dispatch. @public */
export type ApiAcceptedDispatch = Schemas['AcceptedDispatch'];
/** A page of the timeline. @public */
export type ApiTimeline = Schemas['Timeline'];
/** A run of a pipeline, whatever the engine. @public */
export type ApiPipelineRun = Schemas['PipelineRun'];
/** A step of a run. @public */
export type ApiPipelineStep = Schemas['PipelineStep'];
/** Runs from every engine, and how old what is known of each is. @public */
export type ApiPipelineRuns = Schemas['PipelineRuns'];
/** The end of the log of one step. @public */
export type ApiPipelineLogs = Schemas['PipelineLogs'];
/** What a change would do, with a headline and the commit that it was planned against. @public */
export type ApiPlan = Schemas['Plan'];
/** The Applications that are nobody's yet, and the clusters that could not be asked. @public */
export type ApiAdoptionCandidates = Schemas['AdoptionCandidates'];
/** A namespace that was made by hand, and what it is to become. @public */
export type ApiAdoptionRequest = Schemas['AdoptionRequest'];
/** The spec of what is there, and what adopting it would change. @public */
export type ApiAdoptionProposal = Schemas['AdoptionProposal'];
/** A namespace that is released to an organization. @public */
export type ApiAdoptionGrant = Schemas['AdoptionGrant'];
/** What a change would do to one environment. @public */
export type ApiEnvironmentPlan = Schemas['EnvironmentPlan'];
/** What a policy rule says. @public */
export type ApiVerdict = Schemas['Verdict'];
/** What a change would do to one object. @public */
export type ApiObjectChange = Schemas['ObjectChange'];
/** Files to be planned; one without content is removed. @public */
export type ApiPlanRequest = Schemas['PlanRequest'];
/** A file of the platform repository as it was last read. @public */
export type ApiPlatformFile = Schemas['PlatformFile'];
/** A file as a change would have it; without content it is removed. @public */
export type ApiFileChange = Schemas['FileChange'];
/** Edits of one file that keep its comments and order. @public */
export type ApiEditRequest = Schemas['EditRequest'];
/** Files that become the first commit of a code repository after the merge. @public */
export type ApiSkeleton = Schemas['Skeleton'];
/** A change request to be opened or, where one of its subject is open, updated. @public */
export type ApiOpenChangeRequest = Schemas['OpenChangeRequest'];
/** A change request in a list. @public */
export type ApiChangeRequest = Schemas['ChangeRequest'];
/** A change request with its diff, plan and comments, and what the caller may do with it. @public */
export type ApiChangeRequestDetails = Schemas['ChangeRequestDetails'];
/** A comment or an approval. @public */
export type ApiComment = Schemas['Comment'];
/** One file of a diff. @public */
export type ApiFileDiff = Schemas['FileDiff'];
/** A key of the work queue. @public */
export type ApiQueueItem = Schemas['QueueItem'];
/** A platform repository as a source: readable or not, and what is held. @public */
export type ApiSource = Schemas['Source'];
/** Queue, sources and clusters. @public */
export type ApiOperations = Schemas['Operations'];
/** The fleet as the caller may see it, with what needs them. @public */
export type ApiOverview = Schemas['Overview'];
/** Something that waits for the caller. @public */
export type ApiInboxItem = Schemas['InboxItem'];
/** How many environments stand somewhere on their road. @public */
export type ApiStateCount = Schemas['StateCount'];
/** What an organization has and costs. @public */
export type ApiOrganizationFigures = Schemas['OrganizationFigures'];
/** An organization with its services, environments, change requests and timeline. @public */
export type ApiOrganizationDetails = Schemas['OrganizationDetails'];
/** A service among those of its organization. @public */
export type ApiOrganizationService = Schemas['OrganizationService'];
/** A policy pack with its rules. @public */
export type ApiPolicyPack = Schemas['PolicyPackItem'];
/** A rule of a policy pack, and what it hits. @public */
export type ApiPolicyRule = Schemas['PolicyRuleItem'];
/** What a rule found in one environment. @public */
export type ApiPolicyHit = Schemas['PolicyHit'];
/** A repository, as its Git host lists it. @public */
export type ApiRepository = Schemas['RepositoryItem'];
/** Some of the repositories that were found. @public */
export type ApiRepositoryPage = Schemas['RepositoryPage'];
/** A Git host whose repositories can be searched, or that is polled. @public */
export type ApiRepositoryHost = Schemas['RepositoryHostItem'];
/** What a first spec is asked for. @public */
export type ApiOnboardingRequest = Schemas['OnboardingRequest'];
/** A first spec, what could not be taken over, and what becomes of the webhook. @public */
export type ApiOnboardingPreview = Schemas['OnboardingPreview'];
/** Something that the first spec does not say. @public */
export type ApiNotTaken = Schemas['NotTaken'];
/** A bound repository, and how its webhook stands. @public */
export type ApiBinding = Schemas['Binding'];
/** One side of a webhook. @public */
export type ApiWebhookCondition = Schemas['WebhookCondition'];
/** What a Git host is told of its delivery. @public */
export type ApiDeliveryReceipt = Schemas['DeliveryReceipt'];
