import {
  parseLog,
  type PipelineCluster,
  type PipelineLog,
} from '@slipway/plugin-slipway-node';
import type { ClusterClient } from '../../ports/Clusters';

/** Of one step; whoever wants more has the cluster. */
const MAX_BYTES = 1024 * 1024;
/** Long lines: each time a quarter of them is asked for. */
const ATTEMPTS = 4;

/** What an engine may ask of a cluster, and no more. */
export function pipelineCluster(client: ClusterClient): PipelineCluster {
  return {
    name: client.info.name,
    get: ref => client.get(ref),
    create: object => client.create(object),
    async podLog({ namespace, pod, container, tail }): Promise<PipelineLog> {
      // One line more tells whether there is more.
      let tailLines = tail + 1;
      for (let attempt = 1; ; attempt += 1) {
        const text = await client.podLog(
          { namespace, name: pod },
          { container, tailLines, limitBytes: MAX_BYTES },
        );
        // A text that reaches the limit ends before the log does, and the end is what counts.
        const cut = Buffer.byteLength(text) >= MAX_BYTES;
        if (!cut || attempt === ATTEMPTS || tailLines === 1)
          return parseLog(text, tail, cut || tailLines <= tail);
        tailLines = Math.max(1, Math.floor(tailLines / 4));
      }
    },
  };
}
