import Box from '@mui/material/Box';
import Link from '@mui/material/Link';
import Typography from '@mui/material/Typography';
import type { ApiEnvironmentDetails } from '@slipway/plugin-slipway-common';
import type { ReactNode } from 'react';
import {
  AsOf,
  EntityName,
  RelativeTime,
  SandboxTag,
  Sha,
  Tag,
} from '../../components';
import { money, webUrl } from '../../format';
import { MONO } from '../../theme';

const Fact = (props: { name: string; children: ReactNode }) => (
  <>
    <dt>{props.name}</dt>
    <dd>{props.children}</dd>
  </>
);

/**
 * Name, class, place, owner, and the ways out: Git folder, Argo CD application, namespace.
 *
 * @internal
 */
export function EnvironmentHeader(props: { details: ApiEnvironmentDetails }) {
  const { details } = props;
  const repository = webUrl(details.gitops.repository);
  return (
    <Box>
      <Typography component="h1" sx={{ fontSize: '1.375rem', fontWeight: 700 }}>
        {details.service} / {details.name}
      </Typography>
      <Box
        sx={{
          display: 'flex',
          flexWrap: 'wrap',
          gap: 1,
          alignItems: 'baseline',
          color: 'text.secondary',
          fontSize: '0.875rem',
        }}
      >
        <Tag>{details.class}</Tag>
        <span>
          {details.cluster}
          {details.region && ` (${details.region})`}
        </span>
        {details.sandbox && <SandboxTag />}
        <span>
          owner <EntityName entityRef={details.owner} kind="group" />
        </span>
        <span>{money(details.cents, details.currency)} a month</span>
        <AsOf sources={[details.source]} />
      </Box>
      <Box
        component="dl"
        sx={{
          display: 'grid',
          gridTemplateColumns: 'auto 1fr',
          columnGap: 2,
          rowGap: 0.25,
          m: 0,
          mt: 1,
          fontSize: '0.8125rem',
          '& dt': { color: 'text.secondary' },
          '& dd': {
            m: 0,
            overflowWrap: 'anywhere',
            fontFamily: MONO,
            fontSize: '0.78rem',
          },
        }}
      >
        <Fact name="Git folder">
          {repository ? (
            <Link href={repository} target="_blank" rel="noopener">
              {details.gitops.folder}
            </Link>
          ) : (
            <span title={details.gitops.repository}>
              {details.gitops.folder}
            </span>
          )}
        </Fact>
        <Fact name="Argo CD">
          {details.argocd.namespace}/{details.argocd.application} on{' '}
          {details.argocd.cluster}
        </Fact>
        <Fact name="Namespace">{details.namespace}</Fact>
        {Object.entries(details.release).map(([workload, { revision }]) => (
          <Fact key={workload} name={`Runs ${workload}`}>
            <Sha value={revision} label={`revision of ${workload}`} />
          </Fact>
        ))}
        {details.commit && (
          <Fact name="Commit">
            <Sha value={details.commit} />
            {details.syncedRevision &&
              details.syncedRevision !== details.commit && (
                <>
                  {' '}
                  (runs <Sha value={details.syncedRevision} />)
                </>
              )}
          </Fact>
        )}
        {details.lastChange && (
          <Fact name="Last change">
            <RelativeTime at={details.lastChange.at} form="ago" />
            {details.lastChange.author && (
              <>
                {' by '}
                <EntityName entityRef={details.lastChange.author} />
              </>
            )}
          </Fact>
        )}
      </Box>
    </Box>
  );
}
