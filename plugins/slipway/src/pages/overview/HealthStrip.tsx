import { useTranslationRef } from '@backstage/frontend-plugin-api';
import Box from '@mui/material/Box';
import Link from '@mui/material/Link';
import type { ApiOverview } from '@slipway/plugin-slipway-common';
import type { ReactNode } from 'react';
import { Link as RouterLink } from 'react-router-dom';
import {
  RelativeTime,
  SandboxTag,
  StandingMark,
  Toned,
} from '../../components';
import { formatAge, type Standing } from '../../format';
import { TABULAR, type Tone } from '../../theme';
import { slipwayTranslationRef } from '../../translation';
import { usePageLinks } from '../links';

/** A key that has been due for longer says that the workers don't keep up. */
const LATE_MS = 60_000;

type Source = NonNullable<ApiOverview['sources']>[number];
type Age = ApiOverview['clusters'][number]['age'];

const AGES: Record<Age['state'], { mark: Standing; tone: Tone }> = {
  live: { mark: 'done', tone: 'ok' },
  stale: { mark: 'here', tone: 'wait' },
  unreachable: { mark: 'stopped', tone: 'bad' },
  unknown: { mark: 'unknown', tone: 'off' },
};

const SOURCES: Record<Source['state'], { mark: Standing; tone: Tone }> = {
  ok: { mark: 'done', tone: 'ok' },
  held: { mark: 'waiting', tone: 'wait' },
  unreadable: { mark: 'stopped', tone: 'bad' },
  unknown: { mark: 'unknown', tone: 'off' },
};

/**
 * Whether the platform itself is well, in one strip: queue, sources, clusters.
 *
 * @internal
 */
export function HealthStrip(props: { overview: ApiOverview }) {
  const { queue, sources, clusters } = props.overview;
  const { t } = useTranslationRef(slipwayTranslationRef);
  const { page } = usePageLinks();
  return (
    <Box
      component="dl"
      aria-label={t('fleet.machinery')}
      sx={{
        display: 'flex',
        flexWrap: 'wrap',
        columnGap: 4,
        rowGap: 0.75,
        m: 0,
        px: 2,
        py: 1.25,
        borderTop: 1,
        borderColor: 'divider',
        fontSize: '0.8125rem',
      }}
    >
      {queue && (
        <Part
          name={
            <Link
              component={RouterLink}
              to={page('operations')}
              color="inherit"
            >
              {t('fleet.queue')}
            </Link>
          }
        >
          <Box component="span" sx={TABULAR}>
            {t('fleet.queueFigures', {
              due: `${queue.due}`,
              leased: `${queue.leased}`,
              waiting: `${queue.waiting}`,
            })}
          </Box>
          {queue.oldestDueMs > LATE_MS && (
            <Toned tone="wait">
              {t('fleet.late', { age: formatAge(queue.oldestDueMs) })}
            </Toned>
          )}
          {queue.dead > 0 && (
            <Link
              component={RouterLink}
              to={`${page('operations')}?queue=dead`}
              color="inherit"
            >
              <Toned tone="bad">{t('fleet.dead', { count: queue.dead })}</Toned>
            </Link>
          )}
        </Part>
      )}
      {sources && sources.length > 0 && (
        <Part name={t('fleet.sources')}>
          {sources.map(({ id, state }) => (
            <Known
              key={id}
              name={id}
              look={SOURCES[state]}
              word={t(`fleet.${state}`)}
            />
          ))}
        </Part>
      )}
      {clusters.length > 0 && (
        <Part name={t('fleet.clusters')}>
          {clusters.map(({ name, title, age, sandbox }) => (
            <Known
              key={name}
              name={title}
              look={AGES[age.state]}
              word={t(`fleet.${age.state}`)}
              tag={sandbox && <SandboxTag />}
              asOf={age.state === 'live' ? undefined : age.asOf}
            />
          ))}
        </Part>
      )}
    </Box>
  );
}

function Part(props: { name: ReactNode; children: ReactNode }) {
  return (
    <Box
      sx={{ display: 'flex', flexWrap: 'wrap', columnGap: 1.5, rowGap: 0.5 }}
    >
      <Box component="dt" sx={{ color: 'text.secondary' }}>
        {props.name}
      </Box>
      <Box
        component="dd"
        sx={{ display: 'flex', flexWrap: 'wrap', columnGap: 1.5, m: 0 }}
      >
        {props.children}
      </Box>
    </Box>
  );
}

function Known(props: {
  name: string;
  look: { mark: Standing; tone: Tone };
  word: string;
  tag?: ReactNode;
  asOf?: string;
}) {
  const { name, look, word, tag, asOf } = props;
  return (
    <Box
      component="span"
      sx={{ display: 'inline-flex', alignItems: 'center', gap: 0.5 }}
    >
      <StandingMark state={look.mark} size={14} />
      {name} {tag}
      <Toned tone={look.tone} bold={false}>
        {word}
        {asOf && (
          <>
            {' '}
            <RelativeTime at={asOf} />
          </>
        )}
      </Toned>
    </Box>
  );
}
