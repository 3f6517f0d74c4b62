import { useTranslationRef } from '@backstage/frontend-plugin-api';
import Box from '@mui/material/Box';
import Link from '@mui/material/Link';
import Typography from '@mui/material/Typography';
import type { ApiChangeRequestDetails } from '@slipway/plugin-slipway-common';
import type { ReactNode } from 'react';
import {
  Panel,
  RelativeTime,
  Sha,
  Sign,
  SIGN_TONES,
  Toned,
  type SignName,
} from '../../components';
import { webUrl } from '../../format';
import { slipwayTranslationRef } from '../../translation';

type PullRequest = NonNullable<ApiChangeRequestDetails['pullRequest']>;
type Review = PullRequest['reviews'][number];
type HostCheck = PullRequest['checks'][number];

const REVIEW_SIGNS: Record<Review['verdict'], SignName> = {
  approved: 'ok',
  'changes-requested': 'bad',
  commented: 'unknown',
};

/** The status that Slipway itself sets. */
const PLAN_STATUS = 'slipway/plan';

const CHECK_SIGNS: Record<HostCheck['state'], SignName> = {
  success: 'ok',
  failure: 'bad',
  pending: 'late',
};

/**
 * What the Git host says of the pull request: who reviewed it, and which checks ran.
 *
 * @internal
 */
export function PullRequestPanel(props: { pullRequest: PullRequest }) {
  const { reviews, checks, seenAt } = props.pullRequest;
  const { t } = useTranslationRef(slipwayTranslationRef);
  return (
    <Panel
      title={t('pullRequest.title')}
      aside={
        <>
          {t('pullRequest.seen')} <RelativeTime at={seenAt} form="ago" />
        </>
      }
      padded
    >
      <Box
        sx={{
          display: 'grid',
          gridTemplateColumns: { xs: '1fr', md: '1fr 1fr' },
          gap: 3,
          fontSize: '0.875rem',
        }}
      >
        <Said
          title={t('pullRequest.reviews')}
          none={t('pullRequest.noReviews')}
          items={reviews.map((review, index) => (
            <ReviewItem key={`${review.author} ${index}`} review={review} />
          ))}
        />
        <Said
          title={t('pullRequest.checks')}
          none={t('pullRequest.noChecks')}
          items={checks.map(check => (
            <CheckItem key={check.name} check={check} />
          ))}
        />
      </Box>
    </Panel>
  );
}

function Said(props: { title: string; none: string; items: ReactNode[] }) {
  const { title, none, items } = props;
  return (
    <div>
      <Typography component="h3" sx={{ fontSize: '0.875rem', fontWeight: 600 }}>
        {title}
      </Typography>
      {items.length === 0 ? (
        <Typography variant="body2" color="text.secondary">
          {none}
        </Typography>
      ) : (
        <Box
          component="ul"
          aria-label={title}
          sx={{ listStyle: 'none', m: 0, p: 0, overflowWrap: 'anywhere' }}
        >
          {items}
        </Box>
      )}
    </div>
  );
}

function ReviewItem(props: { review: Review }) {
  const { author, verdict, at, commit, stale } = props.review;
  const { t } = useTranslationRef(slipwayTranslationRef);
  const sign = REVIEW_SIGNS[verdict];
  return (
    <li>
      <Toned tone={stale ? 'off' : SIGN_TONES[sign]}>
        <Sign of={sign} /> {t(`pullRequest.verdict.${verdict}`)}
      </Toned>{' '}
      {author} {at && <RelativeTime at={at} form="ago" />}{' '}
      {commit && <Sha value={commit} label={t('pullRequest.commit')} />}
      {stale && ` · ${t('pullRequest.stale')}`}
    </li>
  );
}

function CheckItem(props: { check: HostCheck }) {
  const { name, state, description } = props.check;
  const { t } = useTranslationRef(slipwayTranslationRef);
  // Our own leads to this very page.
  const url = name === PLAN_STATUS ? undefined : webUrl(props.check.url);
  const sign = CHECK_SIGNS[state];
  return (
    <li>
      <Toned tone={SIGN_TONES[sign]}>
        <Sign of={sign} /> {t(`pullRequest.state.${state}`)}
      </Toned>{' '}
      {url ? (
        <Link href={url} target="_blank" rel="noopener" underline="always">
          {name}
        </Link>
      ) : (
        name
      )}
      {description && (
        <Box component="span" sx={{ color: 'text.secondary' }}>
          {' · '}
          {description}
        </Box>
      )}
    </li>
  );
}
