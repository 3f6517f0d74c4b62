/**
 * An embedded Kubernetes API with labelled stand-ins for Argo CD, workloads and pipelines.
 *
 * @packageDocumentation
 */
export { startSandbox } from './sandbox';
export type { Faults } from './http/faults';
export type {
  Sandbox,
  SandboxCluster,
  SandboxClusterOptions,
  SandboxLogger,
  SandboxOptions,
  SandboxTimings,
} from './types';
