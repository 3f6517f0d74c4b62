import { z } from 'zod';
import { name, patternText } from './fields';

/** The API group of every kind. @public */
export const API_GROUP = 'slipway.dev';

/** The version that is written today. @public */
export const API_VERSION = 'slipway.dev/v1alpha1';

/** What labels and annotations are called: a name, after a domain or not. */
const qualifiedName = () =>
  patternText(
    /^([a-z0-9]([a-z0-9.-]*[a-z0-9])?\/)?[A-Za-z0-9]([A-Za-z0-9_.-]*[A-Za-z0-9])?$/,
    317,
    'a name of letters, digits, hyphens, underscores and dots, after a domain and a slash if any',
  );

const labelValue = () =>
  patternText(
    /^([A-Za-z0-9]([A-Za-z0-9_.-]*[A-Za-z0-9])?)?$/,
    63,
    'at most 63 letters, digits, hyphens, underscores and dots, starting and ending with a letter or digit',
  );

const clusterMetadataSchema = z
  .strictObject({
    name: name().describe('The name, unique among resources of this kind.'),
    labels: z
      .record(qualifiedName(), labelValue())
      .optional()
      .describe('Labels to select the resource by, as in Kubernetes.'),
    annotations: z
      .record(qualifiedName(), z.string().max(16_384))
      .optional()
      .describe('Notes for tools, as in Kubernetes.'),
  })
  .describe('What identifies the resource.');

const namespacedMetadataSchema = z
  .strictObject({
    name: name().describe(
      'The name, unique among resources of this kind in the organization.',
    ),
    namespace: z
      .string()
      .max(63)
      .regex(/^org-[a-z0-9]+(-[a-z0-9]+)*$/, {
        error: 'the namespace of the organization, org-<organization>',
      })
      .optional()
      .describe(
        "The organization's namespace, org-<organization>. Filled in when absent.",
      ),
    labels: clusterMetadataSchema.shape.labels,
    annotations: clusterMetadataSchema.shape.annotations,
  })
  .describe('What identifies the resource.');

/** Metadata of a resource, whatever its scope. @public */
export type ResourceMetadata = z.output<typeof namespacedMetadataSchema>;

/** The envelope of a cluster-scoped kind. @internal */
export function clusterResource<
  const K extends string,
  Spec extends z.ZodType,
  Status extends z.ZodType,
>(kind: K, parts: { description: string; spec: Spec; status: Status }) {
  return z
    .strictObject({
      apiVersion: z
        .literal(API_VERSION)
        .describe('The version of the schema that the file is written in.'),
      kind: z.literal(kind).describe('The kind of the resource.'),
      metadata: clusterMetadataSchema,
      spec: parts.spec,
      status: parts.status.optional(),
    })
    .describe(parts.description);
}

/** The envelope of a kind that lives in `org-<name>`. @internal */
export function namespacedResource<
  const K extends string,
  Spec extends z.ZodType,
  Status extends z.ZodType,
>(kind: K, parts: { description: string; spec: Spec; status: Status }) {
  return z
    .strictObject({
      apiVersion: z
        .literal(API_VERSION)
        .describe('The version of the schema that the file is written in.'),
      kind: z.literal(kind).describe('The kind of the resource.'),
      metadata: namespacedMetadataSchema,
      spec: parts.spec,
      status: parts.status.optional(),
    })
    .describe(parts.description);
}
