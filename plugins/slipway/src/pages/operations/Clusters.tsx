import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableContainer from '@mui/material/TableContainer';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import type { ApiOperations } from '@slipway/plugin-slipway-common';
import { EmptyState, RelativeTime, SandboxTag, Toned } from '../../components';
import type { Tone } from '../../theme';

type Cluster = ApiOperations['clusters'][number];

const STATES: Record<Cluster['age']['state'], { tone: Tone; word: string }> = {
  live: { tone: 'ok', word: '✔ live' },
  stale: { tone: 'wait', word: '◌ late' },
  unreachable: { tone: 'bad', word: '✖ unreachable' },
  unknown: { tone: 'off', word: '? not asked yet' },
};

/**
 * The clusters, and how old what is known of each is.
 *
 * @internal
 */
export function Clusters(props: { clusters: Cluster[] }) {
  if (props.clusters.length === 0) {
    return (
      <EmptyState title="No clusters configured">
        Clusters come from the configuration of the Kubernetes plugin.
      </EmptyState>
    );
  }
  return (
    <TableContainer>
      <Table size="small" aria-label="Clusters">
        <TableHead>
          <TableRow>
            <TableCell>Cluster</TableCell>
            <TableCell>Region</TableCell>
            <TableCell>Version</TableCell>
            <TableCell>Argo CD</TableCell>
            <TableCell>State</TableCell>
            <TableCell align="right">Answered</TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {props.clusters.map(cluster => (
            <ClusterRow key={cluster.name} cluster={cluster} />
          ))}
        </TableBody>
      </Table>
    </TableContainer>
  );
}

function ClusterRow(props: { cluster: Cluster }) {
  const { cluster } = props;
  const { tone, word } = STATES[cluster.age.state];
  return (
    <TableRow>
      <TableCell>
        <strong>{cluster.title}</strong> {cluster.sandbox && <SandboxTag />}
      </TableCell>
      <TableCell>{cluster.region ?? '–'}</TableCell>
      <TableCell>{cluster.version ?? '–'}</TableCell>
      <TableCell>
        {cluster.argocd.namespace} on {cluster.argocd.cluster}
      </TableCell>
      <TableCell>
        <Toned tone={tone}>{word}</Toned>
        {cluster.age.message && <div>{cluster.age.message}</div>}
      </TableCell>
      <TableCell align="right">
        {cluster.age.asOf ? (
          <RelativeTime at={cluster.age.asOf} form="ago" />
        ) : (
          'never'
        )}
      </TableCell>
    </TableRow>
  );
}
