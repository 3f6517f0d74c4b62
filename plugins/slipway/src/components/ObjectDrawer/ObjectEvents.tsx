import { useTranslationRef } from '@backstage/frontend-plugin-api';
import InfoIcon from '@mui/icons-material/InfoOutlined';
import WarningIcon from '@mui/icons-material/WarningAmber';
import Box from '@mui/material/Box';
import type { ApiObjectDetails } from '@slipway/plugin-slipway-common';
import { TABULAR, tone } from '../../theme';
import { slipwayTranslationRef } from '../../translation';
import { RelativeTime } from '../RelativeTime';
import { EmptyState } from '../State';

type ObjectEvent = ApiObjectDetails['events'][number];

const lastSeen = (event: ObjectEvent): string =>
  event.lastSeen ?? event.firstSeen ?? '';

/**
 * What the cluster said about an object, the newest first.
 *
 * @internal
 */
export function ObjectEvents(props: { events: ObjectEvent[] }) {
  const { t } = useTranslationRef(slipwayTranslationRef);
  if (props.events.length === 0) {
    return (
      <EmptyState title={t('object.noEvents')}>
        {t('object.noEventsText')}
      </EmptyState>
    );
  }
  const events = [...props.events].sort((a, b) =>
    lastSeen(b).localeCompare(lastSeen(a)),
  );
  return (
    <Box
      component="ul"
      aria-label={t('object.events')}
      sx={{ listStyle: 'none', m: 0, p: 0, fontSize: '0.875rem' }}
    >
      {events.map((event, index) => {
        const warns = event.type !== 'Normal';
        const Icon = warns ? WarningIcon : InfoIcon;
        return (
          <Box
            component="li"
            key={`${event.reason}:${event.firstSeen ?? index}`}
            sx={{
              display: 'grid',
              gridTemplateColumns: '18px minmax(0, 1fr) auto',
              columnGap: 1.5,
              px: 2,
              py: 0.875,
              borderTop: index ? 1 : 0,
              borderColor: 'divider',
            }}
          >
            <Icon
              titleAccess={event.type}
              sx={{
                fontSize: 17,
                mt: '2px',
                color: theme => tone(theme, warns ? 'wait' : 'off'),
              }}
            />
            <Box sx={{ minWidth: 0, overflowWrap: 'anywhere' }}>
              <strong>{event.reason}</strong> {event.message}
              <Box sx={{ color: 'text.secondary', fontSize: '0.8125rem' }}>
                {event.source}
                {event.count > 1 &&
                  ` · ${t('object.times', { number: `${event.count}` })}`}
              </Box>
            </Box>
            <Box sx={{ color: 'text.secondary', ...TABULAR }}>
              {lastSeen(event) && <RelativeTime at={lastSeen(event)} />}
            </Box>
          </Box>
        );
      })}
    </Box>
  );
}
