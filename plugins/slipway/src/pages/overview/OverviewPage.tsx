import { useTranslationRef } from '@backstage/frontend-plugin-api';
import Box from '@mui/material/Box';
import Link from '@mui/material/Link';
import Skeleton from '@mui/material/Skeleton';
import type {
  ApiEnvironment,
  ApiOverview,
} from '@slipway/plugin-slipway-common';
import { Link as RouterLink } from 'react-router-dom';
import { useOverview } from '../../api';
import { Announce } from '../../components/Live';
import {
  EmptyState,
  EnvironmentRow,
  Panel,
  RowsSkeleton,
  StandingMark,
  StateBar,
  StateView,
  totalOf,
} from '../../components';
import { money, type Standing } from '../../format';
import { slipwayTranslationRef } from '../../translation';
import { CreateButton } from '../CreateButton';
import { usePageLinks } from '../links';
import { PageBody } from '../PageBody';
import { PlatformShortcuts } from '../PlatformShortcuts';
import { CostByOrganization } from './CostByOrganization';
import { HealthStrip } from './HealthStrip';
import { Inbox } from './Inbox';

/** Rows of what stopped and what drifted; the list of environments has the rest. */
const SHOWN = 5;

/**
 * The platform in one look: where the fleet stands, what needs the reader, what it costs, whether the machinery runs.
 *
 * @internal
 */
export function OverviewPage() {
  const { t } = useTranslationRef(slipwayTranslationRef);
  const query = useOverview();
  return (
    <PageBody>
      <StateView
        query={query}
        what={t('fleet.what')}
        skeleton={<OverviewSkeleton />}
        sources={({ clusters }) => clusters.map(({ age }) => age)}
      >
        {overview => <Content overview={overview} />}
      </StateView>
    </PageBody>
  );
}

function Content(props: { overview: ApiOverview }) {
  const { overview } = props;
  const { t } = useTranslationRef(slipwayTranslationRef);
  const { environments } = usePageLinks();
  const { states, failing, drifted, inbox, inboxTotal, organizations } =
    overview;
  const countOf = (state: Standing) =>
    states.find(each => each.state === state)?.count ?? 0;
  return (
    <>
      <Announce text={t('inbox.announced', { count: inboxTotal })} />
      <Panel
        title={t('fleet.title')}
        aside={<Figures overview={overview} />}
        actions={<PlatformShortcuts />}
      >
        {totalOf(states) === 0 ? (
          <NothingDeclared />
        ) : (
          <Box sx={{ px: 2, py: 1.5 }}>
            <StateBar
              states={states}
              linkOf={state => environments({ state })}
            />
          </Box>
        )}
        <HealthStrip overview={overview} />
      </Panel>
      <Box
        sx={{
          display: 'grid',
          gridTemplateColumns: {
            xs: '1fr',
            md: 'minmax(0, 2fr) minmax(0, 1fr)',
          },
          gap: 2,
          alignItems: 'start',
        }}
      >
        <Panel
          title={t('inbox.title')}
          aside={inboxTotal > 0 ? inboxTotal : undefined}
        >
          <Inbox items={inbox} total={inboxTotal} />
        </Panel>
        <Panel title={t('fleet.cost')}>
          <CostByOrganization organizations={organizations} />
        </Panel>
      </Box>
      {totalOf(states) > 0 && (
        <>
          <Some
            title={t('fleet.failing')}
            rows={failing}
            total={countOf('stopped')}
            all={environments({ state: 'stopped' })}
            none={t('fleet.noFailing')}
            noneText={t('fleet.noFailingText')}
          />
          <Some
            title={t('fleet.drifted')}
            rows={drifted}
            total={countOf('drifted')}
            all={environments({ state: 'drifted' })}
            none={t('fleet.noDrifted')}
            noneText={t('fleet.noDriftedText')}
          />
        </>
      )}
    </>
  );
}

function Figures(props: { overview: ApiOverview }) {
  const { states, organizations } = props.overview;
  const { t } = useTranslationRef(slipwayTranslationRef);
  const [first] = organizations;
  // Amounts of different currencies can't be added up.
  const oneCurrency = organizations.every(
    ({ currency }) => currency === first?.currency,
  );
  return (
    <>
      {t('fleet.environments', { count: totalOf(states) })}
      {first &&
        oneCurrency &&
        ` · ${t('fleet.aMonth', {
          amount: money(
            organizations.reduce((sum, { cents }) => sum + cents, 0),
            first.currency,
          ),
        })}`}
    </>
  );
}

function Some(props: {
  title: string;
  rows: ApiEnvironment[];
  total: number;
  all: string;
  none: string;
  noneText: string;
}) {
  const { title, rows, total, all, none, noneText } = props;
  const { t } = useTranslationRef(slipwayTranslationRef);
  const shown = rows.slice(0, SHOWN);
  return (
    <Panel
      title={title}
      aside={
        total > shown.length &&
        t('fleet.shownOf', {
          shown: `${shown.length}`,
          number: `${total}`,
        })
      }
      actions={
        total > shown.length && (
          <Link component={RouterLink} to={all} variant="body2">
            {t('fleet.more', { number: `${total}` })}
          </Link>
        )
      }
    >
      {shown.length === 0 ? (
        <Fine title={none} text={noneText} />
      ) : (
        <Box
          component="ul"
          aria-label={title}
          sx={{ listStyle: 'none', m: 0, p: 0 }}
        >
          {shown.map(environment => (
            <EnvironmentRow
              key={`${environment.organization}/${environment.service}/${environment.name}`}
              environment={environment}
              withService
            />
          ))}
        </Box>
      )}
    </Panel>
  );
}

/** Nothing to do, in a line: good news needs no more room than that. */
function Fine(props: { title: string; text: string }) {
  return (
    <Box
      sx={{
        display: 'flex',
        gap: 1,
        px: 2,
        py: 1.25,
        fontSize: '0.875rem',
      }}
    >
      <StandingMark state="done" />
      <span>
        <strong>{props.title}.</strong>{' '}
        <Box component="span" sx={{ color: 'text.secondary' }}>
          {props.text}
        </Box>
      </span>
    </Box>
  );
}

function NothingDeclared() {
  const { t } = useTranslationRef(slipwayTranslationRef);
  return (
    <EmptyState
      title={t('fleet.emptyTitle')}
      actions={<CreateButton>{t('fleet.create')}</CreateButton>}
    >
      {t('fleet.emptyText')}
    </EmptyState>
  );
}

/** In the shape of what comes. */
function OverviewSkeleton() {
  return (
    <>
      <Skeleton variant="rounded" height={150} sx={{ mb: 2 }} />
      <Box
        sx={{
          display: 'grid',
          gridTemplateColumns: { xs: '1fr', md: '2fr 1fr' },
          gap: 2,
        }}
      >
        <RowsSkeleton rows={5} />
        <RowsSkeleton rows={5} />
      </Box>
    </>
  );
}
