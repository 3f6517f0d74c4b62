import { useTranslationRef } from '@backstage/frontend-plugin-api';
import Box from '@mui/material/Box';
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
  Sign,
  SIGN_TONES,
  type SignName,
  Tag,
  Toned,
} from '../../components';
import { useNow } from '../../components/useNow';
import { SCROLLED_TABLE, TABULAR } from '../../theme';
import { slipwayTranslationRef } from '../../translation';

type Host = ApiOperations['gitHosts'][number];
type Limit = NonNullable<Host['rateLimit']>;

/** Below this share of a limit somebody should look at who asks so much. */
const LITTLE = 0.1;

/**
 * The Git hosts that keep pull requests, and what each said last of the number of requests that it allows.
 *
 * @internal
 */
export function GitHosts(props: { hosts: Host[] }) {
  const { t } = useTranslationRef(slipwayTranslationRef);
  if (props.hosts.length === 0) {
    return (
      <EmptyState title={t('gitHostTable.none')}>
        {t('gitHostTable.noneText')}
      </EmptyState>
    );
  }
  return (
    <TableContainer tabIndex={0}>
      <Table
        size="small"
        aria-label={t('gitHostTable.label')}
        sx={SCROLLED_TABLE}
      >
        <TableHead>
          <TableRow>
            <TableCell>{t('gitHostTable.host')}</TableCell>
            <TableCell>{t('gitHostTable.left')}</TableCell>
            <TableCell align="right">{t('gitHostTable.full')}</TableCell>
            <TableCell align="right">{t('gitHostTable.asOf')}</TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {props.hosts.map(host => (
            <HostRow key={`${host.type} ${host.host}`} host={host} />
          ))}
        </TableBody>
      </Table>
    </TableContainer>
  );
}

function HostRow(props: { host: Host }) {
  const { host, type, rateLimit } = props.host;
  const { t } = useTranslationRef(slipwayTranslationRef);
  return (
    <TableRow>
      <TableCell>
        <strong>{host}</strong> <Tag>{type}</Tag>
      </TableCell>
      <TableCell sx={TABULAR}>
        {rateLimit ? (
          <Left limit={rateLimit} />
        ) : (
          <Box component="span" sx={{ color: 'text.secondary' }}>
            {t('gitHostTable.unsaid')}
          </Box>
        )}
      </TableCell>
      <TableCell align="right">
        {rateLimit ? <RelativeTime at={rateLimit.resetAt} form="ago" /> : '–'}
      </TableCell>
      <TableCell align="right">
        {rateLimit ? <RelativeTime at={rateLimit.asOf} form="ago" /> : '–'}
      </TableCell>
    </TableRow>
  );
}

function Left(props: { limit: Limit }) {
  const { t } = useTranslationRef(slipwayTranslationRef);
  const now = useNow();
  const { remaining, limit, resetAt } = props.limit;
  // What was said before the host began to count anew says nothing about now.
  const counts = Date.parse(resetAt) > now;
  const sign = counts ? signOf(props.limit) : 'ok';
  return (
    <>
      <Toned tone={SIGN_TONES[sign]}>
        <Sign of={sign} />{' '}
        {t('gitHostTable.of', { remaining: `${remaining}`, limit: `${limit}` })}
      </Toned>
      {sign === 'bad' && <div>{t('gitHostTable.usedUp')}</div>}
    </>
  );
}

function signOf({ remaining, limit }: Limit): SignName {
  if (remaining === 0) return 'bad';
  return remaining < limit * LITTLE ? 'warn' : 'ok';
}
