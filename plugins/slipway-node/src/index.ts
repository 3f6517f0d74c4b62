/**
 * The ports of Slipway that others may implement.
 *
 * @packageDocumentation
 */
export * from './git/GitHost';
export * from './live/LiveKind';
export * from './pipelines';
