import { InputError } from '@backstage/errors';
import { API_VERSION, type Release } from '@slipway/plugin-slipway-common';
import { parse } from 'yaml';
import { z } from 'zod';
import { toYaml } from './canonical';

/** The name of the file in an environment's folder. @public */
export const ENVIRONMENT_FILE = 'environment.yaml';

const environmentFileSchema = z.strictObject({
  apiVersion: z.literal(API_VERSION),
  kind: z.literal('Environment'),
  metadata: z.strictObject({
    organization: z.string().min(1),
    service: z.string().min(1),
    name: z.string().min(1),
    class: z.string().min(1),
    cluster: z.string().min(1),
  }),
  rendererVersion: z.string().min(1),
  digest: z.string().regex(/^sha256:[a-f0-9]{64}$/),
  release: z.strictObject({
    workloads: z.record(
      z.string(),
      z.strictObject({
        revision: z.string().min(1),
        digest: z.string().optional(),
      }),
    ),
  }),
  chart: z.string().min(1).optional(),
  application: z
    .strictObject({
      set: z.string().min(1),
      namespace: z.string().min(1),
      selfHeal: z.boolean(),
    })
    .optional(),
});

/**
 * What `environment.yaml` says: which environment the folder is, what runs
 * there, and how it was rendered.
 *
 * @public
 */
export interface EnvironmentFile {
  organization: string;
  service: string;
  environment: string;
  class: string;
  cluster: string;
  rendererVersion: string;
  /** Of the rendered objects beside it. */
  digest: string;
  release: Release;
  /** The folder of the chart that is rendered with `workload/values.yaml`; absent where objects are rendered. */
  chart?: string;
  /** What an ApplicationSet makes the Application of; absent where Slipway applies it. */
  application?: { set: string; namespace: string; selfHeal: boolean };
}

/**
 * Writes `environment.yaml`.
 *
 * @public
 */
export function renderEnvironmentFile(file: EnvironmentFile): string {
  const { organization, service, environment, cluster } = file;
  return toYaml(
    {
      apiVersion: API_VERSION,
      kind: 'Environment',
      metadata: {
        organization,
        service,
        name: environment,
        class: file.class,
        cluster,
      },
      rendererVersion: file.rendererVersion,
      digest: file.digest,
      release: file.release,
      chart: file.chart,
      application: file.application,
    },
    'Written by Slipway with the objects beside it.',
  );
}

/**
 * Reads `environment.yaml`. Throws an InputError that names the first field
 * that is wrong.
 *
 * @public
 */
export function parseEnvironmentFile(text: string): EnvironmentFile {
  const result = environmentFileSchema.safeParse(readYaml(text));
  if (!result.success) {
    const [issue] = result.error.issues;
    throw new InputError(
      `${ENVIRONMENT_FILE} was changed by hand: ${issue.path.join('.') || 'the file'}: ${issue.message}. Put the file back, or let Slipway render it again.`,
    );
  }
  const { metadata, ...rest } = result.data;
  const { name: environment, ...where } = metadata;
  const { rendererVersion, digest, release, chart, application } = rest;
  return {
    ...where,
    environment,
    rendererVersion,
    digest,
    release,
    ...(chart !== undefined && { chart }),
    ...(application && { application }),
  };
}

function readYaml(text: string): unknown {
  try {
    return parse(text, { maxAliasCount: 0 });
  } catch (error) {
    throw new InputError(
      `${ENVIRONMENT_FILE} is no YAML: ${(error as Error).message.split('\n')[0]}`,
    );
  }
}
