import { createRequire } from 'node:module';
import type { Browser, Page } from 'playwright-core';
import type { Listed, Picture } from './plan.ts';

const require = createRequire(import.meta.url);

/** Noon, in the middle of a week, far from the change of any clock. */
const NOW = new Date('2026-03-04T12:00:00Z');

const SIZES = {
  screen: { width: 1112, height: 900 },
  narrow: { width: 400, height: 800 },
  print: { width: 794, height: 1123 },
};

/** Long enough that no render is still to come, short enough for hundreds of pictures. */
const QUIET_MS = 100;
const PATIENCE_MS = 10_000;

/** Also what the browser draws only once it is scrolled to, for its height is a guess until then. */
const STILL = `*, *::before, *::after {
  animation: none !important;
  transition: none !important;
  caret-color: transparent !important;
  scroll-behavior: auto !important;
  content-visibility: visible !important;
}`;

/** What axe found to be serious or worse, a line each. */
type Findings = string[];

/** A page of a browser in which nothing moves: the clock stands, nothing is animated, nothing is asked of any network. */
export class Studio {
  static async open(browser: Browser, url: string): Promise<Studio> {
    const context = await browser.newContext({
      viewport: SIZES.screen,
      locale: 'en-GB',
      timezoneId: 'UTC',
      reducedMotion: 'reduce',
      deviceScaleFactor: 1,
    });
    // Whatever isn't ours isn't there.
    await context.route(
      target => target.origin !== new URL(url).origin,
      route => route.abort(),
    );
    const page = await context.newPage();
    const studio = new Studio(page, url);
    page.on('pageerror', error => studio.errors.push(error.message));
    await page.clock.setFixedTime(NOW);
    await studio.enter();
    return studio;
  }

  /** What the page threw since it was last asked. */
  errors: string[] = [];
  private readonly page: Page;
  private readonly url: string;

  private constructor(page: Page, url: string) {
    this.page = page;
    this.url = url;
  }

  /** Loads the playground, anew if need be. */
  async enter(): Promise<void> {
    const { page } = this;
    await page.goto(`${this.url}/stories`);
    await page.waitForFunction(() => 'slipwayStories' in window);
    await page.addStyleTag({ content: STILL });
    await page.addScriptTag({ path: require.resolve('axe-core/axe.min.js') });
  }

  /** Every story of the playground. */
  list(): Promise<Listed[]> {
    return this.page.evaluate(
      () => (window as unknown as { slipwayStories: Listed[] }).slipwayStories,
    );
  }

  /** Goes to a story and waits until it has come to rest. */
  async show(picture: Picture): Promise<void> {
    const { page } = this;
    this.errors = [];
    await page.setViewportSize(SIZES[picture.medium]);
    await page.emulateMedia({
      media: picture.medium === 'print' ? 'print' : 'screen',
      colorScheme: picture.theme,
    });
    await page.evaluate(path => {
      window.localStorage.clear();
      window.sessionStorage.clear();
      // The way of a link within the app, which takes a tenth of the time of a new page.
      window.history.pushState(null, '', '/stories');
      window.dispatchEvent(new PopStateEvent('popstate'));
      window.history.pushState(null, '', path);
      window.dispatchEvent(new PopStateEvent('popstate'));
    }, `/stories/${picture.theme}/${picture.view}/${picture.story}`);
    await page
      .locator(`[data-story="${picture.view}/${picture.story}"]`)
      .waitFor({ timeout: PATIENCE_MS });
    await page
      .locator('[data-settled]')
      .waitFor({ state: 'attached', timeout: PATIENCE_MS });
    await this.rest();
    for (const { role, name } of picture.press) {
      await page
        .getByRole(role, { name })
        .first()
        .click({ timeout: PATIENCE_MS });
      await this.rest();
    }
    // Where the pointer is shows on what lies under it.
    await page.mouse.move(0, 0);
    if ((await page.locator('[data-story]').count()) === 0)
      throw new Error('the story went away by itself');
  }

  /** Waits until the page has drawn what it has to draw. */
  async rest(): Promise<void> {
    await this.page.evaluate(
      ({ quiet, patience }) =>
        new Promise<void>(done => {
          let end = () => {};
          let timer: ReturnType<typeof setTimeout> | undefined;
          const wait = () => {
            clearTimeout(timer);
            timer = setTimeout(() => end(), quiet);
          };
          const observer = new MutationObserver(wait);
          end = () => {
            observer.disconnect();
            document.fonts.ready.then(() =>
              requestAnimationFrame(() => requestAnimationFrame(() => done())),
            );
          };
          observer.observe(document.body, {
            subtree: true,
            childList: true,
            attributes: true,
            characterData: true,
          });
          setTimeout(() => end(), patience);
          wait();
        }),
      { quiet: QUIET_MS, patience: PATIENCE_MS },
    );
  }

  /** The view and what lies over it, as a PNG. */
  async take(): Promise<Buffer> {
    const { page } = this;
    const clip = await page.evaluate(() => {
      const view = document.querySelector('[data-story]')!;
      const boxes = [
        view,
        // Drawers, dialogs and menus are drawn outside of the view.
        ...document.querySelectorAll(
          '[class*="MuiDialog-paper"], [class*="MuiDrawer-paper"], [class*="MuiPopover-paper"], [role="dialog"]',
        ),
      ].map(element => element.getBoundingClientRect());
      return {
        x: 0,
        y: 0,
        width: Math.ceil(Math.max(...boxes.map(box => box.right))),
        height: Math.ceil(
          Math.max(...boxes.map(box => box.bottom)) + window.scrollY,
        ),
      };
    });
    return page.screenshot({
      clip: {
        ...clip,
        width: Math.min(clip.width, page.viewportSize()!.width),
        height: Math.max(clip.height, 40),
      },
      fullPage: true,
      animations: 'disabled',
      caret: 'hide',
    });
  }

  /** How far the page is wider than its window, in pixels. */
  overflow(): Promise<number> {
    return this.page.evaluate(() => {
      const view = document.querySelector('[data-story]')!;
      return Math.max(
        document.documentElement.scrollWidth - window.innerWidth,
        view.scrollWidth - view.clientWidth,
      );
    });
  }

  /** Asks axe about the view and what lies over it. */
  accessibility(): Promise<Findings> {
    return this.page.evaluate(async () => {
      const { axe } = window as unknown as { axe: typeof import('axe-core') };
      // What lies under a dialog or a drawer is dimmed on purpose, and can't be reached.
      const over = document.querySelectorAll<HTMLElement>(
        '[class*="MuiModal-root"], [role="dialog"]',
      );
      const { violations } = await axe.run(
        over[over.length - 1] ?? document.body,
        {
          resultTypes: ['violations'],
          // The landmarks and the title of a page are the app's, which a story has none of.
          rules: {
            region: { enabled: false },
            'page-has-heading-one': { enabled: false },
          },
        },
      );
      return violations
        .filter(v => v.impact === 'serious' || v.impact === 'critical')
        .flatMap(v =>
          v.nodes
            .slice(0, 5)
            .map(node => `${v.id} (${v.impact}): ${node.html.slice(0, 160)}`),
        );
    });
  }

  close(): Promise<void> {
    return this.page.context().close();
  }
}
