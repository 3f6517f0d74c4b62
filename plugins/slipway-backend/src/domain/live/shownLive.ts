import type { EnvironmentRecord } from '../../ports/EnvironmentStore';

/** Stations of which pages show what the watches see now, once the road has got that far. */
export const LIVE_STATIONS: readonly string[] = ['Synced', 'Healthy'];

/** Whether it has. */
export function isShownLive({
  conditions,
  declared,
}: Pick<EnvironmentRecord, 'conditions' | 'declared'>): boolean {
  return (
    declared &&
    conditions.some(
      ({ type, status }) => type === 'Provisioned' && status === 'True',
    )
  );
}

/** Reasons at those stations that come with time alone, which no watch tells. */
export const TIMED_REASONS: readonly string[] = ['ArgoCDSilent'];
