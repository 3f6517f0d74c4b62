import type { NormalizedWorkload, Probe } from '@slipway/plugin-slipway-common';
import type { IProbe } from 'kubernetes-models/v1';
import { derived, fromSpec, type RenderContext } from '../context';
import type { Traceable } from '../trace';

/**
 * The readiness probe of a workload that names none: it has 20 seconds to
 * start, and is sent traffic once its port answered three times in a row.
 */
const DEFAULT_READINESS = {
  initialDelaySeconds: 20,
  periodSeconds: 10,
  successThreshold: 3,
};

const TIMINGS = [
  'initialDelaySeconds',
  'periodSeconds',
  'timeoutSeconds',
  'failureThreshold',
] as const;

interface Probes {
  startupProbe?: Traceable<IProbe>;
  readinessProbe?: Traceable<IProbe>;
  livenessProbe?: Traceable<IProbe>;
}

/** @internal */
export function probesOf(
  context: RenderContext,
  workload: NormalizedWorkload,
): Probes {
  const { startup, readiness, liveness } = workload.probes ?? {};
  const probe = (
    kind: 'startup' | 'readiness' | 'liveness',
    declared: Probe | undefined,
  ) => declared && probeOf(context, workload, kind, declared);
  return {
    startupProbe: probe('startup', startup),
    readinessProbe:
      probe('readiness', readiness) ?? defaultReadiness(context, workload),
    livenessProbe: probe('liveness', liveness),
  };
}

function defaultReadiness(
  context: RenderContext,
  workload: NormalizedWorkload,
): Traceable<IProbe> | undefined {
  const [port] = workload.ports;
  return (
    port && {
      tcpSocket: {
        port: derived<number>(
          context.paths.port(workload, 0),
          port.port,
          'The port is tried because the workload names no probe; name one instead.',
        ),
      },
      ...DEFAULT_READINESS,
    }
  );
}

function probeOf(
  context: RenderContext,
  workload: NormalizedWorkload,
  kind: 'startup' | 'readiness' | 'liveness',
  probe: Probe,
): Traceable<IProbe> | undefined {
  const base = context.paths.workload(workload.name, `probes.${kind}`);
  const handler = handlerOf(workload, probe, base);
  if (!handler) {
    const exec = probe.type === 'exec';
    context.findings.push({
      rule: 'probes',
      result: 'warn',
      message: `The ${kind} probe of ${workload.name} names no ${exec ? 'command' : 'port and the workload has none'}; there is no probe.`,
      fix: `Give the probe a ${exec ? 'command' : 'port'}.`,
      specPath: base,
    });
    return undefined;
  }
  return derived<IProbe>(
    base,
    {
      ...handler,
      ...Object.fromEntries(
        TIMINGS.filter(timing => probe[timing] !== undefined).map(timing => [
          timing,
          fromSpec(`${base}.${timing}`, probe[timing]),
        ]),
      ),
      // Kubernetes takes more than 1 for readiness only.
      ...(kind === 'readiness' &&
        probe.successThreshold !== undefined && {
          successThreshold: fromSpec(
            `${base}.successThreshold`,
            probe.successThreshold,
          ),
        }),
    },
    'Change the probe in the spec.',
  );
}

function handlerOf(
  workload: NormalizedWorkload,
  probe: Probe,
  base: string,
): { [Key in keyof IProbe]: Traceable<IProbe[Key]> } | undefined {
  const number = probe.port ?? workload.ports[0]?.port;
  if (probe.type === 'exec') {
    // A probe that runs nothing is refused by Kubernetes.
    return probe.command && probe.command.length > 0
      ? { exec: { command: fromSpec(`${base}.command`, probe.command) } }
      : undefined;
  }
  if (number === undefined) {
    return undefined;
  }
  const port =
    probe.port === undefined ? number : fromSpec(`${base}.port`, number);
  switch (probe.type) {
    case 'http':
      return {
        httpGet: {
          port,
          path:
            probe.path === undefined
              ? '/'
              : fromSpec(`${base}.path`, probe.path),
          httpHeaders:
            probe.headers && fromSpec(`${base}.headers`, probe.headers),
        },
      };
    case 'grpc':
      return {
        grpc: {
          port,
          service:
            probe.service === undefined
              ? undefined
              : fromSpec(`${base}.service`, probe.service),
        },
      };
    default:
      return { tcpSocket: { port } };
  }
}
