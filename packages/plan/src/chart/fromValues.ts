import { InputError } from '@backstage/errors';
import {
  API_VERSION,
  environmentClassSchema,
  environmentNamespace,
  organizationSchema,
  quotaProfileSchema,
  serviceSpecSchema,
  type NormalizedWorkload,
  type ServiceSpec,
} from '@slipway/plugin-slipway-common';
import { parse } from 'yaml';
import { createContext, type Draft, type Revision } from '../context';
import { sortBy } from '../canonical';
import { renderDatabase } from '../database/renderDatabase';
import { renderWorkload } from '../render/workload';
import type { KubernetesObject, PlanInput } from '../types';
import { chartValuesSchema, type ChartValues } from './values';

/** The file with the values, in `workload/` of an environment's folder. @internal */
export const VALUES_FILE = 'values.yaml';

/**
 * Reads a values file of the chart. Throws an InputError that names the first
 * field that is wrong.
 *
 * @internal
 */
export function parseChartValues(text: string): ChartValues {
  let value: unknown;
  try {
    value = parse(text, { maxAliasCount: 0 });
  } catch (error) {
    throw new InputError(
      `${VALUES_FILE} is no YAML: ${(error as Error).message.split('\n')[0]}`,
    );
  }
  const result = chartValuesSchema.safeParse(value);
  if (!result.success) {
    const [issue] = result.error.issues;
    throw new InputError(
      `${VALUES_FILE} was changed by hand: ${issue.path.join('.') || 'the file'}: ${issue.message}. Put the file back, or let Slipway render it again.`,
    );
  }
  return result.data;
}

/**
 * The objects of `workload/` that the chart makes of a values file, without
 * Helm: what an environment in chart form ran before is read with it.
 *
 * @internal
 */
export function objectsOfValues(values: ChartValues): KubernetesObject[] {
  const context = createContext(checked(values), pinned);
  const drafts: Draft[] = [
    ...context.workloads.flatMap(workload => renderWorkload(context, workload)),
    ...context.databases.flatMap(database => renderDatabase(context, database)),
  ];
  return drafts.map(({ object }) => object);
}

/** What only a person can have written, such as a namespace that no environment has. */
function checked(values: ChartValues): PlanInput {
  try {
    return inputOf(values);
  } catch (error) {
    throw new InputError(
      `${VALUES_FILE} was changed by hand, and Slipway can't read it any more: ${(error as Error).message}. Put the file back, or let Slipway render it again.`,
    );
  }
}

function pinned(workloads: NormalizedWorkload[]) {
  return new Map<string, Revision>(
    workloads.flatMap(({ name, image: { revision, digest } }) =>
      revision === undefined
        ? []
        : [[name, { revision, digest, source: { origin: 'release' } }]],
    ),
  );
}

/** As much of a plan's input as objects are rendered from; the rest is there because schemas ask for it. */
function inputOf(values: ChartValues): PlanInput {
  const { organization, service, environment, routes } = values;
  const kinds = [
    `${values.secretStore.apiVersion}/ExternalSecret`,
    'gateway.networking.k8s.io/v1/HTTPRoute',
    'traefik.io/v1alpha1/IngressRoute',
    'cert-manager.io/v1/Certificate',
  ];
  return {
    organization: organizationSchema.parse({
      ...kind('Organization', organization),
      spec: {
        owner: values.owner,
        displayName: organization,
        gitHost: { integration: 'plain', namespace: organization },
        pipelineEngine: 'tekton',
        webhook: { domain: 'unused.invalid' },
        secretStore: { provider: 'vault', path: values.secretStore.path },
        registry: { url: 'unused.invalid', ...values.registry },
      },
    }),
    spec: serviceSpecSchema.parse({
      ...kind('ServiceSpec', service),
      spec: {
        organization,
        owner: values.owner,
        workloads: values.workloads,
        databases: values.databases,
        environments: [
          {
            name: environment,
            class: values.class,
            ...inNamespace(
              organization,
              service,
              environment,
              values.namespace,
            ),
          },
        ],
      },
    }),
    environment,
    release: { workloads: {} },
    class: environmentClassSchema.parse({
      ...kind('EnvironmentClass', values.class),
      spec: {
        description: values.class,
        quota: 'unused',
        cost: { base: { cents: 0 } },
        retain: values.retain,
        routes: { kind: routes.kind, tls: routes.tls },
      },
    }),
    quota: quotaProfileSchema.parse({
      ...kind('QuotaProfile', 'unused'),
      spec: { hard: {}, ...values.quota },
    }),
    policies: [],
    prices: { currency: 'USD', cpu: 0, memory: 0, storage: 0, gpu: 0 },
    cluster: {
      name: 'unused',
      kinds,
      argocd: { cluster: 'unused', namespace: 'unused', destination: {} },
      ingress: { namespace: routes.namespace, className: routes.className },
      gateway: routes.gateway,
      dns: { namespace: values.cluster.dns },
      prometheus: { namespace: values.cluster.prometheus },
      storageClass: values.cluster.storageClass,
      groupPrefix: values.cluster.groupPrefix,
    },
    gitops: { repoURL: 'unused', branch: 'unused' },
    neighbours: neighbourSpecs(values),
  };
}

function kind<K extends string>(name: K, called: string) {
  return {
    apiVersion: API_VERSION,
    kind: name,
    metadata: { name: called },
  } as const;
}

/** Those that serve come first: of a service that is there twice, one only calls. */
function neighbourSpecs(values: ChartValues): ServiceSpec[] {
  const serves = (one: ChartValues['neighbours'][number]) =>
    one.workloads.some(({ ports }) => ports !== undefined);
  return sortBy(values.neighbours, one => (serves(one) ? '0' : '1')).map(
    ({ organization, service, environment, namespace, workloads }) =>
      serviceSpecSchema.parse({
        ...kind('ServiceSpec', service),
        spec: {
          organization,
          owner: values.owner,
          workloads: workloads.map(({ name, ports, needs }) => ({
            name,
            ports,
            needs,
            image: { repository: 'unused' },
            resources: { cpu: '0', memory: '0' },
          })),
          environments: [
            {
              name: environment,
              class: values.class,
              ...inNamespace(organization, service, environment, namespace),
            },
          ],
        },
      }),
  );
}

/** Only an adopted environment has a namespace of another name. */
function inNamespace(
  organization: string,
  service: string,
  environment: string,
  namespace: string | undefined,
) {
  return namespace === undefined ||
    namespace === environmentNamespace(organization, service, environment)
    ? {}
    : { adopt: { namespace, application: namespace } };
}
