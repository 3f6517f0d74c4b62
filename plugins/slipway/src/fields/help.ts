import { serviceSpecSchema } from '@slipway/plugin-slipway-common';
import { z } from 'zod';

/** As much of JSON Schema as is read here. */
interface Node {
  description?: string;
  enum?: unknown[];
  properties?: Record<string, Node>;
  items?: Node;
}

let schema: Node | undefined;

/** Made once, and only when a form is open. */
function specNode(): Node {
  schema ??= z.toJSONSchema(serviceSpecSchema, {
    io: 'input',
    unrepresentable: 'any',
  }) as Node;
  return schema;
}

/**
 * What the schema says about a field of the ServiceSpec, so that form, docs and CRD explain it in the same words.
 * Lists are stepped into by their own name: `help('spec', 'workloads', 'port')`.
 *
 * @internal
 */
export function help(...path: string[]): string | undefined {
  let node: Node | undefined = specNode();
  for (const step of path) {
    node = (node?.items ?? node)?.properties?.[step];
  }
  return node?.description;
}
