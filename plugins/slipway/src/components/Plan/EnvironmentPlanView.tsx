import Box from '@mui/material/Box';
import type { ApiEnvironmentPlan } from '@slipway/plugin-slipway-common';
import type { ReactNode } from 'react';
import { count, money } from '../../format';
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

const WHOLE: Record<ApiEnvironmentPlan['verb'], string> = {
  create: 'new environment',
  update: 'changed',
  delete: 'removed',
  keep: 'unchanged',
};

/**
 * What would happen to one environment, folded to a line that says the same in figures.
 *
 * @internal
 */
export function EnvironmentPlanView(props: {
  plan: ApiEnvironmentPlan;
  defaultOpen?: boolean;
}) {
  const { plan, defaultOpen = true } = props;
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
          <strong>{plan.environment}</strong> <Tag>{plan.class}</Tag>{' '}
          <Box component="span" sx={{ color: 'text.secondary' }}>
            +{tally(plan, 'create')} ~{tally(plan, 'update')} −
            {tally(plan, 'delete')} objects · {WHOLE[plan.verb]} ·{' '}
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
        <Section title="Policy">
          <Verdicts verdicts={plan.verdicts} passed={plan.passed} />
        </Section>
        <Section title="Quota">
          <QuotaBars quota={plan.quota} />
        </Section>
        <Section title="Approval and build gates">
          <Approval approval={plan.approval} />
          <BuildGates gates={plan.gates} />
        </Section>
        <Section title="Cost">
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
  const { required, count: people, groups } = props.approval;
  return (
    <Box sx={{ fontSize: '0.875rem', mb: 0.5 }}>
      {required ? (
        <>
          {count(people, 'person', 'people')} must approve
          {groups.length > 0 && ', of '}
          {groups.map((group, index) => (
            <span key={group}>
              {index > 0 && ', '}
              <EntityName entityRef={group} kind="group" />
            </span>
          ))}
          .
        </>
      ) : (
        'No approval is needed.'
      )}
    </Box>
  );
}

/** What dies with data in it, by name: red alone is not enough. */
function DataLoss(props: { plan: ApiEnvironmentPlan }) {
  const lost = props.plan.objects.filter(
    ({ verb, holdsData }) => verb === 'delete' && holdsData,
  );
  if (lost.length === 0) {
    return null;
  }
  return (
    <Box sx={{ px: 2, py: 1, fontSize: '0.875rem' }}>
      <Toned tone="bad">
        Data will be lost:{' '}
        {lost.map(({ kind, name }) => `${kind} ${name}`).join(', ')}.
      </Toned>{' '}
      There is no undo; make a backup first if anybody needs what is in it.
    </Box>
  );
}
