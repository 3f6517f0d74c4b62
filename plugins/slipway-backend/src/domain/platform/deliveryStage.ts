/** How far what was rendered is brought, in the order of the way there. */
export const DELIVERY_STAGES = [
  'write',
  'commit',
  'branch',
  'change-request',
  'push',
] as const;

/** A stage of the delivery: the last one that Slipway does itself. */
export type DeliveryStage = (typeof DELIVERY_STAGES)[number];

/**
 * How far one environment is delivered. A class that wants somebody to look at its deliveries never gets less than
 * that: the installation may hold back further, and only where it doesn't, the class decides.
 */
export function deliveryStage(
  mode: 'direct' | 'change-request',
  setting: DeliveryStage | undefined,
): DeliveryStage {
  if (setting !== undefined && setting !== 'push') return setting;
  return mode === 'direct' ? 'push' : 'change-request';
}
