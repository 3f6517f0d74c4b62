import type { components } from './generated/openapi';

type Schemas = components['schemas'];

/** Problem details (RFC 9457). @public */
export type ApiProblemDetails = Schemas['ProblemDetails'];
/** How old an answer is, and of whom. @public */
export type ApiSourceAge = Schemas['SourceAge'];
/** @public */
export type ApiOrganization = Schemas['OrganizationItem'];
/** @public */
export type ApiClass = Schemas['ClassItem'];
/** @public */
export type ApiCluster = Schemas['ClusterItem'];
/** @public */
export type ApiServiceItem = Schemas['ServiceItem'];
/** @public */
export type ApiService = Schemas['Service'];
/** @public */
export type ApiCondition = Schemas['Condition'];
/** @public */
export type ApiEnvironment = Schemas['Environment'];
/** @public */
export type ApiEnvironmentDetails = Schemas['EnvironmentDetails'];
/** @public */
export type ApiTimelineEntry = Schemas['TimelineEntry'];
/** @public */
export type ApiLiveObject = Schemas['LiveObject'];
/** @public */
export type ApiPipelineRun = Schemas['PipelineRun'];
/** @public */
export type ApiPlan = Schemas['Plan'];
/** @public */
export type ApiEnvironmentPlan = Schemas['EnvironmentPlan'];
/** @public */
export type ApiVerdict = Schemas['Verdict'];
/** @public */
export type ApiObjectChange = Schemas['ObjectChange'];
/** @public */
export type ApiPlanRequest = Schemas['PlanRequest'];
/** @public */
export type ApiPlatformFile = Schemas['PlatformFile'];
/** @public */
export type ApiFileChange = Schemas['FileChange'];
/** @public */
export type ApiEditRequest = Schemas['EditRequest'];
/** @public */
export type ApiSkeleton = Schemas['Skeleton'];
/** @public */
export type ApiOpenChangeRequest = Schemas['OpenChangeRequest'];
/** @public */
export type ApiChangeRequest = Schemas['ChangeRequest'];
/** @public */
export type ApiChangeRequestDetails = Schemas['ChangeRequestDetails'];
/** @public */
export type ApiComment = Schemas['Comment'];
/** @public */
export type ApiFileDiff = Schemas['FileDiff'];
/** @public */
export type ApiQueueItem = Schemas['QueueItem'];
/** @public */
export type ApiSource = Schemas['Source'];
/** @public */
export type ApiOperations = Schemas['Operations'];
