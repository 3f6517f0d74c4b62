import { useTranslationRef } from '@backstage/frontend-plugin-api';
import Box from '@mui/material/Box';
import type { ApiClass } from '@slipway/plugin-slipway-common';
import { money } from '../format';
import { slipwayTranslationRef } from '../translation';

/** The resources of a quota that people think in. */
const QUOTA = ['cpu', 'memory', 'storage'] as const;

/** What a class means, in the order in which people ask. */
function useGlance(environmentClass: ApiClass): string[] {
  const { t } = useTranslationRef(slipwayTranslationRef);
  const { quota, ttl, approval, base } = environmentClass;
  const limits = QUOTA.flatMap(resource => {
    const amount = quota.hard[`requests.${resource}`];
    return amount ? [t(`classGlance.${resource}`, { amount })] : [];
  });
  const count = t('classGlance.approvals', { count: approval.count });
  const approvals =
    approval.groups.length > 0
      ? t('classGlance.approvalsOf', {
          approvals: count,
          groups: approval.groups.join(', '),
        })
      : count;
  return [
    t('classGlance.base', { amount: money(base.cents, base.currency) }),
    limits.length > 0
      ? t('classGlance.upTo', { limits: limits.join(', ') })
      : t('classGlance.quota', { name: quota.name }),
    ttl
      ? t('classGlance.lives', { default: ttl.default, max: ttl.max })
      : t('classGlance.stays'),
    approval.required ? approvals : t('classGlance.noApproval'),
    environmentClass.retainDatabases
      ? t('classGlance.databasesKept')
      : t('classGlance.databasesGone'),
  ];
}

/**
 * An environment class at a glance: cost, quota, lifetime, approval.
 *
 * @internal
 */
export function ClassGlance(props: { environmentClass: ApiClass }) {
  const facts = useGlance(props.environmentClass);
  return (
    <Box sx={{ mt: 1, fontSize: '0.8125rem', color: 'text.secondary' }}>
      {props.environmentClass.description}
      <Box component="ul" sx={{ m: 0, pl: 2.5 }}>
        {facts.map(fact => (
          <li key={fact}>{fact}</li>
        ))}
      </Box>
    </Box>
  );
}
