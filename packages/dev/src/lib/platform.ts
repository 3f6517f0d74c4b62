import { join } from 'node:path';
import type { PortalCluster } from './clusterApi.ts';
import { ROOT } from './paths.ts';

/** What a portal is started against. */
export interface Platform {
  /**
   * As somebody with kubectl sees them, in the order of the configuration: the first one is where an environment goes
   * that asks for nothing else.
   */
  clusters: PortalCluster[];
  /** The cluster that holds the Applications of the first one. */
  hub: PortalCluster;
  /** Whether stand-ins play what runs there: pipelines end, images are missing. */
  sandbox: boolean;
  /** Where Argo CD reads the code of organizations: `<codeUrl>/<owner>/<name>.git`. */
  codeUrl: string;
  /** The repositories are somewhere else than in the state folder, and hold something already. */
  isSeeded?: boolean;
  /** Configuration files, and settings on top of them. */
  configFiles: string[];
  settings: object[];
  /** What the settings take from the environment; nothing secret is written into a file. */
  env: Record<string, string>;
}

/** Where frontend and backend listen. */
export interface WebPorts {
  frontend: number;
  backend: number;
}

/** Settings for other addresses than those of app-config.yaml. */
export function webSettings(ports: WebPorts): object {
  return {
    app: { baseUrl: `http://localhost:${ports.frontend}` },
    backend: {
      baseUrl: `http://localhost:${ports.backend}`,
      listen: { host: '127.0.0.1', port: ports.backend },
      cors: { origin: `http://localhost:${ports.frontend}` },
    },
  };
}

/** What every portal of this repository begins with. */
export const BASE_CONFIG = join(ROOT, 'app-config.yaml');
