import type { Browser } from 'playwright-core';

/** How long a page took. */
export interface PageTime {
  name: string;
  ms: number;
}

/** Enters as a platform engineer and opens the pages over the whole fleet, as a person does: by their links. */
export async function measurePages(
  browser: Browser,
  frontendUrl: string,
  fleet: number,
): Promise<PageTime[]> {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 900 },
  });
  try {
    const page = await context.newPage();
    // The first look compiles the frontend, which takes long on a machine that has other work.
    page.setDefaultTimeout(180_000);
    page.setDefaultNavigationTimeout(180_000);
    await page.goto(`${frontendUrl}/catalog`, {
      waitUntil: 'domcontentloaded',
    });
    await page
      .getByRole('button', { name: 'Enter as Priya' })
      .click({ timeout: 90_000 });
    await page.getByRole('link', { name: 'Slipway' }).first().waitFor();
    const timed = async (
      name: string,
      path: string,
      sees: RegExp,
    ): Promise<PageTime> => {
      // The first time the code is compiled, which is the same with an empty fleet. Data is asked for both times.
      for (let i = 0; ; i++) {
        await page.goto(`${frontendUrl}/settings`, {
          waitUntil: 'domcontentloaded',
        });
        await page.getByRole('link', { name: 'Slipway' }).first().waitFor();
        const began = performance.now();
        await page.evaluate(to => {
          window.history.pushState({}, '', to);
          window.dispatchEvent(new PopStateEvent('popstate'));
        }, path);
        await page.getByText(sees).first().waitFor();
        if (i === 1) return { name, ms: performance.now() - began };
      }
    };
    return [
      await timed(
        'overview',
        '/slipway',
        new RegExp(`${fleet.toLocaleString('en')}|${fleet}`),
      ),
      await timed('environments', '/slipway/environments', /fleet-\d+/),
    ];
  } finally {
    await context.close();
  }
}
