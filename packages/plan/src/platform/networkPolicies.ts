import {
  LABELS,
  type NormalizedWorkload,
} from '@slipway/plugin-slipway-common';
import type {
  INetworkPolicy,
  INetworkPolicyEgressRule,
  INetworkPolicyIngressRule,
  INetworkPolicyPeer,
  INetworkPolicyPort,
} from 'kubernetes-models/networking.k8s.io/v1';
import type { Incoming, Outgoing } from '../connections';
import {
  commonLabels,
  componentLabels,
  derived,
  draft,
  enforces,
  type Draft,
  type RenderContext,
} from '../context';
import { databasePort } from '../database/engines';
import { routedPort } from '../render/routes';
import type { Traceable } from '../trace';

/**
 * What isn't the public internet. A network policy knows addresses and no host
 * names, so an external need opens its port to every public address.
 */
const NOT_PUBLIC = {
  '0.0.0.0/0': [
    '10.0.0.0/8',
    '100.64.0.0/10',
    '127.0.0.0/8',
    '169.254.0.0/16',
    '172.16.0.0/12',
    '192.168.0.0/16',
  ],
  '::/0': ['::1/128', 'fc00::/7', 'fe80::/10'],
};

const BY_NEED = 'A rule follows from a need; change the need instead.';

type EgressRule = Traceable<INetworkPolicyEgressRule>;
type IngressRule = Traceable<INetworkPolicyIngressRule>;

/** Nothing in, nothing out but DNS; and for each workload and database what needs open. @internal */
export function renderNetworkPolicies(context: RenderContext): Draft[] {
  if (!enforces(context, 'network')) {
    return [];
  }
  return [
    denyAll(context),
    ...context.workloads.map(workload => workloadPolicy(context, workload)),
    ...context.databases.map(database =>
      policy(context, {
        name: database.name,
        labels: componentLabels(
          context,
          { database: database.name },
          'platform',
        ),
        selector: { matchLabels: { [LABELS.database]: database.name } },
        ingress: incomingRules(
          context.connections.incoming.get(database.name) ?? [],
          [databasePort(database)],
        ),
        egress: [],
        source: `databases[${database.name}]`,
        summary: whoComesIn(
          context.connections.incoming.get(database.name) ?? [],
        ),
      }),
    ),
  ];
}

function denyAll(context: RenderContext): Draft {
  return policy(context, {
    // No workload can have a name with two hyphens.
    name: 'default--deny',
    labels: commonLabels(context, 'platform'),
    selector: {},
    ingress: [],
    egress: [
      {
        to: [
          inNamespace(context.input.cluster.dns?.namespace ?? 'kube-system'),
        ],
        ports: [
          { protocol: 'UDP', port: 53 },
          { protocol: 'TCP', port: 53 },
        ],
      },
    ],
    summary: 'nothing in, nothing out but DNS',
  });
}

function workloadPolicy(
  context: RenderContext,
  workload: NormalizedWorkload,
): Draft {
  const { connections, route, input, paths } = context;
  const outgoing = connections.outgoing.get(workload.name) ?? [];
  const incoming = connections.incoming.get(workload.name) ?? [];
  const routed =
    workload.domains.length > 0 && workload.kind === 'Deployment'
      ? workload.ports[routedPort(workload)]
      : undefined;
  const ingress: IngressRule[] = [
    ...incomingRules(
      incoming,
      workload.ports.map(({ port }) => port),
    ),
    ...(routed
      ? [
          derived<INetworkPolicyIngressRule>(
            paths.workload(workload.name, 'domains'),
            {
              from: [inNamespace(route.namespace)],
              ports: [tcp(routed.port)],
            },
            'The rule is there because the workload has domains.',
          ),
        ]
      : []),
    ...(workload.metrics
      ? [
          derived<INetworkPolicyIngressRule>(
            paths.workload(workload.name, 'metrics'),
            {
              from: [
                inNamespace(
                  input.cluster.prometheus?.namespace ?? 'monitoring',
                ),
              ],
              ports: [tcp(workload.metrics.port)],
            },
            'The rule is there because the workload has metrics.',
          ),
        ]
      : []),
  ];
  return policy(context, {
    name: workload.name,
    labels: componentLabels(context, { workload: workload.name }, 'platform'),
    selector: { matchLabels: { [LABELS.workload]: workload.name } },
    ingress,
    egress: outgoingRules(outgoing),
    source: `workloads[${workload.name}].needs`,
    summary: [
      whoComesIn([
        ...incoming,
        ...(routed ? [route.namespace] : []),
        ...(workload.metrics ? ['Prometheus'] : []),
      ]),
      whereItGoes(outgoing),
    ].join('; '),
  });
}

