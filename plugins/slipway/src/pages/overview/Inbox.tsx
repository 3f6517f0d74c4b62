import { useTranslationRef } from '@backstage/frontend-plugin-api';
import ApproveIcon from '@mui/icons-material/HowToRegOutlined';
import ChangeIcon from '@mui/icons-material/RateReviewOutlined';
import DeadIcon from '@mui/icons-material/MarkEmailUnreadOutlined';
import DriftIcon from '@mui/icons-material/DifferenceOutlined';
import FailedIcon from '@mui/icons-material/ErrorOutline';
import HeldIcon from '@mui/icons-material/PauseCircleOutline';
import StoppedIcon from '@mui/icons-material/BlockOutlined';
import Box from '@mui/material/Box';
import Link from '@mui/material/Link';
import type { SvgIconProps } from '@mui/material/SvgIcon';
import type { ApiInboxItem } from '@slipway/plugin-slipway-common';
import type { ComponentType } from 'react';
import { Link as RouterLink } from 'react-router-dom';
import { EmptyState, RelativeTime, Toned } from '../../components';
import { tone, type Tone } from '../../theme';
import { slipwayTranslationRef } from '../../translation';
import { usePageLinks } from '../links';

const KINDS: Record<
  ApiInboxItem['kind'],
  { icon: ComponentType<SvgIconProps>; tone: Tone }
> = {
  held: { icon: HeldIcon, tone: 'bad' },
  approval: { icon: ApproveIcon, tone: 'wait' },
  failed: { icon: FailedIcon, tone: 'bad' },
  stopped: { icon: StoppedIcon, tone: 'bad' },
  change: { icon: ChangeIcon, tone: 'go' },
  drifted: { icon: DriftIcon, tone: 'wait' },
  deadLetter: { icon: DeadIcon, tone: 'bad' },
};

/**
 * What waits for the reader: most urgent first, oldest first among equals.
 *
 * @internal
 */
export function Inbox(props: { items: ApiInboxItem[]; total: number }) {
  const { items, total } = props;
  const { t } = useTranslationRef(slipwayTranslationRef);
  if (items.length === 0) {
    return (
      <EmptyState title={t('inbox.nothing')}>
        {t('inbox.nothingText')}
      </EmptyState>
    );
  }
  return (
    <>
      <Box
        component="ul"
        aria-label={t('inbox.title')}
        sx={{ listStyle: 'none', m: 0, p: 0 }}
      >
        {items.map(item => (
          <InboxRow key={item.id} item={item} />
        ))}
      </Box>
      {total > items.length && (
        <Box
          sx={{ px: 2, py: 1, color: 'text.secondary', fontSize: '0.8125rem' }}
        >
          {t('inbox.more', {
            shown: `${items.length}`,
            number: `${total}`,
          })}
        </Box>
      )}
    </>
  );
}

/** One thing that waits. @internal */
export function InboxRow(props: { item: ApiInboxItem }) {
  const { kind, title, detail, since, link } = props.item;
  const { t } = useTranslationRef(slipwayTranslationRef);
  const { told } = usePageLinks();
  const { icon: Icon, tone: name } = KINDS[kind];
  return (
    <Box
      component="li"
      sx={{
        display: 'grid',
        gridTemplateColumns: '20px minmax(0, 1fr) auto',
        columnGap: 1.25,
        px: 2,
        py: 1,
        borderTop: 1,
        borderColor: 'divider',
        '&:first-of-type': { borderTop: 0 },
        fontSize: '0.875rem',
      }}
    >
      <Icon
        aria-hidden
        sx={{ fontSize: 18, mt: '1px', color: theme => tone(theme, name) }}
      />
      <Box sx={{ minWidth: 0 }}>
        <Box sx={{ overflowWrap: 'anywhere' }}>
          <Toned tone={name}>{t(`inbox.${kind}`)}</Toned>{' '}
          <Link
            component={RouterLink}
            to={told(link)}
            underline="hover"
            sx={{ fontWeight: 600 }}
          >
            {kind === 'held' ? t('inbox.heldIn', { name: title }) : title}
          </Link>
        </Box>
        {detail && (
          <Box
            title={detail}
            sx={{
              color: 'text.secondary',
              fontSize: '0.8125rem',
              // Two lines say enough to choose; the page behind the link says all.
              display: '-webkit-box',
              WebkitBoxOrient: 'vertical',
              WebkitLineClamp: '2',
              overflow: 'hidden',
              overflowWrap: 'anywhere',
            }}
          >
            {detail}
          </Box>
        )}
      </Box>
      {since && (
        <Box sx={{ color: 'text.secondary', fontSize: '0.8125rem' }}>
          <RelativeTime at={since} />
        </Box>
      )}
    </Box>
  );
}
