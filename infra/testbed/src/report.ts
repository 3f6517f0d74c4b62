import { openArgoCD } from './addons/argocd/index.ts';
import { isRunning, openCluster } from './cluster.ts';
import { isOurs } from './processIdentity.ts';
import { clusterPaths, listClusterNames, readRecord } from './state.ts';

/** What `status` tells of one cluster. */
export interface ClusterStatus {
  name: string;
  ready: boolean;
  url: string;
  kubeconfig: string;
  processes: {
    name: string;
    running: boolean;
    pid: number;
    port: number;
    version: string;
    ageSeconds: number;
  }[];
}

export function clusterStatuses(
  stateRoot: string,
  now: number,
): ClusterStatus[] {
  return listClusterNames(stateRoot).flatMap(name => {
    const paths = clusterPaths(stateRoot, name);
    const record = readRecord(paths);
    if (!record) return [];
    return [
      {
        name,
        ready: isRunning(paths, record),
        url: record.url,
        kubeconfig: paths.kubeconfig,
        processes: Object.entries(record.processes).map(
          ([program, started]) => ({
            name: program,
            running: isOurs(started.pid, paths.marker),
            pid: started.pid,
            port: started.port,
            version: started.version,
            ageSeconds: Math.round(
              (now - Date.parse(started.startedAt)) / 1000,
            ),
          }),
        ),
      },
    ];
  });
}

export function formatStatuses(statuses: ClusterStatus[]): string {
  return statuses
    .flatMap(({ name, ready, url, processes }) => [
      `${name}  ${ready ? 'ready' : 'not ready'}  ${url}`,
      ...processes.map(started =>
        [
          `  ${started.name.padEnd(34)}`,
          (started.running ? 'running' : 'ended').padEnd(8),
          `pid ${started.pid}`.padEnd(12),
          `port ${started.port}`.padEnd(11),
          started.version.padEnd(8),
          `${started.ageSeconds} s`,
        ].join(' '),
      ),
    ])
    .join('\n');
}

/** What `env` gives of one cluster: all that a client needs. */
export interface ClusterEnvironment {
  name: string;
  url: string;
  kubeconfig: string;
  caFile: string;
  caData: string;
  tokenFile: string;
  serviceAccountToken: string;
  kubectl?: string;
  /** In the cluster that runs it. */
  argocd?: { url: string; adminPassword: string };
}

/** The clusters that can be used now. */
export function clusterEnvironments(stateRoot: string): ClusterEnvironment[] {
  const argocd = openArgoCD(stateRoot);
  return listClusterNames(stateRoot).flatMap((name, index) => {
    const paths = clusterPaths(stateRoot, name);
    if (!isRunning(paths, readRecord(paths))) return [];
    const cluster = openCluster(paths);
    return [
      {
        name,
        url: cluster.url,
        kubeconfig: cluster.kubeconfig,
        caFile: cluster.caFile,
        caData: cluster.caData,
        tokenFile: cluster.tokenFile,
        serviceAccountToken: cluster.adminToken,
        kubectl: cluster.kubectl,
        ...(argocd &&
          index === 0 && {
            argocd: { url: argocd.url, adminPassword: argocd.adminPassword },
          }),
      },
    ];
  });
}

/** Lines for a shell's `eval`. */
export function formatEnvironments(environments: ClusterEnvironment[]): string {
  const lines = [
    exportLine(
      'KUBECONFIG',
      environments.map(({ kubeconfig }) => kubeconfig).join(':'),
    ),
  ];
  for (const environment of environments) {
    const prefix = `TESTBED_${environment.name.replaceAll('-', '_').toUpperCase()}`;
    lines.push(
      exportLine(`${prefix}_URL`, environment.url),
      exportLine(`${prefix}_KUBECONFIG`, environment.kubeconfig),
      exportLine(`${prefix}_CA_FILE`, environment.caFile),
      exportLine(`${prefix}_CA_DATA`, environment.caData),
      exportLine(`${prefix}_TOKEN_FILE`, environment.tokenFile),
      exportLine(`${prefix}_TOKEN`, environment.serviceAccountToken),
    );
    if (environment.argocd) {
      lines.push(
        exportLine('ARGOCD_SERVER_URL', environment.argocd.url),
        exportLine('ARGOCD_ADMIN_PASSWORD', environment.argocd.adminPassword),
      );
    }
  }
  return lines.join('\n');
}

/** Quoted so that a shell takes the value as it is, whatever is in it. */
function exportLine(name: string, value: string): string {
  return `export ${name}='${value.replaceAll("'", `'\\''`)}'`;
}
