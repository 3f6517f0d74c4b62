import { useTranslationRef } from '@backstage/frontend-plugin-api';
import Box from '@mui/material/Box';
import type { ApiEnvironmentPlan } from '@slipway/plugin-slipway-common';
import type { ReactNode } from 'react';
import { money } from '../../format';
import { slipwayTranslationRef } from '../../translation';
import { EntityName } from '../EntityName';
import { Fold } from '../Fold';
import { Tag } from '../Tag';
import { Toned } from '../Toned';
import { BuildGates } from './BuildGates';
import { CostTable } from './CostTable';
import { ObjectChanges } from './ObjectChanges';
import { QuotaBars } from './QuotaBars';
import { Verdicts } from './Verdicts';

const tally = (plan: ApiEnvironmentPlan, verb: string): number =>
  plan.objects.filter(object => object.verb === verb).length;

/**
 * What would happen to one environment, folded to a line that says the same in figures.
 *
 * @internal
 */
export function EnvironmentPlanView(props: {
  plan: ApiEnvironmentPlan;
  defaultOpen?: boolean;
  /** Names the service: plans of several stand below each other. */
  withService?: boolean;
}) {
  const { plan, defaultOpen = true, withService } = props;
  const { t } = useTranslationRef(slipwayTranslationRef);
  return (
    <Fold
      defaultOpen={defaultOpen}
      summary={
        <Box
          sx={{
            display: 'flex',
            flexWrap: 'wrap',
            gap: 1,
            alignItems: 'baseline',
            flex: 1,
            mr: 1,
          }}
        >
          <strong>
            {withService && `${plan.service} / `}
            {plan.environment}
          </strong>{' '}
          <Tag>{plan.class}</Tag>{' '}
          <Box component="span" sx={{ color: 'text.secondary' }}>
            {t('plan.tally', {
              created: `${tally(plan, 'create')}`,
              changed: `${tally(plan, 'update')}`,
              removed: `${tally(plan, 'delete')}`,
            })}{' '}
            · {t(`plan.whole.${plan.verb}`)} ·{' '}
            {money(plan.cost.cents, plan.cost.currency)}
          </Box>{' '}
          <Box component="span" sx={{ ml: 'auto', color: 'text.secondary' }}>
            {plan.cluster}
          </Box>
        </Box>
      }
    >
      <DataLoss plan={plan} />
      <ObjectChanges objects={plan.objects} />
      <Box
        sx={{
          display: 'grid',
          gridTemplateColumns: { xs: '1fr', md: '1fr 1fr' },
          borderTop: 1,
          borderColor: 'divider',
        }}
      >
        <Section title={t('plan.policy')}>
          <Verdicts verdicts={plan.verdicts} passed={plan.passed} />
        </Section>
        <Section title={t('plan.quota')}>
          <QuotaBars quota={plan.quota} />
        </Section>
        <Section title={t('plan.approval')}>
          <Approval approval={plan.approval} />
          <BuildGates gates={plan.gates} />
        </Section>
        <Section title={t('plan.cost')}>
          <CostTable cost={plan.cost} />
        </Section>
      </Box>
    </Fold>
  );
}

function Section(props: { title: string; children: ReactNode }) {
  return (
    <Box
      component="section"
      aria-label={props.title}
      sx={{ px: 2, py: 1.5, minWidth: 0 }}
    >
      <Box
        sx={{
          color: 'text.secondary',
          fontSize: '0.75rem',
          fontWeight: 700,
          mb: 0.5,
        }}
      >
        {props.title}
      </Box>
      {props.children}
    </Box>
  );
}

function Approval(props: { approval: ApiEnvironmentPlan['approval'] }) {
  const { t } = useTranslationRef(slipwayTranslationRef);
  const { required, count: people, groups } = props.approval;
  return (
    <Box sx={{ fontSize: '0.875rem', mb: 0.5 }}>
      {required ? (
        <>
          {t('plan.approvals', { count: people })}
          {groups.length > 0 && `${t('plan.approvalsOf')} `}
          {groups.map((group, index) => (
            <span key={group}>
              {index > 0 && ', '}
              <EntityName entityRef={group} kind="group" />
            </span>
          ))}
          .
        </>
      ) : (
        t('plan.noApproval')
      )}
    </Box>
  );
}

/** What dies with data in it, by name: red alone is not enough. */
function DataLoss(props: { plan: ApiEnvironmentPlan }) {
  const { t } = useTranslationRef(slipwayTranslationRef);
  const lost = props.plan.objects.filter(
    ({ verb, holdsData }) => verb === 'delete' && holdsData,
  );
  if (lost.length === 0) {
    return null;
  }
  return (
    <Box sx={{ px: 2, py: 1, fontSize: '0.875rem' }}>
      <Toned tone="bad">
        {t('plan.dataLost', {
          names: lost.map(({ kind, name }) => `${kind} ${name}`).join(', '),
        })}
      </Toned>{' '}
      {t('plan.dataLostHelp')}
    </Box>
  );
}
