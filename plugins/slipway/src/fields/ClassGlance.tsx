import Box from '@mui/material/Box';
import type { ApiClass } from '@slipway/plugin-slipway-common';
import { count, money } from '../format';

/** The resources of a quota that people think in. */
const QUOTA: ReadonlyArray<readonly [key: string, name: string]> = [
  ['requests.cpu', 'CPU'],
  ['requests.memory', 'memory'],
  ['requests.storage', 'storage'],
];

/** What a class means, in the order in which people ask. @internal */
export function glanceOf(environmentClass: ApiClass): string[] {
  const { quota, ttl, approval, base } = environmentClass;
  const limits = QUOTA.filter(([key]) => quota.hard[key]).map(
    ([key, name]) => `${quota.hard[key]} ${name}`,
  );
  return [
    `${money(base.cents, base.currency)} a month before anything runs`,
    limits.length > 0 ? `up to ${limits.join(', ')}` : `quota ${quota.name}`,
    ttl
      ? `lives ${ttl.default}, at most ${ttl.max}`
      : 'lives until it is removed',
    approval.required
      ? `${count(approval.count, 'approval')}${approval.groups.length > 0 ? ` of ${approval.groups.join(', ')}` : ''}`
      : 'no approval needed',
    environmentClass.retainDatabases
      ? 'databases outlive it'
      : 'databases go with it',
  ];
}

/**
 * An environment class at a glance: cost, quota, lifetime, approval.
 *
 * @internal
 */
export function ClassGlance(props: { environmentClass: ApiClass }) {
  return (
    <Box sx={{ mt: 1, fontSize: '0.8125rem', color: 'text.secondary' }}>
      {props.environmentClass.description}
      <Box component="ul" sx={{ m: 0, pl: 2.5 }}>
        {glanceOf(props.environmentClass).map(fact => (
          <li key={fact}>{fact}</li>
        ))}
      </Box>
    </Box>
  );
}
