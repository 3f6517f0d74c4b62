import type {
  IPodSecurityContext,
  ISecurityContext,
} from 'kubernetes-models/v1';

/**
 * The user that containers run as. Many images name no user, or name it by
 * word, and either is refused where `runAsNonRoot` is asked for. The root file
 * system is read-only and temporary volumes can be written by everybody, so
 * it seldom matters to an image that this isn't the user it was made for.
 */
const USER = 1000;

/** Ports below this one are kept for root unless the kernel is told otherwise. */
const FIRST_UNPRIVILEGED_PORT = 1024;

/** What the Pod Security level `restricted` asks of a container. @internal */
export function containerSecurity(): ISecurityContext {
  return {
    allowPrivilegeEscalation: false,
    capabilities: { drop: ['ALL'] },
    privileged: false,
    readOnlyRootFilesystem: true,
  };
}

/** What the Pod Security level `restricted` asks of a Pod. @internal */
export function podSecurity(
  options: { user?: number; ports?: number[] } = {},
): IPodSecurityContext {
  const user = options.user ?? USER;
  const low = (options.ports ?? []).some(
    port => port < FIRST_UNPRIVILEGED_PORT,
  );
  return {
    runAsNonRoot: true,
    runAsUser: user,
    runAsGroup: user,
    fsGroup: user,
    fsGroupChangePolicy: 'OnRootMismatch',
    seccompProfile: { type: 'RuntimeDefault' },
    ...(low && {
      sysctls: [{ name: 'net.ipv4.ip_unprivileged_port_start', value: '0' }],
    }),
  };
}
