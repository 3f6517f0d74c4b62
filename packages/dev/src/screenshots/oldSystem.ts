import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import type { Check } from '../lib/checks.ts';
import { ROOT, stateDirectory } from '../lib/paths.ts';
import { say } from '../lib/say.ts';
import { launchPackagedBrowser } from '../story/browser.ts';
import { buildApp } from './bundle.ts';
import { serve } from './serve.ts';

const require = createRequire(import.meta.url);

/** A page of the old app, and what has to be on it. */
interface Visit {
  name: string;
  path: string;
  /** Done on the page, in this order: something to wait for. */
  sees: (page: Page) => Promise<unknown>[];
}

const SERVICE = '/catalog/default/component/checkout';

const VISITS: Visit[] = [
  {
    name: 'the sidebar leads to the platform page, which has its sub-pages as tabs',
    path: '/slipway',
    sees: page => [
      page.getByRole('link', { name: 'Slipway' }).first().waitFor(),
      page.getByRole('tab', { name: 'Environments' }).waitFor(),
      page.getByRole('tab', { name: 'Operations' }).waitFor(),
    ],
  },
  {
    name: 'the overview of the platform',
    path: '/slipway/overview',
    sees: page => [page.getByText('Needs me').first().waitFor()],
  },
  {
    name: 'what waits for an approval',
    path: '/slipway/approvals',
    sees: page => [page.getByText('Waiting for me').first().waitFor()],
  },
  {
    name: 'the organizations',
    path: '/slipway/organizations',
    sees: page => [page.getByText('The Shop').first().waitFor()],
  },
  {
    name: 'the page of an organization',
    path: '/slipway/organizations/shop',
    sees: page => [page.getByRole('heading', { name: 'The Shop' }).waitFor()],
  },
  {
    name: 'the policies',
    path: '/slipway/policies',
    sees: page => [page.getByText('baseline').first().waitFor()],
  },
  {
    name: 'the list of environments',
    path: '/slipway/environments',
    sees: page => [page.getByText('checkout / staging').first().waitFor()],
  },
  {
    name: 'the page of an environment',
    path: '/slipway/environments/shop/checkout/staging',
    sees: page => [page.getByText('Not healthy').first().waitFor()],
  },
  {
    name: 'the list of change requests',
    path: '/slipway/change-requests',
    sees: page => [page.getByText('Retry payments').first().waitFor()],
  },
  {
    name: 'a change request with its plan',
    path: '/slipway/change-requests/cr-58',
    sees: page => [page.getByRole('button', { name: /^Approve/ }).waitFor()],
  },
  {
    name: 'operations',
    path: '/slipway/operations',
    sees: page => [page.getByText('Sandbox EU').first().waitFor()],
  },
  {
    name: 'the cards on the page of a service',
    path: SERVICE,
    sees: page => [
      page.getByText('Not healthy').first().waitFor(),
      page.getByText('Drift').first().waitFor(),
      page.getByText('Pipelines').first().waitFor(),
    ],
  },
  {
    name: 'the tab on the page of a service',
    path: `${SERVICE}/environments`,
    sees: page => [
      page
        .getByRole('heading', { name: /^checkout/ })
        .first()
        .waitFor(),
    ],
  },
  {
    name: 'the fields in a form of the scaffolder',
    path: '/create/templates/default/new-service',
    sees: page => [
      page
        .getByLabel(/^Organization/)
        .first()
        .waitFor(),
      page.getByLabel(/^Name/).first().waitFor(),
    ],
  },
];

/** Every export for the old frontend system, in an app that is on it. */
export function oldSystemCheck(): Check {
  return {
    name: 'pages in the old frontend system (chromium, axe)',
    async run() {
      const built = await mkdtemp(join(tmpdir(), 'slipway-old-'));
      try {
        await buildApp({
          entry: join(ROOT, 'plugins/slipway/dev/legacy/index.tsx'),
          output: built,
          config: {
            app: { title: 'Old', baseUrl: 'http://localhost:3011' },
            backend: { baseUrl: 'http://localhost:7011' },
          },
        });
        return await visitAll(built);
      } catch (error) {
        process.stdout.write(`${(error as Error).stack}\n`);
        return { passed: 0, failed: VISITS.length };
      } finally {
        await rm(built, { recursive: true, force: true });
      }
    },
  };
}

async function visitAll(
  built: string,
): Promise<{ passed: number; failed: number }> {
  const server = await serve(built);
  const browser = await launchPackagedBrowser();
  let passed = 0;
  try {
    const page = await browser.newPage({
      viewport: { width: 1280, height: 900 },
      reducedMotion: 'reduce',
    });
    page.setDefaultTimeout(10_000);
    const errors: string[] = [];
    page.on('pageerror', error => errors.push(error.message));
    for (const visit of VISITS) {
      errors.length = 0;
      try {
        await page.goto(server.url + visit.path);
        await Promise.all(visit.sees(page));
        const wrong = [...errors, ...(await seriousFindings(page))];
        if (wrong.length > 0) throw new Error(wrong.join('\n      '));
        passed += 1;
      } catch (error) {
        const path = join(stateDirectory(), 'pictures', 'old-system.png');
        await page.screenshot({ path, fullPage: true });
        say(
          `  ✖ ${visit.name} (${visit.path}): ${(error as Error).message}\n      it looked like ${path}`,
        );
      }
    }
  } finally {
    await browser.close();
    await server.close();
  }
  return { passed, failed: VISITS.length - passed };
}

/** Of what is ours on the page; its frame is Backstage's. */
async function seriousFindings(page: Page): Promise<string[]> {
  await page.addScriptTag({ path: require.resolve('axe-core/axe.min.js') });
  return page.evaluate(async () => {
    const { axe } = window as unknown as { axe: typeof import('axe-core') };
    const ours = document.querySelector('main main, article, main') ?? document;
    const { violations } = await axe.run(ours as HTMLElement, {
      resultTypes: ['violations'],
    });
    return violations
      .filter(v => v.impact === 'serious' || v.impact === 'critical')
      .map(v => `${v.id} (${v.impact}): ${v.nodes[0].html.slice(0, 200)}`);
  });
}
