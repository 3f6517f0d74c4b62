import type { Reader } from './Reader.ts';
import { chooseOwner, next, ONBOARDING } from './onboarding.ts';
import { RELEASES } from './releases.ts';

/** One chapter: something that a person does, and what has to be true afterwards. */
export interface Chapter {
  name: string;
  run(reader: Reader): Promise<void>;
}

const ORGANIZATION = 'shop';
const SERVICE = 'basket';
const SPEC = `organizations/${ORGANIZATION}/services/${SERVICE}.yaml`;

/** From the form to a running environment, its catalog entity and its card, then an edit and the end. */
export const STORY: Chapter[] = [
  {
    name: 'a newcomer finds a seeded organization, with environments on their roads',
    async run(reader) {
      await reader.enterAs('Guest');
      await reader.goto('/slipway');
      const { page } = reader;
      await page
        .getByText('Stopped by policy')
        .first()
        .waitFor({ timeout: 60_000 });
      await reader.screenshot('0-overview');
      await reader.accessible();
      await reader.goto('/slipway/environments');
      await page.getByRole('link', { name: /checkout\W+staging/ }).waitFor();
      await page.getByText('Waiting for approval').first().waitFor();
      await page
        .getByText('Build gate closed')
        .first()
        .waitFor({ timeout: 60_000 });
      await reader.screenshot('1-environments');
      await reader.accessible();
    },
  },
  {
    name: 'among them one of each: healthy, waiting, stopped, failing, drifted, and a pipeline that failed',
    async run(reader) {
      const reason = async (environment: string, type: string) => {
        const { conditions } = await reader.api<{
          conditions: Array<{ type: string; status: string; reason: string }>;
        }>(`/environments/shop/${environment}`);
        return conditions.find(condition => condition.type === type)?.reason;
      };
      const expected = [
        ['checkout/staging', 'Healthy', 'Healthy'],
        ['checkout/production', 'Approved', 'ApprovalWanted'],
        ['recommendations/staging', 'PolicyPassed', 'PolicyDenied'],
        ['search/preview', 'Healthy', 'Degraded'],
        ['pricing/lab', 'Drifted', 'Drifted'],
      ];
      for (const [environment, type, wanted] of expected) {
        await reader.eventually(
          `${environment}: ${wanted}`,
          async () => (await reason(environment, type)) === wanted,
          90,
        );
      }
      // Pipelines have controllers of their own.
      if (!reader.portal.platform.sandbox) return;
      await reader.eventually('the failed pipeline', async () => {
        const { items } = await reader.api<{ items: Array<{ state: string }> }>(
          '/services/shop/catalogue/pipelines',
        );
        return items.some(({ state }) => state === 'failed');
      });
    },
  },
  {
    name: 'each one has its card, which says what is the matter',
    async run(reader) {
      const cards: Array<[string, Array<string | RegExp>]> = [
        ['checkout', ['Waiting for approval']],
        ['recommendations', ['Stopped by policy']],
        ['search', ['Healthy', /can't be pulled/]],
        // One field and no other: what Argo CD and the controllers add is no drift.
        [
          'pricing',
          ['Changed in the cluster', /1 field drifted/, 'spec.replicas'],
        ],
      ];
      for (const [service, words] of cards) {
        await reader.eventually(
          `the card of ${service}`,
          async () => {
            await reader.goto(`/catalog/default/component/${service}`);
            for (const word of words) {
              await reader.page
                .getByText(word)
                .first()
                .waitFor({ timeout: 15_000 });
            }
            return true;
          },
          120,
        );
        await reader.screenshot(`1-card-${service}`);
      }
    },
  },
  {
    name: 'a developer fills the form; a wrong field is told on its page; the last page shows the plan',
    async run(reader) {
      await reader.enterAs('Dana, developer');
      await reader.goto('/create/templates/default/new-service');
      const { page } = reader;
      await page
        .getByLabel(/^Organization/)
        .first()
        .click();
      await page.getByRole('option', { name: /Shop/ }).click();
      await page.getByLabel(/^Name/).first().fill('Basket');
      await page
        .getByLabel(/^Description/)
        .first()
        .fill('Holds what somebody is about to buy');
      await chooseOwner(reader);
      await next(reader);
      await page
        .getByText(/lower-case letters/)
        .first()
        .waitFor();
      await page.getByLabel(/^Name/).first().fill(SERVICE);
      await next(reader);
      await page
        .getByLabel(/^Image repository/)
        .first()
        .fill('registry.example.com/shop/basket');
      await reader.screenshot('2-workloads');
      await reader.accessible('form');
      await next(reader);
      const environment = page
        .getByRole('group', { name: /^environment/i })
        .first();
      await environment
        .getByLabel(/^Class/)
        .first()
        .click();
      await page.getByRole('option', { name: /shared-staging/ }).click();
      await environment.getByLabel(/^Name/).first().fill('staging');
      await reader.screenshot('3-environments');
      await next(reader);
      await page
        .getByText(/objects in 1 environment/)
        .first()
        .waitFor();
      await reader.screenshot('4-plan');
      await reader.accessible('form');
    },
  },
  {
    name: 'the run opens one change request and links to it',
    async run(reader) {
      const { page } = reader;
      await page.getByRole('button', { name: /Review/ }).click();
      await page.getByRole('button', { name: /^Create$/ }).click();
      const link = page.getByRole('link', { name: /Change request #/ });
      await link.first().waitFor({ timeout: 60_000 });
      await reader.screenshot('5-run');
      const href = await link.first().getAttribute('href');
      if (!href) throw new Error('The link of the run leads nowhere.');
      await reader.goto(href.replace(/^https?:\/\/[^/]+/, ''));
      await page.getByRole('button', { name: /^Merge/ }).waitFor();
      await page.getByText(SPEC).first().waitFor();
      await reader.screenshot('6-change-request');
      await reader.accessible();
    },
  },
  {
    name: 'a guest sees the change request but may not merge it, and reads why',
    async run(reader) {
      const { page } = reader;
      const { pathname } = new URL(page.url());
      await reader.enterAs('Guest');
      await reader.goto(pathname);
      const merge = page.getByRole('button', { name: /^Merge/ });
      await merge.waitFor();
      const disabled =
        (await merge.isDisabled()) ||
        (await merge.getAttribute('aria-disabled')) === 'true';
      if (!disabled) throw new Error('A guest is offered to merge.');
      await reader.enterAs('Dana, developer');
      await reader.goto(pathname);
    },
  },
  {
    name: 'the merge puts both files into Git, and the code into its repository',
    async run(reader) {
      const { page } = reader;
      await page.getByRole('button', { name: /^Merge/ }).click();
      await page
        .getByRole('dialog')
        .getByRole('button', { name: /Merge/ })
        .click();
      await page.getByText('merged', { exact: false }).first().waitFor();
      // The page speaks of merging before it is done, too; Git says when it is.
      await reader.eventually('the spec in Git', () =>
        reader.gitFile('platform.git', SPEC),
      );
      await reader.gitFile(
        'platform.git',
        `organizations/${ORGANIZATION}/bindings/${SERVICE}.yaml`,
      );
      await reader.eventually(
        'the first commit of the code repository',
        async () =>
          (
            await reader.gitFile(
              `code/${ORGANIZATION}/${SERVICE}.git`,
              'catalog-info.yaml',
            )
          ).includes(SERVICE),
      );
    },
  },
  {
    name: 'the road is walked to the build gate: files in Git, objects in the cluster, Argo CD has synced',
    async run(reader) {
      const { page } = reader;
      await reader.goto(
        `/slipway/environments/${ORGANIZATION}/${SERVICE}/staging`,
      );
      await page
        .getByText('Build gate closed')
        .first()
        .waitFor({ timeout: 90_000 });
      await page
        .getByText(/CI reports a revision/)
        .first()
        .waitFor();
      await reader.screenshot('7-environment');
      await reader.accessible();
      const files = await reader.gitList(
        'gitops.git',
        `${reader.clusterFolder}/${ORGANIZATION}/${SERVICE}/staging`,
      );
      if (!files.some(file => file.includes('/platform/namespace-'))) {
        throw new Error(`No namespace among ${files.join(', ')}`);
      }
      if (files.some(file => file.includes('/workload/deployment-'))) {
        throw new Error('The build gate let a Deployment through.');
      }
      const namespace = await reader.kubernetes(
        '/api/v1/namespaces/shop--basket--staging',
      );
      if (namespace.status !== 200)
        throw new Error('The namespace is not in the cluster.');
      await reader.eventually('a synced Application', async () => {
        const { body } = await reader.application('shop--basket--staging');
        return body.status?.sync?.status === 'Synced';
      });
    },
  },
  {
    name: 'the service is in the catalog by itself, with its card',
    async run(reader) {
      const { page } = reader;
      await reader.eventually(
        'the catalog entity',
        async () => {
          await reader.goto(`/catalog/default/component/${SERVICE}`);
          await page
            .getByText('Build gate closed')
            .first()
            .waitFor({ timeout: 8_000 });
          return true;
        },
        120,
      );
      await reader.screenshot('8-catalog');
    },
  },
  {
    name: 'an edit in Git pins an image: the Deployment comes, comments stay, nothing else changes',
    async run(reader) {
      const before = await reader.gitList(
        'gitops.git',
        `${reader.clusterFolder}/${ORGANIZATION}/${SERVICE}/staging`,
      );
      await reader.editInGit(
        'platform.git',
        SPEC,
        text =>
          `# kept by hand\n${text.replace(
            'repository: registry.example.com/shop/basket',
            'repository: registry.example.com/shop/basket\n        revision: 1a2b3c4',
          )}`,
      );
      await reader.goto(
        `/slipway/environments/${ORGANIZATION}/${SERVICE}/staging`,
      );
      await reader.page
        .getByText('1a2b3c4')
        .first()
        .waitFor({ timeout: 90_000 });
      await reader.page
        .getByText('every station is done')
        .waitFor({ timeout: 90_000 });
      const added = await reader.eventually(
        'the Deployment in Git',
        async () => {
          const after = await reader.gitList(
            'gitops.git',
            `${reader.clusterFolder}/${ORGANIZATION}/${SERVICE}/staging`,
          );
          const news = after.filter(file => !before.includes(file));
          return news.length > 0 && before.every(file => after.includes(file))
            ? news
            : undefined;
        },
      );
      if (!added.every(file => file.includes('/workload/')))
        throw new Error(`More than workloads: ${added.join(', ')}`);
      await reader.eventually(
        'a running Deployment',
        async () => {
          const { body } = await reader.kubernetes(
            '/apis/apps/v1/namespaces/shop--basket--staging/deployments/web',
          );
          return (body.status?.availableReplicas ?? 0) >= 1;
        },
        90,
      );
    },
  },
  {
    name: 'the card says Synced and Healthy, as Argo CD does',
    async run(reader) {
      await reader.eventually('a healthy Application', async () => {
        const { body } = await reader.application('shop--basket--staging');
        const { sync, health } = body.status ?? {};
        return sync?.status === 'Synced' && health?.status === 'Healthy';
      });
      const { page } = reader;
      await reader.goto(`/catalog/default/component/${SERVICE}`);
      for (const station of ['Synced', 'Healthy'])
        await page.getByTitle(`${station}: done`).first().waitFor();
      await reader.screenshot('8-healthy');
    },
  },
  ONBOARDING,
  {
    name: 'a platform engineer sees queue, sources and clusters',
    async run(reader) {
      await reader.enterAs('Priya, platform engineer');
      await reader.goto('/slipway/operations');
      await reader.page
        .getByText(`argocd on ${reader.portal.platform.hub.name}`)
        .first()
        .waitFor();
      await reader.screenshot('9-operations');
      await reader.accessible();
    },
  },
  {
    name: 'production waits for an approval of its plan, then for its delivery, then it runs',
    async run(reader) {
      const { page } = reader;
      await reader.goto('/slipway/environments/shop/checkout/production');
      await page.getByRole('button', { name: 'Review plan' }).click();
      await reader.screenshot('10-approval');
      await page.getByRole('button', { name: 'Approve this plan' }).click();
      await page
        .getByText('Waiting for the delivery change request')
        .first()
        .waitFor({ timeout: 90_000 });
      await reader.goto('/slipway/change-requests');
      await page
        .getByRole('link', { name: /checkout\/production/ })
        .first()
        .click();
      await page.getByRole('button', { name: /^Merge/ }).click();
      await page
        .getByRole('dialog')
        .getByRole('button', { name: /Merge/ })
        .click();
      await page.getByText('merged', { exact: false }).first().waitFor();
      await reader.goto('/slipway/environments/shop/checkout/production');
      await page
        .getByText('every station is done')
        .waitFor({ timeout: 120_000 });
      await reader.screenshot('11-production');
    },
  },
  ...RELEASES,
  {
    name: 'removing the spec takes the environment down in order and touches no neighbour',
    async run(reader) {
      const neighbour = () =>
        reader.kubernetes(
          '/apis/apps/v1/namespaces/shop--checkout--staging/deployments',
        );
      const before = await neighbour();
      await reader.editInGit('platform.git', SPEC, () => null);
      await reader.eventually(
        'the namespace to go, after the Application',
        async () => {
          const namespace = await reader.kubernetes(
            '/api/v1/namespaces/shop--basket--staging',
          );
          if (namespace.status !== 404) return false;
          const application = await reader.application('shop--basket--staging');
          if (application.status !== 404)
            throw new Error('The namespace went before its Application.');
          return true;
        },
        120,
      );
      await reader.eventually(
        'the folder in Git to go',
        async () =>
          (
            await reader.gitList(
              'gitops.git',
              `${reader.clusterFolder}/${ORGANIZATION}/${SERVICE}`,
            )
          ).length === 0,
      );
      const after = await neighbour();
      const uids = ({ body }: typeof before) =>
        (body.items ?? []).map(({ metadata }) => metadata.uid).join(' ');
      if (!uids(before) || uids(before) !== uids(after))
        throw new Error('The neighbour is not what it was.');
    },
  },
];
