import { Page } from './page';

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
  for (let i = 0; i < count; i++) {
    const page = new Page(api, environments[i % environments.length]);
    pages.push(pollMs ? await page.polling(pollMs) : await page.live());
  }
  process.send!({ opened: pages.length });
}
