import { newCredentials } from './apiserver/auth/tokens';
import { Cluster } from './cluster';
import { StandIns } from './standins';
import { ClusterState } from './state';
import {
  Sandbox,
  SandboxCluster,
  SandboxLogger,
  SandboxOptions,
} from './types';

const SILENT: SandboxLogger = { debug() {}, info() {}, warn() {}, error() {} };

interface Running {
  cluster: Cluster;
  state?: ClusterState;
  public: SandboxCluster;
}

function checkNames(options: SandboxOptions): void {
  const seen = new Set<string>();
  for (const { name } of options.clusters) {
    if (!/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/.test(name)) {
      throw new Error(
        `sandbox cluster name "${name}" is no DNS label; use lower-case letters, digits and dashes`,
      );
    }
    if (seen.has(name))
      throw new Error(
        `sandbox cluster name "${name}" is there twice; give each cluster its own`,
      );
    seen.add(name);
  }
  if (!seen.size) throw new Error('the sandbox needs at least one cluster');
}

/**
 * Starts Kubernetes APIs in this process, with labelled stand-ins for what runs in a cluster.
 *
 * @public
 */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  checkNames(options);
  const {
    host = '127.0.0.1',
    logger = SILENT,
    clock = () => new Date(),
  } = options;
  const running: Running[] = [];
  const standIns = new StandIns({
    clock,
    logger,
    timings: options.timings ?? {},
  });

  const stop = async () => {
    await standIns.stop();
    await Promise.all(running.map(one => one.cluster.close()));
    for (const { state, cluster } of running) await state?.flush(cluster.store);
  };

  try {
    for (const [index, { name, region, port }] of options.clusters.entries()) {
      const state = options.stateDir
        ? await ClusterState.open(
            options.stateDir,
            name,
            () => newCredentials(host, clock()),
            logger,
          )
        : undefined;
      const credentials = {
        ...(state?.credentials ?? newCredentials(host, clock())),
        ...(options.token ? { adminToken: options.token } : {}),
      };
      const cluster = new Cluster({
        name,
        credentials,
        clock,
        onError: error =>
          logger.error(
            `sandbox cluster ${name}: ${error.stack ?? error.message}`,
          ),
      });
      if (state?.snapshot) cluster.store.restore(state.snapshot);
      state?.follow(cluster.store);
      cluster.startControllers();
      const url = await cluster.listen(
        host,
        port ?? (options.port ? options.port + index : 0),
      );
      running.push({
        cluster,
        state,
        public: {
          name,
          region,
          url,
          token: credentials.adminToken,
          caData: Buffer.from(credentials.certificate.cert).toString('base64'),
        },
      });
      logger.info(`sandbox cluster ${name} listens on ${url}`);
    }
    if (options.standIns !== false) {
      standIns.start(
        running.map(one => ({
          cluster: one.cluster,
          url: one.public.url,
          region: one.public.region,
        })),
      );
    }
  } catch (error) {
    await stop();
    throw error;
  }

  const named = (name: string): Running => {
    const found = running.find(one => one.public.name === name);
    if (!found)
      throw new Error(
        `no sandbox cluster "${name}"; there are ${running.map(one => one.public.name).join(', ')}`,
      );
    return found;
  };

  return {
    clusters: running.map(one => one.public),
    faults: {
      set: (faults, name) =>
        (name ? [named(name)] : running).forEach(one =>
          one.cluster.faults.set(faults),
        ),
      get: name => named(name).cluster.faults.get(),
    },
    async reset() {
      await standIns.stop();
      for (const { cluster } of running) {
        cluster.stopControllers();
        cluster.api.kinds.clear();
        cluster.store.clear();
        cluster.faults.set({ cutWatches: true });
        cluster.faults.set({});
        cluster.startControllers();
      }
      if (options.standIns !== false) {
        standIns.start(
          running.map(one => ({
            cluster: one.cluster,
            url: one.public.url,
            region: one.public.region,
          })),
        );
      }
      for (const { state, cluster } of running) {
        state?.schedule(cluster.store);
        await state?.flush(cluster.store);
      }
    },
    stop,
  };
}
