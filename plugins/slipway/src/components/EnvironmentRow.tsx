import { useRouteRef, useTranslationRef } from '@backstage/frontend-plugin-api';
import Box from '@mui/material/Box';
import Link from '@mui/material/Link';
import type {
  ApiEnvironment,
  ApiRelease,
} from '@slipway/plugin-slipway-common';
import type { ReactNode } from 'react';
import { Link as RouterLink } from 'react-router-dom';
import { conditionsOf, money } from '../format';
import { environmentRouteRef } from '../routes';
import { TABULAR } from '../theme';
import { slipwayTranslationRef } from '../translation';
import { DriftMark } from './DriftMark';
import { EntityName } from './EntityName';
import { RelativeTime } from './RelativeTime';
import { ReleaseSha } from './Releases/ReleaseSha';
import { revisionOf } from './Releases/releases';
import { CompactRoad, CompactSentence } from './Road';
import { SandboxTag, Tag } from './Tag';

/** Room for name and road side by side, the sentence below them. */
const MEDIUM = '@container (min-width: 480px)';
/** Room for everything in one line. */
const WIDE = '@container (min-width: 880px)';

/**
 * One environment in one row: name, road, what it says, revision and author, cost.
 *
 * @internal
 */
export function EnvironmentRow(props: {
  environment: ApiEnvironment;
  /** Where rows of several services stand under each other. */
  withService?: boolean;
  /** What it runs, where that is known to be a release. */
  release?: ApiRelease;
  /** At the end of the row. */
  actions?: ReactNode;
  /** Below the row, over its whole width: how an action went. */
  children?: ReactNode;
}) {
  const { environment, withService, release, actions, children } = props;
  const conditions = conditionsOf(environment.conditions);
  return (
    <Box
      component="li"
      sx={{
        // The columns follow the width of the card, not of the window: the same row stands on a page and in a card.
        containerType: 'inline-size',
        borderTop: 1,
        borderColor: 'divider',
        '&:first-of-type': { borderTop: 0 },
        // Rows out of sight cost no layout, which keeps thousands of them smooth.
        contentVisibility: 'auto',
        containIntrinsicSize: 'auto 68px',
      }}
    >
      <Box
        sx={{
          display: 'grid',
          gridTemplateColumns: '1fr',
          columnGap: 2,
          rowGap: 0.75,
          alignItems: 'center',
          px: 2,
          py: 1.25,
          [MEDIUM]: { gridTemplateColumns: 'minmax(130px, 1fr) auto' },
          [WIDE]: {
            gridTemplateColumns:
              'minmax(170px, 1fr) auto minmax(0, 2fr) minmax(100px, 0.6fr) minmax(84px, auto)',
          },
        }}
      >
        <EnvironmentLabel environment={environment} withService={withService} />
        <CompactRoad conditions={conditions} />
        <Box sx={{ minWidth: 0 }}>
          <CompactSentence conditions={conditions} />
          <DriftMark environment={environment} />
        </Box>
        {/* One cell beside the sentence; two columns of their own where there is room. */}
        <Box
          sx={{
            display: 'flex',
            alignItems: 'center',
            gap: 2,
            [MEDIUM]: { justifyContent: 'flex-end', alignSelf: 'start' },
            [WIDE]: { display: 'contents' },
          }}
        >
          <ReleaseCell environment={environment} release={release} />
          <Box
            sx={{
              ...TABULAR,
              display: 'flex',
              alignItems: 'center',
              justifyContent: 'flex-end',
              gap: 0.5,
            }}
          >
            {money(environment.cents, environment.currency)}
            {actions}
          </Box>
        </Box>
      </Box>
      {children}
    </Box>
  );
}

function EnvironmentLabel(props: {
  environment: ApiEnvironment;
  withService?: boolean;
}) {
  const { environment, withService } = props;
  const { organization, service, name } = environment;
  const route = useRouteRef(environmentRouteRef);
  // A long name breaks at its slashes, not in a word.
  const text = withService ? (
    <>
      {organization}/<wbr />
      {service}/<wbr />
      {name}
    </>
  ) : (
    name
  );
  return (
    <Box sx={{ minWidth: 0, overflowWrap: 'break-word' }}>
      {route ? (
        <Link
          component={RouterLink}
          to={route({ organization, service, environment: name })}
          sx={{ fontWeight: 700 }}
        >
          {text}
        </Link>
      ) : (
        <strong>{text}</strong>
      )}
      <Box
        sx={{
          display: 'flex',
          flexWrap: 'wrap',
          gap: 0.75,
          alignItems: 'center',
          color: 'text.secondary',
          fontSize: '0.8125rem',
        }}
      >
        <Tag>{environment.class}</Tag>
        <span>{environment.region ?? environment.cluster}</span>
        {environment.sandbox && <SandboxTag />}
      </Box>
    </Box>
  );
}

function ReleaseCell(props: {
  environment: ApiEnvironment;
  release?: ApiRelease;
}) {
  const { environment, release } = props;
  const { t } = useTranslationRef(slipwayTranslationRef);
  const revision = revisionOf(environment);
  const change = environment.lastChange;
  return (
    <Box sx={{ fontSize: '0.8125rem', color: 'text.secondary', minWidth: 0 }}>
      {revision ? (
        <ReleaseSha
          service={environment}
          revision={revision}
          release={release}
        />
      ) : (
        t('environmentPage.noRevision')
      )}
      {change && (
        <div>
          {change.author && (
            <>
              <EntityName entityRef={change.author} />
              {' · '}
            </>
          )}
          <RelativeTime at={change.at} />
        </div>
      )}
    </Box>
  );
}
