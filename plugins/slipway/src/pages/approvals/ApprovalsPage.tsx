import { useTranslationRef } from '@backstage/frontend-plugin-api';
import Box from '@mui/material/Box';
import Link from '@mui/material/Link';
import type { ApiInboxItem } from '@slipway/plugin-slipway-common';
import { Link as RouterLink } from 'react-router-dom';
import { useOverview } from '../../api';
import { EmptyState, Panel, RowsSkeleton, StateView } from '../../components';
import { slipwayTranslationRef } from '../../translation';
import { usePageLinks } from '../links';
import { InboxRow } from '../overview/Inbox';
import { PageBody } from '../PageBody';
import { PlatformShortcuts } from '../PlatformShortcuts';

const isAsked = ({ kind }: ApiInboxItem): boolean =>
  kind === 'approval' || kind === 'change';

/**
 * What waits for the reader's word: environments to approve, change requests to review.
 *
 * @internal
 */
export function ApprovalsPage() {
  const { t } = useTranslationRef(slipwayTranslationRef);
  const { page } = usePageLinks();
  const query = useOverview();
  const asked = query.data?.inbox.filter(isAsked).length;
  return (
    <PageBody>
      <Panel
        title={t('approvals.title')}
        aside={asked}
        actions={
          <>
            <Link
              component={RouterLink}
              to={page('change-requests')}
              variant="body2"
              sx={{ alignSelf: 'center' }}
            >
              {t('approvals.all')}
            </Link>
            <PlatformShortcuts />
          </>
        }
      >
        <StateView
          query={query}
          what={t('approvals.what')}
          skeleton={<RowsSkeleton rows={4} />}
          sources={({ clusters }) => clusters.map(({ age }) => age)}
          isEmpty={({ inbox }) => !inbox.some(isAsked)}
          empty={
            <EmptyState title={t('approvals.none')}>
              {t('approvals.noneText')}
            </EmptyState>
          }
        >
          {({ inbox }) => (
            <>
              <Group
                title={t('approvals.approvals')}
                items={inbox.filter(({ kind }) => kind === 'approval')}
              />
              <Group
                title={t('approvals.changes')}
                items={inbox.filter(({ kind }) => kind === 'change')}
              />
              <Box
                sx={{
                  px: 2,
                  py: 1.25,
                  borderTop: 1,
                  borderColor: 'divider',
                  color: 'text.secondary',
                  fontSize: '0.8125rem',
                }}
              >
                {t('approvals.how')}
              </Box>
            </>
          )}
        </StateView>
      </Panel>
    </PageBody>
  );
}

function Group(props: { title: string; items: ApiInboxItem[] }) {
  const { title, items } = props;
  if (items.length === 0) {
    return null;
  }
  return (
    <Box component="section" aria-label={title}>
      <Box
        component="h3"
        sx={{
          m: 0,
          px: 2,
          pt: 1.25,
          fontSize: '0.75rem',
          fontWeight: 700,
          color: 'text.secondary',
        }}
      >
        {title}
      </Box>
      <Box
        component="ul"
        aria-label={title}
        sx={{ listStyle: 'none', m: 0, p: 0 }}
      >
        {items.map(item => (
          <InboxRow key={item.id} item={item} />
        ))}
      </Box>
    </Box>
  );
}
