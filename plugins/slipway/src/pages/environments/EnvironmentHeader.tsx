import { parseEntityRef } from '@backstage/catalog-model';
import { useRouteRef, useTranslationRef } from '@backstage/frontend-plugin-api';
import Box from '@mui/material/Box';
import Link from '@mui/material/Link';
import Typography from '@mui/material/Typography';
import type {
  ApiEnvironmentDetails,
  ApiService,
} from '@slipway/plugin-slipway-common';
import type { ReactNode } from 'react';
import { Link as RouterLink } from 'react-router-dom';
import { useReleases } from '../../api';
import {
  AsOf,
  EntityName,
  RelativeTime,
  SandboxTag,
  Tag,
} from '../../components';
import { PersonMark } from '../../components/PersonMark';
import { releaseIn, ReleaseSha, revisionOf } from '../../components/Releases';
import { folderUrl, money, webUrl } from '../../format';
import { catalogEntityRouteRef } from '../../routes';
import { slipwayTranslationRef } from '../../translation';

const LINE = {
  display: 'flex',
  flexWrap: 'wrap',
  columnGap: 1.25,
  rowGap: 0.25,
  alignItems: 'center',
  color: 'text.secondary',
  fontSize: '0.875rem',
} as const;

/**
 * Name, class, place, what runs there since when and by whom, and the ways out: service, Git folder, cluster.
 *
 * @internal
 */
export function EnvironmentHeader(props: {
  details: ApiEnvironmentDetails;
  service?: ApiService;
  /** In the tab of the entity the way back to it is one click away already. */
  onEntity?: boolean;
  /** At the right: the switcher, the keys. */
  children?: ReactNode;
}) {
  const { details, service, onEntity, children } = props;
  const { t } = useTranslationRef(slipwayTranslationRef);
  const revision = revisionOf(details);
  const releases = useReleases(details);
  const release = releaseIn(releases.data?.items, details.name);
  return (
    <Box>
      <Box
        sx={{
          display: 'flex',
          flexWrap: 'wrap',
          alignItems: 'center',
          columnGap: 2,
          rowGap: 1,
          mb: 0.5,
        }}
      >
        <Typography
          component="h1"
          sx={{ fontSize: '1.375rem', fontWeight: 700, m: 0 }}
        >
          {details.service} / {details.name}
        </Typography>
        <Box
          sx={{
            ml: 'auto',
            display: 'flex',
            flexWrap: 'wrap',
            alignItems: 'center',
            gap: 1,
          }}
        >
          {children}
        </Box>
      </Box>
      <Box sx={LINE}>
        <Tag>{details.class}</Tag>
        <span>
          {details.cluster}
          {details.region && ` · ${details.region}`}
        </span>
        {details.sandbox && <SandboxTag />}
        {revision ? (
          <ReleaseSha service={details} revision={revision} release={release} />
        ) : (
          <span>{t('environmentPage.noRevision')}</span>
        )}
        {details.lastChange && (
          <span>
            {details.lastChange.author && (
              <>
                <PersonMark entityRef={details.lastChange.author} />
                <EntityName entityRef={details.lastChange.author} />{' '}
              </>
            )}
            <RelativeTime at={details.lastChange.at} form="ago" />
          </span>
        )}
        <span>
          {t('environmentPage.perMonth', {
            amount: money(details.cents, details.currency),
          })}
        </span>
        <span>
          <AsOf sources={[details.source]} />
        </span>
        <WaysOut details={details} service={service} onEntity={onEntity} />
      </Box>
    </Box>
  );
}

function WaysOut(props: {
  details: ApiEnvironmentDetails;
  service?: ApiService;
  onEntity?: boolean;
}) {
  const { details, service, onEntity } = props;
  const { t } = useTranslationRef(slipwayTranslationRef);
  const entity = useEntityPath(service?.entityRef);
  const argocd = webUrl(details.argocd.url);
  const folder = folderUrl(details.gitops.repository, details.gitops.folder);
  return (
    <Box
      component="span"
      sx={{ display: 'inline-flex', flexWrap: 'wrap', columnGap: 1.25 }}
    >
      {entity && !onEntity && (
        <Link component={RouterLink} to={entity}>
          {t('environmentPage.service')}
        </Link>
      )}
      {folder && (
        <Link
          href={folder}
          target="_blank"
          rel="noopener"
          title={details.gitops.folder}
        >
          {t('environmentPage.gitFolder')}
        </Link>
      )}
      {argocd && (
        <Link
          href={argocd}
          target="_blank"
          rel="noopener"
          title={details.argocd.application}
        >
          {t('environmentPage.argocd')}
        </Link>
      )}
      {entity && (
        <Link component={RouterLink} to={`${entity}/kubernetes`}>
          {t('environmentPage.kubernetes')}
        </Link>
      )}
    </Box>
  );
}

/** The page of the service in the catalog; undefined where the service is not in it. */
function useEntityPath(entityRef: string | undefined): string | undefined {
  const route = useRouteRef(catalogEntityRouteRef);
  if (!route || !entityRef) {
    return undefined;
  }
  const { kind, namespace, name } = parseEntityRef(entityRef);
  return route({
    kind: kind.toLocaleLowerCase('en-US'),
    namespace: namespace.toLocaleLowerCase('en-US'),
    name,
  });
}
