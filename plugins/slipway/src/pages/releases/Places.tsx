import { useRouteRef, useTranslationRef } from '@backstage/frontend-plugin-api';
import Box from '@mui/material/Box';
import Link from '@mui/material/Link';
import type {
  ApiRelease,
  ApiReleaseDetails,
} from '@slipway/plugin-slipway-common';
import { Link as RouterLink } from 'react-router-dom';
import {
  ActionButton,
  EmptyState,
  Figures,
  RelativeTime,
} from '../../components';
import { isAfter, releaseIn, useReleaseWish } from '../../components/Releases';
import { environmentRouteRef } from '../../routes';
import { slipwayTranslationRef } from '../../translation';
import { PlaceWord } from './PlaceWord';

type Target = ApiReleaseDetails['targets'][number];

/**
 * The environments of the service: how the release is in each, since when, and the way there.
 *
 * @internal
 */
export function Places(props: {
  details: ApiReleaseDetails;
  releases: ApiRelease[] | undefined;
}) {
  const { details, releases } = props;
  const { organization, service, release, targets } = details;
  const { t } = useTranslationRef(slipwayTranslationRef);
  const route = useRouteRef(environmentRouteRef);
  const placeIn = (environment: string) =>
    release.where.find(place => place.environment === environment);
  if (targets.length === 0) {
    return (
      <EmptyState title={t('releases.nowhere')}>
        {t('releases.noTargets')}
      </EmptyState>
    );
  }
  return (
    <>
      {release.where.length === 0 && (
        <Box
          sx={{
            px: 2,
            py: 1.25,
            fontSize: '0.875rem',
            color: 'text.secondary',
          }}
        >
          {t('releases.nowhereText')}
        </Box>
      )}
      <Figures
        label={t('releases.whereTitle')}
        rows={targets}
        keyOf={({ environment }) => environment}
        columns={[
          {
            title: t('releases.columns.environment'),
            cell: ({ environment }) =>
              route ? (
                <Link
                  component={RouterLink}
                  to={route({ organization, service, environment })}
                  underline="hover"
                  sx={{ fontWeight: 600 }}
                >
                  {environment}
                </Link>
              ) : (
                environment
              ),
          },
          {
            title: t('releases.columns.state'),
            cell: ({ environment }) => {
              const place = placeIn(environment);
              return place ? (
                <PlaceWord state={place.state} />
              ) : (
                <Box component="span" sx={{ color: 'text.secondary' }}>
                  {t('releases.state.elsewhere')}
                </Box>
              );
            },
          },
          {
            title: t('releases.columns.since'),
            cell: ({ environment }) => {
              const since = placeIn(environment)?.since;
              return since && <RelativeTime at={since} form="ago" />;
            },
          },
          {
            title: t('releases.columns.action'),
            cell: target => (
              <Go
                details={details}
                target={target}
                forward={isAfter(
                  releases ?? [],
                  release,
                  releaseIn(releases, target.environment),
                )}
              />
            ),
          },
        ]}
      />
    </>
  );
}

/** Takes an environment to the release, or says why that can't be. */
function Go(props: {
  details: ApiReleaseDetails;
  target: Target;
  forward: boolean;
}) {
  const { details, target, forward } = props;
  const { organization, service, release } = details;
  const { environment, rollback } = target;
  const { t } = useTranslationRef(slipwayTranslationRef);
  const { wish, dialog } = useReleaseWish({
    organization,
    service,
    environment,
  });
  if (release.where.some(place => place.environment === environment)) {
    return null;
  }
  return (
    <>
      <ActionButton
        variant="outlined"
        reason={
          rollback.allowed
            ? undefined
            : (rollback.reason ?? t('releases.notAllowed'))
        }
        onClick={() => wish({ verb: 'rollback', to: release.id })}
        aria-label={`${environment}: ${t(
          forward ? 'releases.forwardTo' : 'releases.backTo',
        )}`}
      >
        {t(forward ? 'releases.forwardTo' : 'releases.backTo')}
      </ActionButton>
      {dialog}
    </>
  );
}
