import type { Browser, Page } from 'playwright-core';

/** How long a page took. */
export interface PageTime {
  name: string;
  ms: number;
}

/** The first look compiles the frontend, which takes long on a machine that has other work. */
const PATIENCE_MS = 180_000;
/** A page that has nothing to show by then is loaded again. */
const LOOK_MS = 20_000;

/**
 * Somebody of the platform team, who opens the pages over the whole fleet. One window for all of them: the Chromium that
 * comes as a package is one process, and ends when its first window is closed.
 */
export class FleetPages {
  /** Enters as a platform engineer does. */
  static async enter(
    browser: Browser,
    frontendUrl: string,
    fleet: number,
  ): Promise<FleetPages> {
    const context = await browser.newContext({
      viewport: { width: 1280, height: 900 },
    });
    const page = await context.newPage();
    page.setDefaultTimeout(PATIENCE_MS);
    page.setDefaultNavigationTimeout(PATIENCE_MS);
    await page.goto(`${frontendUrl}/catalog`, {
      waitUntil: 'domcontentloaded',
    });
    await page.getByRole('button', { name: 'Enter as Priya' }).click();
    await page.getByRole('link', { name: 'Slipway' }).first().waitFor();
    return new FleetPages(page, frontendUrl, fleet);
  }

  private readonly page: Page;
  private readonly frontendUrl: string;
  private readonly fleet: number;

  private constructor(page: Page, frontendUrl: string, fleet: number) {
    this.page = page;
    this.frontendUrl = frontendUrl;
    this.fleet = fleet;
  }

  overview(): Promise<PageTime> {
    const all = new RegExp(`${this.fleet.toLocaleString('en')}|${this.fleet}`);
    return this.timed('overview', '/slipway', all);
  }

  environments(): Promise<PageTime> {
    return this.timed('environments', '/slipway/environments', /fleet-\d+/);
  }

  /** Opens the page of a service in the catalog, which takes a while to know it, and leaves it open. */
  async service(name: string, shows: string): Promise<Page> {
    const deadline = performance.now() + PATIENCE_MS;
    for (;;) {
      await this.page.goto(
        `${this.frontendUrl}/catalog/default/component/${name}`,
        { waitUntil: 'domcontentloaded' },
      );
      const row = this.page.getByText(shows, { exact: true }).first();
      const there = await row.waitFor({ timeout: LOOK_MS }).then(
        () => true,
        () => false,
      );
      if (there) return this.page;
      if (performance.now() > deadline)
        throw new Error(`The page of ${name} doesn't show ${shows}.`);
    }
  }

  private async timed(
    name: string,
    path: string,
    sees: RegExp,
  ): Promise<PageTime> {
    const { page } = this;
    // The first time the code is compiled, which is the same with an empty fleet. Data is asked for both times.
    for (let i = 0; ; i++) {
      await page.goto(`${this.frontendUrl}/settings`, {
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
  }
}
