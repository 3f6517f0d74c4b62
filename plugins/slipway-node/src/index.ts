/**
 * The ports of Slipway that others may implement.
 *
 * @packageDocumentation
 */
export * from './git/deliveryGate';
export * from './git/deliverySignature';
export * from './git/extensionPoint';
export * from './git/GitHost';
export * from './git/hostAnswers';
export * from './git/PullRequestHost';
export * from './git/RateLimits';
export * from './git/RepositoryHost';
export * from './git/repositoryPath';
export * from './live/LiveKind';
export * from './pipelines';
