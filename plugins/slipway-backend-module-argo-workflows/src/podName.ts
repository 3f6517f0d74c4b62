import type { WatchedObject } from '@slipway/plugin-slipway-node';
import type { WorkflowNode } from './workflow';

const FORMAT = 'workflows.argoproj.io/pod-name-format';
/** 253 characters of a name, less a hyphen and the ten digits of a hash, as Argo counts them. */
const MAX_PREFIX = 242;

/** The Pod of a node, by the rule that the workflow says its controller went by. */
export function podNameOf(workflow: WatchedObject, node: WorkflowNode): string {
  const { name, annotations } = workflow.metadata;
  if (annotations?.[FORMAT] === 'v1') return node.id;
  if (name === node.name) return name;
  const template = node.templateName || node.templateRef?.template;
  const prefix = template ? `${name}-${template}` : name;
  return `${prefix.slice(0, MAX_PREFIX)}-${fnv1a(node.name)}`;
}

/** FNV-1a, 32 bits. */
function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (const byte of Buffer.from(text, 'utf8')) {
    hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  }
  return hash;
}
