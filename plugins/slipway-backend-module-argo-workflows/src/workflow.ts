import type { WatchedObject } from '@slipway/plugin-slipway-node';
import { gunzipSync } from 'node:zlib';

export const WORKFLOW = {
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'Workflow',
};

/** A workflow of this size has thousands of nodes; reading more would hold up everything else. */
const MAX_NODES_BYTES = 16 * 1024 * 1024;

/** A node of a workflow's tree. */
export interface WorkflowNode {
  id: string;
  name: string;
  displayName?: string;
  type?: string;
  templateName?: string;
  templateRef?: { template?: string };
  phase?: string;
  message?: string;
  boundaryID?: string;
  startedAt?: string | null;
  finishedAt?: string | null;
  outputs?: { exitCode?: string };
  children?: string[];
}

/** What of a workflow's spec says how and from what it was started. */
export interface WorkflowSpec {
  shutdown?: string;
  suspend?: boolean;
  activeDeadlineSeconds?: number;
  workflowTemplateRef?: { name?: string };
  arguments?: { parameters?: Array<{ name?: string; value?: unknown }> };
}

/** How a workflow goes. */
export interface WorkflowStatus {
  phase?: string;
  message?: string;
  startedAt?: string | null;
  finishedAt?: string | null;
  nodes?: Record<string, WorkflowNode>;
  compressedNodes?: string;
  offloadNodeStatusVersion?: string;
}

/** The status of a workflow; empty before its controller has seen it. */
export function statusOf(object: WatchedObject): WorkflowStatus {
  return (object.status ?? {}) as WorkflowStatus;
}

/** All nodes; large workflows keep them compressed. Undefined when they are kept in Argo's database alone. */
export function nodesOf(
  status: WorkflowStatus,
): Record<string, WorkflowNode> | undefined {
  if (status.nodes) return status.nodes;
  if (status.compressedNodes) {
    const bytes = Buffer.from(status.compressedNodes, 'base64');
    const text = gunzipSync(bytes, { maxOutputLength: MAX_NODES_BYTES });
    return JSON.parse(text.toString('utf8')) as Record<string, WorkflowNode>;
  }
  return status.offloadNodeStatusVersion ? undefined : {};
}