function policy(
  context: RenderContext,
  {
    name,
    labels,
    selector,
    ingress,
    egress,
    source,
    summary,
  }: {
    name: string;
    labels: Record<string, string>;
    selector: { matchLabels?: Record<string, string> };
    ingress: IngressRule[];
    egress: EgressRule[];
    source?: string;
    summary: string;
  },
): Draft {
  return draft<INetworkPolicy>(
    context,
    'platform',
    {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { name, namespace: context.namespace, labels },
      spec: {
        podSelector: selector,
        policyTypes: ['Ingress', 'Egress'],
        ingress,
        egress,
      },
    },
    { summary, ...(source !== undefined && { source: { specPath: source } }) },
  );
}

function incomingRules(incoming: Incoming[], ports: number[]): IngressRule[] {
  return incoming.length === 0 || ports.length === 0
    ? []
    : [{ from: incoming.map(peerOf), ports: ports.map(tcp) }];
}

function peerOf(incoming: Incoming): INetworkPolicyPeer {
  const podSelector = { matchLabels: { [LABELS.workload]: incoming.workload } };
  return incoming.type === 'workload'
    ? { podSelector }
    : { namespaceSelector: environmentSelector(incoming), podSelector };
}

function environmentSelector(environment: {
  organization: string;
  service: string;
  environment: string;
}) {
  return {
    matchLabels: {
      [LABELS.organization]: environment.organization,
      [LABELS.service]: environment.service,
      [LABELS.environment]: environment.environment,
    },
  };
}

/** One rule a target; needs that come to the same open it once. */
function outgoingRules(outgoing: Outgoing[]): EgressRule[] {
  const rules = new Map<string, EgressRule>();
  for (const target of outgoing) {
    const rule = ruleTo(target);
    const key = JSON.stringify(rule);
    if (!rules.has(key)) {
      rules.set(
        key,
        derived<INetworkPolicyEgressRule>(target.specPath, rule, BY_NEED),
      );
    }
  }
  return [...rules.values()];
}

function ruleTo(target: Outgoing): INetworkPolicyEgressRule {
  switch (target.type) {
    case 'workload':
      return {
        to: [
          {
            podSelector: {
              matchLabels: { [LABELS.workload]: target.workload },
            },
          },
        ],
        ports: target.ports.map(({ port }) => tcp(port)),
      };
    case 'database':
      return {
        to: [
          {
            podSelector: {
              matchLabels: { [LABELS.database]: target.database.name },
            },
          },
        ],
        ports: [tcp(target.port)],
      };
    case 'service':
      return {
        to: [
          {
            namespaceSelector: environmentSelector(target),
            podSelector: {
              matchLabels: { [LABELS.workload]: target.workload },
            },
          },
        ],
        ports: target.ports.map(({ port }) => tcp(port)),
      };
    default:
      return {
        to: Object.entries(NOT_PUBLIC).map(([cidr, except]) => ({
          ipBlock: { cidr, except },
        })),
        ports: [tcp(target.port)],
      };
  }
}

function inNamespace(namespace: string): INetworkPolicyPeer {
  return {
    namespaceSelector: {
      matchLabels: { 'kubernetes.io/metadata.name': namespace },
    },
  };
}

function tcp(port: number): INetworkPolicyPort {
  return { protocol: 'TCP', port };
}

function whoComesIn(incoming: Array<Incoming | string>): string {
  const names = incoming.map(source => {
    if (typeof source === 'string') {
      return source;
    }
    return source.type === 'workload'
      ? source.workload
      : `${source.organization}/${source.service}/${source.workload}`;
  });
  return `in: ${names.join(', ') || 'nobody'}`;
}

function whereItGoes(outgoing: Outgoing[]): string {
  const names = outgoing.map(target => {
    switch (target.type) {
      case 'workload':
        return target.workload;
      case 'database':
        return target.database.name;
      case 'service':
        return `${target.organization}/${target.service}/${target.workload}`;
      default:
        return `every public address on port ${target.port} (for ${target.host})`;
    }
  });
  return `out: ${[...new Set(names)].join(', ') || 'nowhere'}`;
}
