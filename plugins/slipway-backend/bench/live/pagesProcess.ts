import { pooled } from './kube';
import { Page } from './page';

const OPENED_AT_ONCE = 8;

/** What the parent asks for. */
export interface PagesOrder {
  api: string;
  environments: string[];
  pages: number;
  /** Absent: told by signals. */
  pollMs?: number;
}

// Open pages, in a process of their own: their work is not the backend's.
const pages: Page[] = [];

process.on('message', (order: Partial<PagesOrder> & { count?: true }) => {
  if (order.api) void open(order as PagesOrder);
  if (order.count)
    process.send!({
      requests: pages.reduce((sum, page) => sum + page.requests, 0),
    });
});
process.on('disconnect', () => process.exit());

async function open({ api, environments, pages: count, pollMs }: PagesOrder) {
  // A few at once: signing on to signals is not what is measured.
  const numbers = Array.from({ length: count }, (_, i) => i);
  await pooled(numbers, OPENED_AT_ONCE, async i => {
    const page = new Page(api, environments[i % environments.length]);
    pages.push(pollMs ? await page.polling(pollMs) : await page.live());
  });
  process.send!({ opened: pages.length });
}
