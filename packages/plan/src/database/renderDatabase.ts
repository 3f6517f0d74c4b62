import { LABELS, type Database } from '@slipway/plugin-slipway-common';
import type { IStatefulSet } from 'kubernetes-models/apps/v1';
import type { IEnvVar, IService } from 'kubernetes-models/v1';
import {
  componentLabels,
  derived,
  draft,
  fromSpec,
  type Draft,
  type RenderContext,
} from '../context';
import { credentialsName, volumeName } from '../names';
import { GRACE_SECONDS } from '../render/pod';
import { renderSecretEntries } from '../render/secrets';
import { containerSecurity, podSecurity } from '../render/security';
import { RETAIN_ANNOTATIONS } from '../retention';
import type { Traceable } from '../trace';
import type { GeneratedSecret } from '../types';
import { databaseNames, databasePort, ENGINES } from './engines';

const DATA = 'data';

/** The key of the password in a database's Secret. */
const PASSWORD = 'password';

/** Everything that a database becomes in `workload/`. @internal */
export function renderDatabase(
  context: RenderContext,
  database: Database,
): Draft[] {
  const { name, engine, credentials } = database;
  if (database.mode === 'operator') {
    context.findings.push({
      rule: 'databases',
      result: 'deny',
      message: `Database ${name} asks for an operator, but cluster ${context.input.cluster.name} has none for ${engine}.`,
      fix: 'Write mode: statefulset.',
      specPath: context.paths.database(name, 'mode'),
    });
    return [];
  }
  return [
    ...(credentials
      ? renderSecretEntries(context, {
          name: credentialsName(name),
          labels: componentLabels(context, { database: name }),
          annotations: retainAnnotations(context),
          entries: [
            {
              key: PASSWORD,
              from: credentials,
              specPath: context.paths.database(name, 'credentials'),
            },
          ],
          source: `databases[${name}].credentials`,
        })
      : []),
    renderService(context, database),
    renderStatefulSet(context, database),
  ];
}

/** The Secrets that are made in the cluster, because no credentials are named. @internal */
export function generatedSecrets(context: RenderContext): GeneratedSecret[] {
  return context.databases
    .filter(({ credentials, mode }) => !credentials && mode === 'statefulset')
    .map(({ name }) => ({
      namespace: context.namespace,
      name: credentialsName(name),
      keys: [PASSWORD],
      labels: componentLabels(context, { database: name }, 'platform'),
      annotations: retainAnnotations(context) ?? {},
    }));
}

function retainAnnotations(
  context: RenderContext,
): Record<string, string> | undefined {
  return context.input.class.spec.retain.databases
    ? RETAIN_ANNOTATIONS
    : undefined;
}

function metadata(context: RenderContext, database: Database) {
  return {
    name: database.name,
    namespace: context.namespace,
    labels: componentLabels(context, { database: database.name }),
    annotations: retainAnnotations(context),
  };
}

function renderService(context: RenderContext, database: Database): Draft {
  const { name, engine } = database;
  const port = databasePort(database);
  return draft<IService>(
    context,
    'workload',
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: metadata(context, database),
      spec: {
        clusterIP: 'None',
        selector: { [LABELS.database]: name },
        ports: [
          {
            name: engine,
            port: fromSpec(context.paths.database(name, 'port'), port),
            targetPort: engine,
            protocol: 'TCP',
          },
        ],
      },
    },
    {
      summary: `${engine} on ${port}`,
      source: { specPath: `databases[${name}]` },
    },
  );
}

function renderStatefulSet(context: RenderContext, database: Database): Draft {
  const { name, engine, version, size } = database;
  const { user, mountPath, subPath, temporary, image, args, resources } =
    ENGINES[engine];
  const port = databasePort(database);
  const path = (field: string) => context.paths.database(name, field);
  const portNumber = fromSpec(path('port'), port);
  const labels = componentLabels(context, { database: name });
  const retain = context.input.class.spec.retain.databases;
  const temporaries = temporary.map(folder => ({
    name: volumeName(folder),
    mountPath: folder,
  }));
  return draft<IStatefulSet>(
    context,
    'workload',
    {
      apiVersion: 'apps/v1',
      kind: 'StatefulSet',
      metadata: metadata(context, database),
      spec: {
        serviceName: name,
        replicas: 1,
        selector: { matchLabels: { [LABELS.database]: name } },
        persistentVolumeClaimRetentionPolicy: {
          whenDeleted: retain ? 'Retain' : 'Delete',
          whenScaled: 'Retain',
        },
        template: {
          metadata: { labels },
          spec: {
            serviceAccountName: name,
            automountServiceAccountToken: false,
            enableServiceLinks: false,
            terminationGracePeriodSeconds: GRACE_SECONDS,
            securityContext: podSecurity({ user: user(version) }),
            containers: [
              {
                name: engine,
                image: derived<string>(
                  path('version'),
                  `docker.io/library/${image}:${version}`,
                  'The image follows from engine and version; change those.',
                ),
                args: args(port),
                env: variables(context, database),
                ports: [
                  { name: engine, containerPort: portNumber, protocol: 'TCP' },
                ],
                readinessProbe: {
                  tcpSocket: { port: portNumber },
                  initialDelaySeconds: 5,
                  periodSeconds: 10,
                },
                resources: {
                  requests: { cpu: resources.cpu, memory: resources.memory },
                  limits: { memory: resources.memoryLimit },
                },
                securityContext: containerSecurity(),
                volumeMounts: [
                  { name: DATA, mountPath, subPath },
                  ...temporaries,
                ],
              },
            ],
            volumes: temporaries.map(volume => ({
              name: volume.name,
              emptyDir: {},
            })),
          },
        },
        volumeClaimTemplates: [
          {
            apiVersion: 'v1',
            kind: 'PersistentVolumeClaim',
            metadata: { name: DATA, labels },
            spec: {
              accessModes: ['ReadWriteOnce'],
              storageClassName: context.input.cluster.storageClass,
              resources: {
                requests: { storage: fromSpec(path('size'), size) },
              },
            },
          },
        ],
      },
    },
    {
      summary: `${engine} ${version}, ${size}`,
      source: { specPath: `databases[${name}]` },
    },
  );
}

function variables(
  context: RenderContext,
  database: Database,
): Array<Traceable<IEnvVar>> {
  const { env, passwords } = ENGINES[database.engine];
  const specPath = context.paths.database(database.name, 'name');
  const plain = Object.entries(env(databaseNames(database))).map(
    ([name, value]): Traceable<IEnvVar> => ({
      name,
      value: derived<string>(
        specPath,
        value,
        'Names inside a database follow from its own name.',
      ),
    }),
  );
  const secret = passwords.map((name): IEnvVar => ({
    name,
    valueFrom: {
      secretKeyRef: { name: credentialsName(database.name), key: PASSWORD },
    },
  }));
  return [...plain, ...secret];
}
