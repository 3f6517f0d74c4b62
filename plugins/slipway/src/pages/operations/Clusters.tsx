import { useTranslationRef } from '@backstage/frontend-plugin-api';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableContainer from '@mui/material/TableContainer';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import type { ApiOperations } from '@slipway/plugin-slipway-common';
import {
  EmptyState,
  RelativeTime,
  SandboxTag,
  Sign,
  SIGN_TONES,
  Toned,
  type SignName,
} from '../../components';
import { SCROLLED_TABLE } from '../../theme';
import { slipwayTranslationRef } from '../../translation';

type Cluster = ApiOperations['clusters'][number];

const SIGNS: Record<Cluster['age']['state'], SignName> = {
  live: 'ok',
  stale: 'late',
  unreachable: 'bad',
  unknown: 'unknown',
};

/**
 * The clusters, and how old what is known of each is.
 *
 * @internal
 */
export function Clusters(props: { clusters: Cluster[] }) {
  const { t } = useTranslationRef(slipwayTranslationRef);
  if (props.clusters.length === 0) {
    return (
      <EmptyState title={t('clusterTable.none')}>
        {t('clusterTable.noneText')}
      </EmptyState>
    );
  }
  return (
    <TableContainer tabIndex={0}>
      <Table
        size="small"
        aria-label={t('clusterTable.label')}
        sx={SCROLLED_TABLE}
      >
        <TableHead>
          <TableRow>
            <TableCell>{t('clusterTable.cluster')}</TableCell>
            <TableCell>{t('clusterTable.region')}</TableCell>
            <TableCell>{t('clusterTable.version')}</TableCell>
            <TableCell>{t('clusterTable.argocd')}</TableCell>
            <TableCell>{t('clusterTable.state')}</TableCell>
            <TableCell align="right">{t('clusterTable.answered')}</TableCell>
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
  const sign = SIGNS[cluster.age.state];
  const { t } = useTranslationRef(slipwayTranslationRef);
  return (
    <TableRow>
      <TableCell>
        <strong>{cluster.title}</strong> {cluster.sandbox && <SandboxTag />}
      </TableCell>
      <TableCell>{cluster.region ?? '–'}</TableCell>
      <TableCell>{cluster.version ?? '–'}</TableCell>
      <TableCell>
        {t('clusterTable.on', {
          namespace: cluster.argocd.namespace,
          cluster: cluster.argocd.cluster,
        })}
      </TableCell>
      <TableCell>
        <Toned tone={SIGN_TONES[sign]}>
          <Sign of={sign} /> {t(`clusterTable.states.${cluster.age.state}`)}
        </Toned>
        {cluster.age.message && <div>{cluster.age.message}</div>}
      </TableCell>
      <TableCell align="right">
        {cluster.age.asOf ? (
          <RelativeTime at={cluster.age.asOf} form="ago" />
        ) : (
          t('clusterTable.never')
        )}
      </TableCell>
    </TableRow>
  );
}
