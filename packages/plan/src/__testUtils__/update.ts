/**
 * Whether files that are made from others are written instead of compared:
 * `UPDATE_GOLDEN=1 yarn workspace @slipway/plan test`.
 */
export const UPDATE = process.env.UPDATE_GOLDEN === '1';
