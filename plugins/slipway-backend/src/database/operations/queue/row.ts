/** A row of `queue_items` as it comes out of either database. */
export interface QueueRow {
  key: string;
  ticket: string;
  claimed_ticket: string | null;
  due_at: Date | number;
  claimable_at: Date | number | null;
  lease_token: string | null;
  attempts: number;
  last_error: string | null;
  dead_since: Date | number | null;
  updated_at: Date | number;
}

export const QUEUE_ITEMS = 'queue_items';
