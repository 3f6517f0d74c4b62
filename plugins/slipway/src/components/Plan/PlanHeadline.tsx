import type { ApiPlan } from '@slipway/plugin-slipway-common';
import Box from '@mui/material/Box';
import type { ReactNode } from 'react';
import { count, money, moneyDelta } from '../../format';
import { HIDDEN, TABULAR } from '../../theme';
import { Toned } from '../Toned';

/** The sign is for the eye, the words are for the ear. */
const Counted = (props: { sign: string; n: number; word: string }) => (
  <>
    <span aria-hidden>
      {props.sign}
      {props.n}
    </span>
    <Box component="span" sx={HIDDEN}>
      {props.n} to {props.word},{' '}
    </Box>
  </>
);

/**
 * The plan in one line: "3 files · +12 ~1 −0 objects in 2 environments · 1 warning · €41.20 a month (+12.00)".
 *
 * @internal
 */
export function PlanHeadline(props: { plan: ApiPlan }) {
  const { files, environments, totals, problems } = props.plan;
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  const parts: ReactNode[] = [
    count(files.length, 'file'),
    <>
      <Toned tone="ok" bold={totals.create > 0}>
        <Counted sign="+" n={totals.create} word="create" />
      </Toned>{' '}
      <Toned tone="wait" bold={totals.update > 0}>
        <Counted sign="~" n={totals.update} word="change" />
      </Toned>{' '}
      <Toned tone="bad" bold={totals.delete > 0}>
        <Counted sign="−" n={totals.delete} word="remove" />
      </Toned>{' '}
      objects in {count(environments.length, 'environment')}
    </>,
  ];
  if (errors > 0) {
    parts.unshift(<Toned tone="bad">{count(errors, 'error')}</Toned>);
  }
  if (totals.denials > 0) {
    parts.push(<Toned tone="bad">{count(totals.denials, 'denial')}</Toned>);
  }
  if (totals.warnings > 0) {
    parts.push(<Toned tone="wait">{count(totals.warnings, 'warning')}</Toned>);
  }
  parts.push(
    <Box component="span" sx={TABULAR}>
      <strong>{money(totals.cents, totals.currency)} a month</strong> (
      {moneyDelta(totals.cents - totals.centsBefore)})
    </Box>,
  );
  return (
    <Box sx={{ fontSize: '0.9375rem' }}>
      {parts.map((part, index) => (
        <span key={index}>
          {index > 0 && ' · '}
          {part}
        </span>
      ))}
    </Box>
  );
}
