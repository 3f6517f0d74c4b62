import type { Reader } from './Reader.ts';
import type { Chapter } from './story.ts';

/** Its build gate is closed until its first revision comes; production is promoted from staging. */
const SERVICE = 'shop/catalogue';
const PAGE = `/slipway/environments/${SERVICE}`;

const FIRST = 'a1b2c3d4'.repeat(5);
const SECOND = 'b2c3d4e5'.repeat(5);

const short = (revision: string) => revision.slice(0, 7);

/** On a machine that has other work, too, Argo CD takes its time. */
const ROLL_OUT_MS = 120_000;

/** How a revision gets from CI to staging and production, and back. */
export const RELEASES: Chapter[] = [
  {
    name: 'a promotion that is not possible says why',
    async run(reader) {
      await reader.enterAs('Dana, developer');
      await ask(reader, 'production', 'Promote');
      await reader.page
        .getByRole('dialog')
        .getByText('Nothing was released to staging yet.')
        .waitFor();
      await reader.screenshot('12-promotion-blocked');
      await reader.page.keyboard.press('Escape');
    },
  },
  {
    name: 'CI hands over a revision, signed: the build gate opens and it runs; another signature counts for nothing',
    async run(reader) {
      const { page, ci } = reader;
      await reader.goto(`${PAGE}/staging`);
      await page.getByText('Build gate closed').first().waitFor();
      const forged = await ci.report(SERVICE, { revision: FIRST }, 'another');
      if (forged.status !== 401)
        throw new Error(`Another secret: ${forged.status} ${forged.body}`);
      await hand(reader, FIRST, 'List what is sold out', '2026-01-01');
      await runs(reader, 'staging', FIRST);
      await reader.screenshot('13-first-revision');
    },
  },
  {
    name: 'a promotion shows what production becomes; it is approved and merged once, and runs',
    async run(reader) {
      const { page } = reader;
      await ask(reader, 'production', 'Promote');
      const dialog = page.getByRole('dialog');
      await dialog.getByText('List what is sold out').waitFor();
      await dialog
        .getByText(/Deployment/)
        .first()
        .waitFor();
      await reader.screenshot('14-promotion');
      const path = await openRequest(reader);
      await reader.enterAs('Priya, platform engineer');
      await reader.goto(path);
      await page.getByRole('button', { name: /^Approve/ }).click();
      await merge(reader);
      await runs(reader, 'production', FIRST);
      await reader.eventually('no change request to be left over', async () => {
        const { items } = await reader.api<{
          items: Array<{ state: string; title: string }>;
        }>('/change-requests?state=open');
        return !items.some(({ title }) => title.includes(SERVICE));
      });
    },
  },
  {
    name: 'a second revision goes the same way, together with what others promote',
    async run(reader) {
      const { page } = reader;
      await hand(reader, SECOND, 'Show prices', '2026-01-02');
      await runs(reader, 'staging', SECOND);
      await reader.goto('/slipway/organizations/shop');
      await page.getByRole('link', { name: 'Promote several…' }).click();
      // What the spec pins is not promoted.
      await page
        .getByRole('listitem')
        .filter({ hasText: 'checkout' })
        .getByText(/pins/)
        .waitFor();
      await reader.accessible();
      await page.getByRole('checkbox', { name: 'catalogue' }).click();
      await reader.screenshot('15-promotions');
      await page
        .getByRole('button', { name: 'Open change request for 1 service' })
        .click();
      await page.getByRole('link', { name: 'See the change request' }).click();
      await merge(reader);
      await runs(reader, 'production', SECOND);
    },
  },
  {
    name: 'a release has a page: what it is, who brought it, and where it runs now',
    async run(reader) {
      const { page } = reader;
      await releaseLink(reader, SECOND).click();
      await page
        .getByRole('heading', { name: `catalogue / release ${short(SECOND)}` })
        .waitFor();
      const places = page.getByRole('table', { name: 'Where it runs' });
      for (const environment of ['staging', 'production']) {
        await places
          .getByRole('row')
          .filter({ hasText: environment })
          .getByText('running')
          .waitFor();
      }
      await reader.screenshot('16-release');
      await reader.accessible();
    },
  },
  {
    name: 'production goes back from its timeline: first the difference, then a change request, then it runs',
    async run(reader) {
      const { page } = reader;
      await reader.goto(`${PAGE}/production`);
      await page
        .getByRole('button', { name: 'Roll back to this' })
        .first()
        .click();
      const dialog = page.getByRole('dialog');
      await dialog
        .getByText(/Deployment/)
        .first()
        .waitFor();
      await reader.screenshot('17-rollback');
      await openRequest(reader);
      await merge(reader);
      await runs(reader, 'production', FIRST);
    },
  },
  {
    name: 'staging goes back at once, as its class says, and forward again by one press',
    async run(reader) {
      const { page } = reader;
      await ask(reader, 'staging', 'Roll back');
      const dialog = page.getByRole('dialog');
      await dialog.getByRole('button', { name: 'Roll back now' }).click();
      const forward = dialog.getByRole('button', {
        name: 'Roll forward again',
      });
      await forward.waitFor();
      await running(reader, 'staging', FIRST);
      await forward.click();
      await dialog.getByText('The road tells when it is there').waitFor();
      await dialog.getByRole('button', { name: 'Close' }).click();
      await runs(reader, 'staging', SECOND);
      await reader.screenshot('18-forward');
    },
  },
];

