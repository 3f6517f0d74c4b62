import {
  quotaProfileSchema,
  serviceSpecSchema,
} from '@slipway/plugin-slipway-common';
import { z } from 'zod';

const spec = serviceSpecSchema.shape.spec.shape;
const quota = quotaProfileSchema.shape.spec.shape;
const workload = spec.workloads.unwrap().element;
const name = spec.organization;

const objectName = () =>
  z
    .string()
    .min(1)
    .max(253)
    .regex(/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/, {
      error:
        'the name of a Kubernetes object: lower-case letters, digits, hyphens and dots',
    });

const neighbourSchema = z
  .strictObject({
    organization: name,
    service: name.describe('The other service.'),
    environment: name.describe('Its environment that talks to this one.'),
    namespace: objectName()
      .optional()
      .describe(
        'The namespace of that environment. Absent: <organization>--<service>--<environment>.',
      ),
    workloads: z
      .array(
        z.strictObject({
          name,
          ports: workload.shape.ports
            .unwrap()
            .optional()
            .describe(
              'The ports that it serves. Absent: nobody here talks to it.',
            ),
          needs: workload.shape.needs
            .unwrap()
            .optional()
            .describe(
              'What it needs of this service, as organization/service/workload.',
            ),
        }),
      )
      .max(100)
      .describe('Its workloads that this service has to do with.'),
  })
  .describe('A service that this one needs, or that needs this one.');

/** What the chart `infra/charts/service` reads; `values.schema.json` is made from it. @internal */
export const chartValuesSchema = z
  .strictObject({
    rendererVersion: z
      .string()
      .optional()
      .describe(
        'The version of the renderer that the values were written for. A chart of another one refuses them.',
      ),
    global: z
      .looseObject({})
      .optional()
      .describe('Not read. Helm hands it to every chart.'),
    organization: name,
    service: name.describe('The name of the service.'),
    environment: name.describe('The name of the environment.'),
    namespace: objectName()
      .optional()
      .describe(
        'The namespace of everything. Absent: <organization>--<service>--<environment>.',
      ),
    class: name.describe('The EnvironmentClass, for people and for policies.'),
    owner: spec.owner,
    platform: z
      .boolean()
      .default(true)
      .describe(
        'Whether namespace, rights, accounts, quota, limits and network policies are rendered, too. Slipway applies those itself and writes false.',
      ),
    generatePasswords: z
      .boolean()
      .default(true)
      .describe(
        'Whether passwords of databases without credentials are made, once, at the first install. Only with platform; switch it off where Helm cannot look into the cluster, as in Argo CD, and make the Secrets yourself.',
      ),
    workloads: z
      .array(workload.omit({ patches: true }))
      .max(50)
      .default([])
      .describe('What runs, as in a ServiceSpec.'),
    databases: spec.databases.describe(
      'The databases that belong to the service, as in a ServiceSpec.',
    ),
    quota: z
      .strictObject({ hard: quota.hard.optional(), limits: quota.limits })
      .default({})
      .describe(
        'What the environment may use, as in a QuotaProfile. Without hard there is a quota that limits nothing.',
      ),
    registry: z
      .strictObject({
        pullSecretRef: objectName()
          .optional()
          .describe('The Secret that images are pulled with.'),
      })
      .default({})
      .describe('Where images come from.'),
    secretStore: z
      .strictObject({
        apiVersion: z
          .enum(['external-secrets.io/v1', 'external-secrets.io/v1beta1'])
          .default('external-secrets.io/v1')
          .describe('The version of External Secrets that the cluster serves.'),
        path: z
          .string()
          .max(512)
          .optional()
          .describe('The path in Vault below which `vault` references are.'),
      })
      .prefault({})
      .describe(
        'Where secrets are read from. References without a store go to ClusterSecretStore org-<organization>.',
      ),
    routes: z
      .strictObject({
        kind: z
          .enum(['Ingress', 'HTTPRoute', 'IngressRoute'])
          .default('Ingress')
          .describe('The kind of route that the cluster has.'),
        namespace: objectName()
          .optional()
          .describe(
            'The namespace that connections from outside come from. Absent: the usual one of the kind.',
          ),
        className: objectName()
          .optional()
          .describe('The IngressClass, with kind Ingress.'),
        gateway: z
          .strictObject({
            name: objectName().describe('The name of the Gateway.'),
            namespace: objectName().describe('Its namespace.'),
            sectionName: objectName()
              .optional()
              .describe('The listener. Absent: all.'),
          })
          .optional()
          .describe('The Gateway, with kind HTTPRoute.'),
        tls: z
          .strictObject({
            enabled: z
              .boolean()
              .default(true)
              .describe('Whether domains are served with TLS.'),
            issuer: objectName()
              .optional()
              .describe(
                'The cert-manager ClusterIssuer. Absent: the default certificate of the cluster.',
              ),
          })
          .prefault({})
          .describe('How connections are encrypted.'),
      })
      .prefault({})
      .describe('How domains reach the workloads.'),
    retain: z
      .strictObject({
        databases: z
          .boolean()
          .default(true)
          .describe('Whether databases outlive their environment.'),
      })
      .prefault({})
      .describe('What stays when the environment goes.'),
    cluster: z
      .strictObject({
        dns: objectName()
          .default('kube-system')
          .describe("The namespace of the cluster's DNS."),
        prometheus: objectName()
          .default('monitoring')
          .describe('The namespace of Prometheus.'),
        storageClass: objectName()
          .optional()
          .describe("The StorageClass of disks. Absent: the cluster's own."),
        groupPrefix: z
          .string()
          .max(63)
          .optional()
          .describe(
            'Put before the name of a group, as the API server does with --oidc-groups-prefix.',
          ),
      })
      .prefault({})
      .describe('What the chart has to know of the cluster.'),
    neighbours: z
      .array(neighbourSchema)
      .max(500)
      .default([])
      .describe('Services that this one needs, and that need this one.'),
  })
  .describe('One environment of a service.');

/** Values of the chart as they may be written, with defaults left out. @internal */
export type ChartValuesInput = z.input<typeof chartValuesSchema>;

/** The values of the chart `infra/charts/service`, with defaults filled in. @internal */
export type ChartValues = z.output<typeof chartValuesSchema>;
