import type {
  ILimitRange,
  INamespace,
  IResourceQuota,
  IServiceAccount,
} from 'kubernetes-models/v1';
import type { IRoleBinding } from 'kubernetes-models/rbac.authorization.k8s.io/v1';
import {
  CLASS_LABEL,
  commonLabels,
  componentLabels,
  draft,
  enforces,
  OWNER_ANNOTATION,
  type Draft,
  type RenderContext,
} from '../context';
import { from } from '../trace';

/**
 * The ClusterRole that an owning group gets in its environments. It is shipped
 * with the platform; Slipway binds it and never makes roles of its own.
 *
 * @public
 */
export const DEVELOPER_CLUSTER_ROLE = 'slipway:developer';

const POD_SECURITY = 'pod-security.kubernetes.io';

/** Namespace, rights, quota and limits of the environment. @internal */
export function renderNamespace(context: RenderContext): Draft[] {
  return [
    namespace(context),
    ...serviceAccounts(context),
    roleBinding(context),
    ...(enforces(context, 'quota')
      ? [resourceQuota(context), ...limitRange(context)]
      : []),
  ];
}

function namespace(context: RenderContext): Draft {
  const { input } = context;
  return draft<INamespace>(
    context,
    'platform',
    {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: {
        name: context.namespace,
        labels: {
          ...commonLabels(context, 'platform'),
          [CLASS_LABEL]: from<string>(
            {
              origin: 'spec',
              specPath: `${context.paths.environment}.class`,
            },
            input.class.metadata.name,
          ),
          ...(enforces(context, 'pod-security') && {
            [`${POD_SECURITY}/enforce`]: 'restricted',
          }),
          [`${POD_SECURITY}/audit`]: 'restricted',
          [`${POD_SECURITY}/warn`]: 'restricted',
        },
        annotations: {
          [OWNER_ANNOTATION]: from<string>(
            { origin: 'spec', specPath: 'owner' },
            input.spec.spec.owner,
          ),
        },
      },
    },
    {
      summary: `${input.class.metadata.name} environment`,
      source: { specPath: context.paths.environment },
    },
  );
}

/** One account for each workload and database, so that none has another's rights. */
function serviceAccounts(context: RenderContext): Draft[] {
  const { pullSecretRef } = context.input.organization.spec.registry;
  const account = (
    name: string,
    labels: Record<string, string>,
    specPath: string,
    pulls: boolean,
  ) =>
    draft<IServiceAccount>(
      context,
      'platform',
      {
        apiVersion: 'v1',
        kind: 'ServiceAccount',
        metadata: { name, namespace: context.namespace, labels },
        automountServiceAccountToken: false,
        imagePullSecrets:
          pulls && pullSecretRef !== undefined
            ? [
                {
                  name: from<string>(
                    {
                      origin: 'organization',
                      noInverse:
                        'The pull secret is the organization’s; change it there.',
                    },
                    pullSecretRef,
                  ),
                },
              ]
            : undefined,
      },
      { summary: `account of ${name}`, source: { specPath } },
    );
  return [
    ...context.workloads.map(({ name }) =>
      account(
        name,
        componentLabels(context, { workload: name }, 'platform'),
        `workloads[${name}]`,
        true,
      ),
    ),
    ...context.databases.map(({ name }) =>
      account(
        name,
        componentLabels(context, { database: name }, 'platform'),
        `databases[${name}]`,
        false,
      ),
    ),
  ];
}

function roleBinding(context: RenderContext): Draft {
  const { owner } = context.input.spec.spec;
  const [kind, name] = subjectOf(owner);
  return draft<IRoleBinding>(
    context,
    'platform',
    {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'RoleBinding',
      metadata: {
        name: 'slipway-developers',
        namespace: context.namespace,
        labels: commonLabels(context, 'platform'),
      },
      roleRef: {
        apiGroup: 'rbac.authorization.k8s.io',
        kind: 'ClusterRole',
        name: DEVELOPER_CLUSTER_ROLE,
      },
      subjects: [
        {
          apiGroup: 'rbac.authorization.k8s.io',
          kind,
          name: from<string>(
            {
              origin: 'spec',
              specPath: 'owner',
              noInverse: 'The subject follows from the owner; change that.',
            },
            kind === 'Group'
              ? `${context.input.cluster.groupPrefix ?? ''}${name}`
              : name,
          ),
        },
      ],
    },
    { summary: `rights of ${owner}`, source: { specPath: 'owner' } },
  );
}

/** A catalog reference as the API server knows people: a group unless it says user. */
function subjectOf(entityRef: string): ['Group' | 'User', string] {
  const [, kind, name] =
    /^(?:([^:]+):)?(?:[^/]*\/)?(.+)$/.exec(entityRef) ?? [];
  return [kind?.toLowerCase() === 'user' ? 'User' : 'Group', name ?? entityRef];
}

const QUOTA_PROFILE =
  'Limits are the platform team’s; change the QuotaProfile instead.';

function resourceQuota(context: RenderContext): Draft {
  const { quota } = context.input;
  return draft<IResourceQuota>(
    context,
    'platform',
    {
      apiVersion: 'v1',
      kind: 'ResourceQuota',
      metadata: {
        name: 'slipway',
        namespace: context.namespace,
        labels: commonLabels(context, 'platform'),
      },
      spec: {
        hard: from<Record<string, string>>(
          { origin: 'quota', noInverse: QUOTA_PROFILE },
          hardLimits(quota.spec.hard),
        ),
      },
    },
    { summary: `quota ${quota.metadata.name}` },
  );
}

/** Hard limits as text, as Kubernetes writes them. @internal */
export function hardLimits(
  hard: Record<string, string | number | undefined>,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(hard).flatMap(([resource, limit]) =>
      limit === undefined ? [] : [[resource, `${limit}`]],
    ),
  );
}

function limitRange(context: RenderContext): Draft[] {
  const { quota } = context.input;
  const { limits } = quota.spec;
  const filled = Object.entries(limits ?? {})
    .map(([field, value]): [string, Record<string, string>] => [
      field,
      hardLimits(value ?? {}),
    ])
    .filter(([, value]) => Object.keys(value).length > 0);
  if (filled.length === 0) {
    return [];
  }
  return [
    draft<ILimitRange>(
      context,
      'platform',
      {
        apiVersion: 'v1',
        kind: 'LimitRange',
        metadata: {
          name: 'slipway',
          namespace: context.namespace,
          labels: commonLabels(context, 'platform'),
        },
        spec: {
          limits: [
            {
              type: 'Container',
              ...Object.fromEntries(
                filled.map(([field, value]) => [
                  field,
                  from<Record<string, string>>(
                    { origin: 'quota', noInverse: QUOTA_PROFILE },
                    value,
                  ),
                ]),
              ),
            },
          ],
        },
      },
      { summary: `container limits of ${quota.metadata.name}` },
    ),
  ];
}