async function hand(
  { ci }: Reader,
  revision: string,
  message: string,
  day: string,
): Promise<void> {
  const { status, body } = await ci.report(SERVICE, {
    revision,
    message,
    createdAt: `${day}T00:00:00Z`,
  });
  if (status !== 202) throw new Error(`${short(revision)}: ${status} ${body}`);
}

/** Opens one of the actions of an environment. */
async function ask(
  reader: Reader,
  environment: string,
  action: string,
): Promise<void> {
  const { page } = reader;
  await reader.goto(`${PAGE}/${environment}`);
  await page.getByRole('button', { name: 'Actions' }).click();
  await page.getByRole('menuitem', { name: new RegExp(`^${action}`) }).click();
}

/** Asks for the change request that a dialog offers, and gives its address. */
async function openRequest({ page }: Reader): Promise<string> {
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Open change request' }).click();
  await dialog.getByRole('link', { name: 'See the change request' }).click();
  await page.getByRole('button', { name: /^Merge/ }).waitFor();
  return new URL(page.url()).pathname;
}

async function merge({ page }: Reader): Promise<void> {
  const button = page.locator('main button:not([aria-disabled=true])', {
    hasText: /^Merge/,
  });
  await button.click();
  await page.getByRole('dialog').getByRole('button', { name: /Merge/ }).click();
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
  await page.getByText('merged', { exact: false }).first().waitFor();
}

/** The environment's page says that it runs a revision, and that all is well. */
async function runs(
  reader: Reader,
  environment: string,
  revision: string,
): Promise<void> {
  const { page } = reader;
  if (!page.url().endsWith(`${PAGE}/${environment}`))
    await reader.goto(`${PAGE}/${environment}`);
  await releaseLink(reader, revision).waitFor({ timeout: ROLL_OUT_MS });
  await page
    .getByText('every station is done')
    .waitFor({ timeout: ROLL_OUT_MS });
  await running(reader, environment, revision);
}

/** A way to the page of a release; change requests that promote it have its revision in their titles, too. */
function releaseLink({ page }: Reader, revision: string) {
  return page
    .locator('a[href*="/releases/"]')
    .filter({ hasText: short(revision) })
    .first();
}

/** The cluster runs it: an image of this revision, available. */
async function running(
  reader: Reader,
  environment: string,
  revision: string,
): Promise<void> {
  await reader.eventually(
    `${environment} to run ${short(revision)}`,
    async () => {
      const { body } = await reader.kubernetes(
        `/apis/apps/v1/namespaces/shop--catalogue--${environment}/deployments/api`,
      );
      const image = body.spec?.template?.spec?.containers?.[0]?.image ?? '';
      return (
        image.includes(revision) && (body.status?.availableReplicas ?? 0) >= 1
      );
    },
    ROLL_OUT_MS / 1000,
  );
}
