import { screen, within } from '@testing-library/react';
import { changeRequestDetails, pullRequest } from '../../../dev/fake';
import { accessibilityProblems, renderWith } from '../../__testUtils__';
import { ChangeRequestPage } from './ChangeRequestPage';

const show = (changes: Parameters<typeof changeRequestDetails>[0]) =>
  renderWith(<ChangeRequestPage />, {
    at: ['/slipway/change-requests/:id', '/slipway/change-requests/cr-58'],
    answers: {
      'GET /v1alpha1/change-requests/*': () => changeRequestDetails(changes),
    },
  });

it('shows who reviewed the pull request and which checks ran, and says so in words', async () => {
  show({ pullRequest: pullRequest() });
  const reviews = await screen.findByRole('list', { name: 'Reviews' });
  expect(reviews).toHaveTextContent('approved bob');
  expect(reviews).toHaveTextContent('wants changes eve');
  expect(reviews).toHaveTextContent('before newer commits');
  const checks = screen.getByRole('list', { name: 'Checks of the host' });
  expect(checks).toHaveTextContent('failed slipway/plan · Policy denies it');
  expect(within(checks).getByRole('link', { name: 'ci/test' })).toHaveAttribute(
    'href',
    'https://ci.example.org/58',
  );
  expect(await accessibilityProblems(document.body)).toEqual([]);
});

it('says that nobody has looked at it yet', async () => {
  show({ pullRequest: pullRequest({ reviews: [], checks: [] }) });
  expect(
    await screen.findByText('Nobody has reviewed it there yet.'),
  ).toBeInTheDocument();
  expect(screen.getByText('No check has run yet.')).toBeInTheDocument();
});

it('leads to nothing but web pages', async () => {
  show({
    pullRequest: pullRequest({
      // eslint-disable-next-line no-script-url -- that it isn't followed is the point
      checks: [{ name: 'ci', state: 'success', url: 'javascript:alert(1)' }],
    }),
  });
  const checks = await screen.findByRole('list', {
    name: 'Checks of the host',
  });
  expect(within(checks).queryByRole('link')).toBeNull();
});

it('says nothing of a change that the portal keeps itself', async () => {
  show({});
  await screen.findByRole('heading', { level: 1 });
  expect(screen.queryByText('At the Git host')).toBeNull();
});
