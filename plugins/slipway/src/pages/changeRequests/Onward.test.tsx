import { screen, within } from '@testing-library/react';
import { changeRequestDetails } from '../../../dev/fake';
import { accessibilityProblems, renderWith } from '../../__testUtils__';
import { ChangeRequestPage } from './ChangeRequestPage';

const binding = (status: 'added' | 'removed') => ({
  path: 'organizations/shop/bindings/orders.yaml',
  status,
  additions: 1,
  deletions: 0,
  patch: '@@ -0,0 +1 @@\n+kind: RepoBinding\n',
});

const show = (changes: Parameters<typeof changeRequestDetails>[0]) =>
  renderWith(<ChangeRequestPage />, {
    at: ['/slipway/change-requests/:id', '/slipway/change-requests/cr-58'],
    answers: {
      'GET /v1alpha1/change-requests/*': () => changeRequestDetails(changes),
    },
  });

it('leads from what was merged to its environments, and to the webhook of what was bound', async () => {
  show({ state: 'merged', files: [binding('added')] });
  const list = await screen.findByRole('list', { name: 'What came of it' });
  const links = within(list).getAllByRole('link');
  expect(links.length).toBeGreaterThan(1);
  expect(
    within(list).getByRole('link', {
      name: 'Repositories and webhooks of shop',
    }),
  ).toHaveAttribute('href', '/slipway/organizations/shop');
  expect(await accessibilityProblems(document.body)).toEqual([]);
});

it('says what becomes of the webhook before anything is merged, and leads nowhere yet', async () => {
  show({ state: 'open', files: [binding('removed')] });
  expect(
    await screen.findByText('With it goes the webhook of its repository'),
  ).toBeInTheDocument();
  expect(screen.queryByRole('list', { name: 'What came of it' })).toBeNull();
});
