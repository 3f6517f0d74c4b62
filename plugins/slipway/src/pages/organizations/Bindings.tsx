import { useRouteRef, useTranslationRef } from '@backstage/frontend-plugin-api';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Link from '@mui/material/Link';
import Tooltip from '@mui/material/Tooltip';
import type {
  ApiBinding,
  ApiWebhookCondition,
} from '@slipway/plugin-slipway-common';
import { Link as RouterLink } from 'react-router-dom';
import { useBindings, usePingBinding } from '../../api';
import {
  EmptyState,
  Panel,
  RelativeTime,
  RowsSkeleton,
  StateView,
  Toned,
  useMessageOf,
  useReasonWords,
} from '../../components';
import { templateRouteRef } from '../../routes';
import { SENTENCE, type Tone } from '../../theme';
import { slipwayTranslationRef } from '../../translation';

const TONES: Record<string, Tone> = {
  done: 'ok',
  here: 'go',
  stopped: 'bad',
  waiting: 'wait',
};

/**
 * The repositories that are bound to an organization: how their webhooks stand, and what came of the last ping.
 *
 * @internal
 */
export function Bindings(props: { organization: string }) {
  const { organization } = props;
  const { t } = useTranslationRef(slipwayTranslationRef);
  const query = useBindings(organization);
  return (
    <Panel
      title={t('onboarding.bindings')}
      aside={query.data?.items.length || undefined}
    >
      <StateView
        query={query}
        what={t('onboarding.repositories')}
        skeleton={<RowsSkeleton rows={2} />}
      >
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState title={t('onboarding.noBindings')}>
              <OnboardLink organization={organization} />
            </EmptyState>
          ) : (
            <Box
              component="ul"
              aria-label={t('onboarding.bindings')}
              sx={{ listStyle: 'none', m: 0, p: 0 }}
            >
              {items.map(binding => (
                <BindingRow key={binding.name} binding={binding} />
              ))}
            </Box>
          )
        }
      </StateView>
    </Panel>
  );
}

/** The way to the template, already filled in with the organization. */
function OnboardLink(props: { organization: string }) {
  const { t } = useTranslationRef(slipwayTranslationRef);
  const route = useRouteRef(templateRouteRef);
  if (!route) return <>{t('onboarding.noBindingsText')}</>;
  const filled = new URLSearchParams({
    formData: JSON.stringify({ organization: props.organization }),
  });
  const path = route({
    namespace: 'default',
    templateName: 'onboard-repository',
  });
  return (
    <Link component={RouterLink} to={`${path}?${filled}`}>
      {t('onboarding.noBindingsText')}
    </Link>
  );
}

/** The condition that a person has to know of: what is wrong, else what is proven last. */
function tellingOf(
  conditions: ApiWebhookCondition[],
): ApiWebhookCondition | undefined {
  return (
    conditions.find(({ status }) => status === 'False') ?? conditions.at(-1)
  );
}

function BindingRow(props: { binding: ApiBinding }) {
  const { binding } = props;
  const { repository, conditions, answer, lastEvent } = binding;
  const { t } = useTranslationRef(slipwayTranslationRef);
  const messageOf = useMessageOf();
  const ping = usePingBinding(binding.organization);
  const telling = tellingOf(conditions);
  const wordsOf = useReasonWords();
  const reason = telling && wordsOf(telling.reason);
  const full = `${repository.owner}/${repository.name}`;
  return (
    <Box
      component="li"
      sx={{
        px: 2,
        py: 1,
        borderBottom: 1,
        borderColor: 'divider',
        // The panel draws its own.
        '&:last-child': { borderBottom: 0 },
        display: 'flex',
        flexWrap: 'wrap',
        alignItems: 'baseline',
        gap: 1,
        fontSize: '0.875rem',
      }}
    >
      <Box sx={{ flex: '1 1 20rem', minWidth: 0 }}>
        {repository.page ? (
          <Link href={repository.page} target="_blank" rel="noopener">
            {full}
          </Link>
        ) : (
          full
        )}{' '}
        <Box component="span" sx={{ color: 'text.secondary' }}>
          {repository.branch}
        </Box>
        <div>
          <Toned tone={TONES[reason?.state ?? ''] ?? 'off'}>
            <strong>{reason?.title ?? t('onboarding.installing')}</strong>
          </Toned>
          {telling && <> – {telling.message}</>}
        </div>
        {reason && reason.who !== 'nobody' && <div>{reason.next}</div>}
        <Box sx={{ color: 'text.secondary' }}>
          {binding.pingAnsweredAt && (
            <>
              {t('onboarding.answered')}{' '}
              <RelativeTime at={binding.pingAnsweredAt} form="ago" />
              {' · '}
            </>
          )}
          {answer?.status !== undefined && (
            <>
              {t('onboarding.hostGot', { status: `${answer.status}` })}
              {' · '}
            </>
          )}
          {binding.lastDeliveryAt ? (
            <>
              {t('onboarding.lastDelivery', { event: lastEvent ?? '' })}{' '}
              <RelativeTime at={binding.lastDeliveryAt} form="ago" />
            </>
          ) : (
            t('onboarding.noDelivery')
          )}
        </Box>
        {ping.error && (
          <Box role="alert">
            <Toned tone="bad">{messageOf(ping.error)}</Toned>
          </Box>
        )}
      </Box>
      <Tooltip title={binding.ping.reason ?? ''}>
        <span>
          <Button
            size="small"
            onClick={() => ping.mutate(binding.name)}
            disabled={!binding.ping.allowed || ping.isPending}
            // What is said has to hold what is read.
            aria-label={
              ping.isPending
                ? undefined
                : t('onboarding.pingOf', { name: full })
            }
            sx={SENTENCE}
          >
            {t(ping.isPending ? 'onboarding.pinging' : 'onboarding.ping')}
          </Button>
        </span>
      </Tooltip>
    </Box>
  );
}
