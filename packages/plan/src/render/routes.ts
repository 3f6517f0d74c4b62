import type {
  NormalizedWorkload,
  WorkloadPort,
} from '@slipway/plugin-slipway-common';
import type { IIngress } from 'kubernetes-models/networking.k8s.io/v1';
import { sortBy } from '../canonical';
import {
  componentLabels,
  derived,
  draft,
  fromSpec,
  type Draft,
  type RenderContext,
} from '../context';
import type { Traced } from '../trace';
import type { ICertificate, IHTTPRoute, IIngressRoute } from './customKinds';

interface Routed {
  workload: NormalizedWorkload;
  port: WorkloadPort;
  portNumber: Traced<number>;
  domains: Array<{ host: string; specPath: string }>;
  metadata: {
    name: string;
    namespace: string;
    labels: Record<string, string>;
  };
  about: Pick<Draft, 'summary' | 'source' | 'workload'>;
}

/** The port that domains lead to: the first that speaks http or grpc. @internal */
export function routedPort(workload: NormalizedWorkload): number {
  return workload.ports.findIndex(({ protocol }) => protocol !== 'tcp');
}

/** What makes a workload reachable from outside. @internal */
export function renderRoutes(
  context: RenderContext,
  workload: NormalizedWorkload,
): Draft[] {
  if (workload.domains.length === 0) {
    return [];
  }
  const index = routedPort(workload);
  const specPath = context.paths.workload(workload.name, 'domains');
  if (index < 0 || workload.kind !== 'Deployment') {
    context.findings.push({
      rule: 'routes',
      result: 'warn',
      message: `${workload.name} has domains, but ${workload.kind === 'Deployment' ? 'no http or grpc port' : `a ${workload.kind} isn't called from outside`}; there is no route.`,
      fix: 'Give a Deployment with an http or grpc port the domains.',
      specPath,
    });
    return [];
  }
  const domains = uniqueDomains(workload, specPath);
  const routed: Routed = {
    workload,
    port: workload.ports[index],
    portNumber: fromSpec(
      context.paths.port(workload, index),
      workload.ports[index].port,
    ),
    domains,
    metadata: {
      name: workload.name,
      namespace: context.namespace,
      labels: componentLabels(context, { workload: workload.name }),
    },
    about: {
      summary: domains.map(({ host }) => host).join(', '),
      source: { specPath },
      workload: workload.name,
    },
  };
  switch (context.route.kind) {
    case 'HTTPRoute':
      return [renderHttpRoute(context, routed)];
    case 'IngressRoute':
      return [
        renderIngressRoute(context, routed),
        ...renderCertificate(context, routed),
      ];
    default:
      return [renderIngress(context, routed)];
  }
}

function uniqueDomains(
  workload: NormalizedWorkload,
  specPath: string,
): Routed['domains'] {
  const domains = workload.domains.map((host, index) => ({
    host,
    specPath: `${specPath}[${index}]`,
  }));
  return sortBy(
    domains.filter(
      ({ host }, index) => workload.domains.indexOf(host) === index,
    ),
    ({ host }) => host,
  );
}

function renderIngress(
  context: RenderContext,
  { port, portNumber, domains, metadata, about }: Routed,
): Draft {
  const { tls, issuer } = context.route;
  const annotations = {
    ...(issuer && { 'cert-manager.io/cluster-issuer': issuer }),
    ...(port.protocol === 'grpc' && {
      'nginx.ingress.kubernetes.io/backend-protocol': 'GRPC',
    }),
  };
  return draft<IIngress>(
    context,
    'workload',
    {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'Ingress',
      metadata: {
        ...metadata,
        annotations:
          Object.keys(annotations).length > 0 ? annotations : undefined,
      },
      spec: {
        ingressClassName: context.input.cluster.ingress?.className,
        rules: domains.map(({ host, specPath }) => ({
          host: fromSpec(specPath, host),
          http: {
            paths: [
              {
                path: '/',
                pathType: 'Prefix',
                backend: {
                  service: {
                    name: metadata.name,
                    port: { number: portNumber },
                  },
                },
              },
            ],
          },
        })),
        tls: tls
          ? [
              {
                hosts: domains.map(({ host }) => host),
                secretName: issuer && `${metadata.name}-tls`,
              },
            ]
          : undefined,
      },
    },
    about,
  );
}

function renderHttpRoute(
  context: RenderContext,
  { portNumber, domains, metadata, about }: Routed,
): Draft {
  const { gateway } = context.input.cluster;
  return draft<IHTTPRoute>(
    context,
    'workload',
    {
      apiVersion: context.route.apiVersion,
      kind: 'HTTPRoute',
      metadata,
      spec: {
        parentRefs: gateway ? [gateway] : [],
        hostnames: domains.map(({ host, specPath }) =>
          fromSpec(specPath, host),
        ),
        rules: [
          {
            matches: [{ path: { type: 'PathPrefix', value: '/' } }],
            backendRefs: [{ name: metadata.name, port: portNumber }],
          },
        ],
      },
    },
    about,
  );
}

function renderIngressRoute(
  context: RenderContext,
  { port, portNumber, domains, metadata, about }: Routed,
): Draft {
  const { tls, issuer } = context.route;
  return draft<IIngressRoute>(
    context,
    'workload',
    {
      apiVersion: context.route.apiVersion,
      kind: 'IngressRoute',
      metadata,
      spec: {
        entryPoints: [tls ? 'websecure' : 'web'],
        routes: domains.map(({ host, specPath }) => ({
          match: derived<string>(
            specPath,
            `Host(\`${host}\`)`,
            'A domain is written without the rule around it.',
          ),
          kind: 'Rule',
          services: [
            {
              name: metadata.name,
              port: portNumber,
              scheme: port.protocol === 'grpc' ? 'h2c' : undefined,
            },
          ],
        })),
        tls: tls ? { secretName: issuer && `${metadata.name}-tls` } : undefined,
      },
    },
    about,
  );
}

/** Traefik asks for no certificate itself, where an Ingress does by annotation. */
function renderCertificate(
  context: RenderContext,
  { domains, metadata, about }: Routed,
): Draft[] {
  const { issuer } = context.route;
  if (!issuer) {
    return [];
  }
  return [
    draft<ICertificate>(
      context,
      'workload',
      {
        apiVersion: 'cert-manager.io/v1',
        kind: 'Certificate',
        metadata,
        spec: {
          secretName: `${metadata.name}-tls`,
          dnsNames: domains.map(({ host, specPath }) =>
            fromSpec(specPath, host),
          ),
          issuerRef: {
            name: issuer,
            kind: 'ClusterIssuer',
            group: 'cert-manager.io',
          },
        },
      },
      { ...about, summary: `certificate for ${about.summary}` },
    ),
  ];
}
