import { PLATFORM_OWNER, type GiteaHost } from '../lib/giteaHost.ts';
import type { Reader } from './Reader.ts';
import {
  choose,
  chooseEnvironment,
  chooseOrganization,
  chooseOwner,
  next,
} from './onboarding.ts';
import type { Chapter } from './story.ts';

const ORGANIZATION = 'shop';
const SERVICE = 'orders';
const REPOSITORY = `${ORGANIZATION}/${SERVICE}`;
const PLATFORM = `repos/${PLATFORM_OWNER}/platform`;
const BINDING = `organizations/${ORGANIZATION}/bindings/${SERVICE}.yaml`;

interface Pull {
  number: number;
  title: string;
  html_url: string;
  head: { sha: string; ref: string };
}

interface Hook {
  config: { url: string };
}

/** How teams work whose code lives at a Git host, some of whom never open the portal. */
export function hostChapters(host: GiteaHost): Chapter[] {
  const { ask, person } = host;
  const pulls = () => ask<Pull[]>('GET', `${PLATFORM}/pulls?state=open`);
  const pullOf = async (title: RegExp): Promise<Pull> => {
    const found = (await pulls()).find(pull => title.test(pull.title));
    if (!found) throw new Error(`No open pull request ${title}`);
    return found;
  };
  const status = async ({ head }: Pull) =>
    (
      await ask<Array<{ context: string; status: string }>>(
        'GET',
        `${PLATFORM}/commits/${head.sha}/statuses`,
      )
    ).find(({ context }) => context === 'slipway/plan')?.status;
  const comments = async ({ number }: Pull) =>
    (
      await ask<Array<{ body: string }>>(
        'GET',
        `${PLATFORM}/issues/${number}/comments`,
      )
    ).map(({ body }) => body);
  const hooks = async () =>
    (await ask<Hook[]>('GET', `repos/${REPOSITORY}/hooks`)).map(
      ({ config }) => config.url,
    );

  return [
    {
      name: 'a developer finds a repository that is there already by typing a part of its name',
      async run(reader) {
        const { page } = reader;
        await reader.enterAs('Dana, developer');
        await reader.goto('/create/templates/default/onboard-repository');
        await chooseOrganization(reader);
        const repository = page.getByRole('combobox', { name: /^Repository/ });
        await repository.click();
        await repository.fill('ord');
        await page
          .getByRole('option', { name: /shop\/orders-2019.*archived/ })
          .waitFor();
        await reader.screenshot('1-search');
        await page.getByRole('option', { name: /shop\/orders\b(?!-)/ }).click();
        await page.getByText(/shop\/orders at .*, branch main/).waitFor();
        await reader.accessible('form');
        await reader.screenshot('2-repository');
        await next(reader);
      },
    },
    {
      name: 'what it runs is offered as a first spec, with what was not taken over, and the plan says what becomes of it',
      async run(reader) {
        const { page } = reader;
        const name = page.getByLabel(/^Name/).first();
        await reader.eventually(
          'the name of the repository for the service',
          async () => (await name.inputValue()) === SERVICE,
        );
        await chooseOwner(reader);
        await page
          .getByLabel(/^Description/)
          .first()
          .fill('Takes what somebody has bought');
        await reader.screenshot('3-service');
        await next(reader);
        await page.getByText(/Read from its manifests, at commit/).waitFor();
        await page.getByText('k8s/kustomization.yaml').first().waitFor();
        await page.getByText(/After the merge Slipway installs/).waitFor();
        await reader.accessible('form');
        await reader.screenshot('4-first-spec');
        // The clusters of the story have nothing that fetches a secret.
        await page
          .getByRole('button', { name: /Remove .*PAYMENT_API_KEY/ })
          .click();
        await next(reader);
        await chooseEnvironment(reader);
        await reader.screenshot('5-environments');
        await next(reader);
        await page
          .getByText(/objects in 1 environment/)
          .first()
          .waitFor();
        await reader.accessible('form');
        await reader.screenshot('6-plan');
      },
    },
    {
      name: 'one change request is opened: a pull request there, with the plan as a comment and as the status slipway/plan',
      async run(reader) {
        const { page } = reader;
        await page.getByRole('button', { name: /Review/ }).click();
        const create = page.getByRole('button', { name: /^Create$/ });
        await create.waitFor();
        await reader.screenshot('7-review');
        await create.click();
        const link = page.getByRole('link', { name: /Change request #/ });
        await link.first().waitFor();
        await reader.screenshot('8-run');
        const href = await link.first().getAttribute('href');
        if (!href) throw new Error('The link of the run leads nowhere.');
        const pull = await pullOf(/Onboard/);
        await reader.eventually(
          'the status of the pull request',
          async () => (await status(pull)) === 'success',
        );
        const told = await reader.eventually('its comment', async () => {
          const [first, ...more] = await comments(pull);
          if (more.length > 0) throw new Error('more than one comment');
          return first;
        });
        if (!told.includes('/slipway/change-requests/'))
          throw new Error(`The comment leads nowhere:\n${told}`);
        await ask(
          'POST',
          `${PLATFORM}/pulls/${pull.number}/reviews`,
          { event: 'APPROVED', body: 'Good to have it there.' },
          person,
        );
        await reader.goto(href.replace(/^https?:\/\/[^/]+/, ''));
        await page.getByRole('list', { name: 'Reviews' }).waitFor();
        await page
          .getByRole('list', { name: 'Checks' })
          .getByText('slipway/plan')
          .waitFor();
        const there = await page
          .getByRole('link', { name: /Git host/ })
          .first()
          .getAttribute('href');
        if (there !== pull.html_url)
          throw new Error(`The page links to ${there}, not ${pull.html_url}`);
        await reader.accessible();
        await reader.screenshot('9-change-request');
      },
    },
    {
      name: 'somebody who never opens the portal merges it, and the page says so by itself',
      async run(reader) {
        const { page } = reader;
        const pull = await pullOf(/Onboard/);
        await ask(
          'POST',
          `${PLATFORM}/pulls/${pull.number}/merge`,
          { Do: 'merge' },
          person,
        );
        await page.getByText(/merged as/i).waitFor();
        await page
          .getByRole('list', { name: 'What came of it' })
          .getByRole('link', { name: 'orders / staging' })
          .waitFor();
        await reader.screenshot('10-merged');
      },
    },
    {
      name: 'the webhook is installed, and its ping has arrived; pinged again, another one arrives',
      async run(reader) {
        const { page } = reader;
        await reader.goto(`/slipway/organizations/${ORGANIZATION}`);
        const row = page
          .getByRole('list', { name: 'Repositories' })
          .getByRole('listitem')
          .filter({ hasText: REPOSITORY });
        await row.getByText('Ping arrived').waitFor();
        if ((await hooks()).length !== 1)
          throw new Error(`Webhooks: ${(await hooks()).join(', ')}`);
        await reader.accessible();
        await reader.screenshot('11-webhook');
        const before = await pingOf(reader);
        await row.getByRole('button', { name: /^Ping again/ }).click();
        await reader.eventually(
          'the answer to another ping',
          async () => (await pingOf(reader)) > before,
        );
        await row.getByText('Ping arrived').waitFor();
        await reader.screenshot('12-pinged-again');
      },
    },
    {
      name: 'a pull request that was made by hand is among the change requests, with its plan there and here',
      async run(reader) {
        const { page } = reader;
        await removeBinding(host);
        await reader.goto('/slipway/change-requests');
        const link = page.getByRole('link', { name: /Let go of orders/ });
        await link.waitFor();
        await reader.accessible();
        await reader.screenshot('13-change-requests');
        await link.click();
        await page.getByText(BINDING).first().waitFor();
        const pull = await pullOf(/Let go of orders/);
        await reader.eventually(
          'its status',
          async () => (await status(pull)) === 'success',
        );
        await reader.eventually(
          'its comment',
          async () => (await comments(pull)).length === 1,
        );
        await reader.screenshot('14-made-by-hand');
      },
    },
    {
      name: 'with the binding the webhook goes',
      async run(reader) {
        const { page } = reader;
        const pull = await pullOf(/Let go of orders/);
        await ask(
          'POST',
          `${PLATFORM}/pulls/${pull.number}/merge`,
          { Do: 'squash' },
          person,
        );
        await reader.eventually(
          'no webhook',
          async () => (await hooks()).length === 0,
        );
        await reader.goto(`/slipway/organizations/${ORGANIZATION}`);
        await page.getByText('No repository is bound').waitFor();
        await reader.screenshot('15-removed');
      },
    },
    {
      name: 'an Application that was made by hand is adopted by a change request, and nothing of it is made anew',
      async run(reader) {
        const { page } = reader;
        const deployment =
          '/apis/apps/v1/namespaces/billing/deployments/billing';
        await reader.eventually(
          'what was made by hand to run',
          async () => (await reader.kubernetes(deployment)).status === 200,
        );
        await reader.enterAs('Priya, platform engineer');
        await reader.goto('/create/templates/default/adopt-application');
        const found = page.getByRole('combobox', {
          name: /^Argo CD Application/,
        });
        await found.click();
        await found.fill('bil');
        await reader.screenshot('16-adoptable');
        await page.getByRole('option', { name: /billing/ }).click();
        await reader.accessible('form');
        await next(reader);
        await chooseOrganization(reader);
        await page
          .getByLabel(/^Service/)
          .first()
          .fill('billing');
        await choose(reader, /^Class/, /workbench/);
        await page.getByText('no approval needed').waitFor();
        await reader.accessible('form');
        await reader.screenshot('17-adoption');
        await page.getByRole('button', { name: /Review/ }).click();
        await page.getByRole('button', { name: /^Create$/ }).click();
        const link = page.getByRole('link', { name: /Change request #/ });
        await link.first().waitFor();
        await reader.screenshot('18-adopted');
        await link.first().click();
        await page.getByText('services/billing.yaml').first().waitFor();
        await reader.accessible();
        await reader.screenshot('19-adoption-request');
      },
    },
  ];
}

/** When the last ping was answered, RFC 3339; empty while one is under way. */
async function pingOf(reader: Reader): Promise<string> {
  const { items } = await reader.api<{
    items: Array<{ name: string; pingAnsweredAt?: string }>;
  }>(`/organizations/${ORGANIZATION}/bindings`);
  return items.find(({ name }) => name === SERVICE)?.pingAnsweredAt ?? '';
}

/** Takes the binding out on a branch and opens a pull request, as somebody does who works at the host alone. */
async function removeBinding({ ask, person }: GiteaHost): Promise<void> {
  const { sha } = await ask<{ sha: string }>(
    'GET',
    `${PLATFORM}/contents/${BINDING}`,
  );
  await ask(
    'DELETE',
    `${PLATFORM}/contents/${BINDING}`,
    { sha, new_branch: 'let-go', message: 'Let go of orders' },
    person,
  );
  await ask(
    'POST',
    `${PLATFORM}/pulls`,
    { base: 'main', head: 'let-go', title: 'Let go of orders' },
    person,
  );
}
