import { useRouteRef, useTranslationRef } from '@backstage/frontend-plugin-api';
import Box from '@mui/material/Box';
import Link from '@mui/material/Link';
import Skeleton from '@mui/material/Skeleton';
import { speaking, type ApiEnvironment } from '@slipway/plugin-slipway-common';
import type { ReactNode } from 'react';
import { Link as RouterLink } from 'react-router-dom';
import {
  RelativeTime,
  SandboxTag,
  Sha,
  STANDING_TONES,
  StandingMark,
  Tag,
  Toned,
} from '../../components';
import { conditionsOf, isDrifted, money, standingOf } from '../../format';
import { environmentRouteRef } from '../../routes';
import { TABULAR } from '../../theme';
import { slipwayTranslationRef } from '../../translation';
import { COLUMNS, GRID, ONLY_WIDE, ROW_HEIGHT } from './columns';

const LINE = {
  overflow: 'hidden',
  textOverflow: 'ellipsis',
  whiteSpace: 'nowrap',
} as const;

const SECOND = {
  ...LINE,
  color: 'text.secondary',
  fontSize: '0.8125rem',
} as const;

const ROW = {
  ...GRID,
  height: ROW_HEIGHT,
  alignItems: 'center',
  boxSizing: 'border-box',
  borderTop: 1,
  borderColor: 'divider',
  fontSize: '0.875rem',
  lineHeight: 1.35,
} as const;

const Cell = (props: {
  children?: ReactNode;
  wide?: boolean;
  right?: boolean;
}) => (
  <Box
    role="cell"
    sx={{
      minWidth: 0,
      ...(props.wide && ONLY_WIDE),
      ...(props.right && { textAlign: 'right', ...TABULAR }),
    }}
  >
    {props.children}
  </Box>
);

/** One environment in two lines; what doesn't fit is on its page, and on hover. @internal */
export function EnvironmentCells(props: {
  environment: ApiEnvironment;
  /** Its place in the whole list, the header being the first row. */
  index: number;
}) {
  const { environment, index } = props;
  const change = environment.lastChange;
  return (
    <Box
      role="row"
      aria-rowindex={index}
      sx={{ ...ROW, '&:hover': { bgcolor: 'action.hover' } }}
    >
      <Cell>
        <NameCell environment={environment} />
      </Cell>
      <Cell>
        <StateCell environment={environment} />
      </Cell>
      <Cell wide>
        <Tag>{environment.class}</Tag>
        <Box sx={SECOND} title={environment.cluster}>
          {environment.region ?? environment.cluster}
          {environment.sandbox && (
            <>
              {' '}
              <SandboxTag />
            </>
          )}
        </Box>
      </Cell>
      <Cell wide>
        <ReleaseCell environment={environment} />
      </Cell>
      <Cell wide right>
        {change ? <RelativeTime at={change.at} /> : '–'}
      </Cell>
      <Cell wide right>
        {money(environment.cents, environment.currency)}
      </Cell>
    </Box>
  );
}

function NameCell(props: { environment: ApiEnvironment }) {
  const { organization, service, name } = props.environment;
  const route = useRouteRef(environmentRouteRef);
  const whole = `${organization}/${service}/${name}`;
  return (
    <>
      <Box sx={LINE} title={whole}>
        {route ? (
          <Link
            component={RouterLink}
            to={route({ organization, service, environment: name })}
            underline="hover"
            aria-label={whole}
            sx={{ fontWeight: 600 }}
          >
            {service} / {name}
          </Link>
        ) : (
          <strong>
            {service} / {name}
          </strong>
        )}
      </Box>
      <Box sx={SECOND}>{organization}</Box>
    </>
  );
}

function StateCell(props: { environment: ApiEnvironment }) {
  const { environment } = props;
  const { t } = useTranslationRef(slipwayTranslationRef);
  const state = standingOf(environment);
  const said = speaking(conditionsOf(environment.conditions));
  const since = (
    said?.condition ??
    environment.conditions.find(({ type }) => type === 'Healthy')
  )?.lastTransitionTime;
  const title = said?.title ?? t('standing.done');
  return (
    <Box sx={{ display: 'flex', gap: 1, alignItems: 'center', minWidth: 0 }}>
      <StandingMark state={state} />
      <Box sx={{ minWidth: 0 }}>
        <Box sx={LINE}>
          <Toned tone={STANDING_TONES[state]}>{title}</Toned>{' '}
          {since && (
            <Box component="span" sx={{ color: 'text.secondary' }}>
              <RelativeTime at={since} />
            </Box>
          )}
          {isDrifted(environment) && (
            <>
              {' · '}
              <Toned tone="wait">{t('standing.drifted')}</Toned>
            </>
          )}
        </Box>
        {said?.message && (
          <Box sx={SECOND} title={said.message}>
            {said.message}
          </Box>
        )}
      </Box>
    </Box>
  );
}

function ReleaseCell(props: { environment: ApiEnvironment }) {
  const { release, lastChange } = props.environment;
  const { t } = useTranslationRef(slipwayTranslationRef);
  const [first] = Object.values(release);
  return (
    <>
      <Box sx={LINE}>
        {first ? (
          <Sha value={first.revision} label={t('parts.revision')} />
        ) : (
          <Box component="span" sx={{ color: 'text.secondary' }}>
            {t('environmentsPage.noRevision')}
          </Box>
        )}
      </Box>
      {lastChange?.author && (
        <Box sx={SECOND} title={lastChange.author}>
          {lastChange.author.replace(/^user:(default\/)?/, '')}
        </Box>
      )}
    </>
  );
}

/** A row whose part of the list is on its way. @internal */
export function LoadingCells(props: { index: number }) {
  const { t } = useTranslationRef(slipwayTranslationRef);
  return (
    <Box role="row" aria-rowindex={props.index} aria-busy="true" sx={ROW}>
      {COLUMNS.map(({ name, wide, right }, column) => (
        <Cell key={name} wide={wide} right={right}>
          {column === 0 ? (
            <Skeleton
              aria-label={t('environmentsPage.row', {
                row: `${props.index - 1}`,
              })}
              width="70%"
            />
          ) : (
            <Skeleton aria-hidden width="60%" />
          )}
        </Cell>
      ))}
    </Box>
  );
}
