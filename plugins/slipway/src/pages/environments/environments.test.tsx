import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  environment,
  environmentDetails,
  FakeProblem,
  preview,
  production,
  staging,
} from '../../../dev/fake';
import { answersIn, STATES } from '../../../dev/states';
import { accessibilityProblems, renderWith } from '../../__testUtils__';
import { EnvironmentPage } from './EnvironmentPage';
import { EnvironmentsPage } from './EnvironmentsPage';
import { filterEnvironments } from './filter';

const all = [preview, production, staging];
const none = { text: '', organization: '', state: '' };
const names = (filter: Partial<typeof none>) =>
  filterEnvironments(all, { ...none, ...filter }).map(({ name }) => name);

describe('filterEnvironments', () => {
  it('puts what needs somebody first', () => {
    expect(names({})).toEqual(['staging', 'production', 'preview-142']);
  });

  it('finds every word, in name, class, cluster, owner and revision', () => {
    expect(names({ text: 'checkout US-B' })).toEqual(['production']);
    expect(names({ text: '4f2a91c' })).toEqual(['staging']);
    expect(names({ text: 'checkout nowhere' })).toEqual([]);
  });

  it('narrows to a state and an organization', () => {
    expect(names({ state: 'done' })).toEqual(['preview-142']);
    expect(names({ state: 'waiting' })).toEqual(['production']);
    expect(names({ organization: 'other' })).toEqual([]);
  });
});

describe('EnvironmentsPage', () => {
  const at: [string, string] = [
    '/slipway/environments',
    '/slipway/environments',
  ];

  it('takes its filters from the URL and puts them there', async () => {
    renderWith(<EnvironmentsPage />, {
      at: ['/slipway/environments', '/slipway/environments?filter=production'],
    });
    expect(
      await screen.findByRole('link', { name: /production/ }),
    ).toHaveAttribute('href', '/slipway/environments/shop/checkout/production');
    const filter = screen.getByRole('searchbox', { name: 'Filter' });
    expect(filter).toHaveValue('production');
    expect(screen.queryByRole('link', { name: /staging/ })).toBeNull();
    await userEvent.clear(filter);
    expect(
      await screen.findByRole('link', { name: /staging/ }),
    ).toBeInTheDocument();
  });

  it('asks the backend for the chosen organization only', async () => {
    const { requests } = renderWith(<EnvironmentsPage />, {
      at: ['/slipway/environments', '/slipway/environments?organization=shop'],
    });
    await screen.findByRole('link', { name: /staging/ });
    const asked = requests.filter(
      ({ path }) => path === '/v1alpha1/environments',
    );
    expect(asked[0].query.get('organization')).toBe('shop');
  });

  it('says that the filter hides what there is', async () => {
    renderWith(<EnvironmentsPage />, {
      at: ['/slipway/environments', '/slipway/environments?filter=nothing'],
    });
    expect(
      await screen.findByText('No environment matches the filter'),
    ).toBeInTheDocument();
    expect(
      screen.getByText('3 environments are hidden by it.'),
    ).toBeInTheDocument();
  });

  it('loads the next page when asked', async () => {
    renderWith(<EnvironmentsPage />, {
      at,
      answers: {
        'GET /v1alpha1/environments': ({ query }) =>
          query.get('cursor') === 'next'
            ? { items: [environment({ name: 'last' })] }
            : { items: [staging], nextCursor: 'next' },
      },
    });
    await userEvent.click(
      await screen.findByRole('button', { name: 'Show more' }),
    );
    expect(
      await screen.findByRole('link', { name: /last/ }),
    ).toBeInTheDocument();
    expect(screen.getByRole('link', { name: /staging/ })).toBeInTheDocument();
  });

  it('keeps what is typed into the filter while the data is polled', async () => {
    renderWith(<EnvironmentsPage />, { at, answers: answersIn('stale') });
    const filter = await screen.findByRole('searchbox', { name: 'Filter' });
    await userEvent.type(filter, 'prod');
    expect(await screen.findByText(/Not updated for/)).toBeInTheDocument();
    expect(filter).toHaveValue('prod');
  });

  it('leads to the first service when there is nothing', async () => {
    renderWith(<EnvironmentsPage />, { at, answers: answersIn('empty') });
    expect(
      await screen.findByRole('link', { name: 'Create a service' }),
    ).toHaveAttribute('href', '/create');
  });

  it.each(STATES)('is accessible: %s', async state => {
    renderWith(<EnvironmentsPage />, { at, answers: answersIn(state) });
    const main = await screen.findByRole('main');
    await waitFor(() =>
      expect(
        main.querySelectorAll('li, [aria-busy], p').length,
      ).toBeGreaterThan(0),
    );
    expect(await accessibilityProblems(main)).toEqual([]);
  });
});

describe('EnvironmentPage', () => {
  const at = (name: string, query = ''): [string, string] => [
    '/slipway/environments/:organization/:service/:environment',
    `/slipway/environments/shop/checkout/${name}${query}`,
  ];

  it('shows the road, the way to Git and Argo CD, and the timeline', async () => {
    renderWith(<EnvironmentPage />, { at: at('staging') });
    expect(
      await screen.findByRole('heading', { name: 'checkout / staging' }),
    ).toBeInTheDocument();
    expect(screen.getByRole('list', { name: 'Road' })).toBeInTheDocument();
    expect(
      screen.getByRole('link', {
        name: 'clusters/sandbox-eu/shop/checkout/staging',
      }),
    ).toHaveAttribute('href', 'https://git.example.com/platform/gitops');
    expect(
      screen.getByText('argocd/shop--checkout--staging on sandbox-eu'),
    ).toBeInTheDocument();
    expect(screen.getByRole('list', { name: 'Timeline' })).toHaveTextContent(
      'Synced by Argo CD',
    );
  });

  it('shows no link to a repository that no browser can open', async () => {
    renderWith(<EnvironmentPage />, {
      at: at('staging'),
      answers: {
        'GET /v1alpha1/environments/*/*/*': () =>
          environmentDetails(staging, {
            gitops: {
              repository: 'file:///state/gitops.git',
              folder: 'clusters/a',
            },
          }),
      },
    });
    expect(await screen.findByText('clusters/a')).toHaveAttribute(
      'title',
      'file:///state/gitops.git',
    );
    expect(screen.queryByRole('link', { name: 'clusters/a' })).toBeNull();
  });

  it('lists the objects with the unhealthy ones first', async () => {
    renderWith(<EnvironmentPage />, { at: at('staging', '?tab=resources') });
    const rows = within(
      await screen.findByRole('table', { name: 'Objects in the cluster' }),
    ).getAllByRole('row');
    expect(rows[1]).toHaveTextContent('Deployment webImagePullBackOff');
    expect(rows[1]).toHaveTextContent('Degraded');
    expect(rows[2]).toHaveTextContent('Service web');
  });

  it('switches tabs by keyboard', async () => {
    renderWith(<EnvironmentPage />, { at: at('staging') });
    const timeline = await screen.findByRole('tab', { name: 'Timeline' });
    timeline.focus();
    await userEvent.keyboard('{ArrowRight}{Enter}');
    expect(
      await screen.findByRole('table', { name: 'Objects in the cluster' }),
    ).toBeInTheDocument();
  });

  it('approves exactly the plan that is shown', async () => {
    const { requests } = renderWith(<EnvironmentPage />, {
      at: at('production', '?tab=plan'),
    });
    await userEvent.click(
      await screen.findByRole('button', { name: 'Approve this plan' }),
    );
    await waitFor(() =>
      expect(
        requests.find(({ path }) => path.endsWith('/approve'))?.body,
      ).toEqual({
        digest: 'sha256:bbbb',
      }),
    );
  });

  it('offers no approval while none is wanted', async () => {
    renderWith(<EnvironmentPage />, { at: at('staging', '?tab=plan') });
    expect(await screen.findByText('14 more rules passed')).toBeInTheDocument();
    expect(
      screen.queryByRole('button', { name: 'Approve this plan' }),
    ).toBeNull();
  });

  it('says why a reconcile was refused', async () => {
    renderWith(<EnvironmentPage />, {
      at: at('staging'),
      answers: {
        'POST /v1alpha1/environments/*/*/*/reconcile': () => {
          throw new FakeProblem({
            title: 'NotAllowedError',
            status: 403,
            detail: 'Only payments may reconcile it.',
            instance: 'req-9',
          });
        },
      },
    });
    await userEvent.click(
      await screen.findByRole('button', { name: 'Reconcile now' }),
    );
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'Only payments may reconcile it. (id req-9)',
    );
  });

  it.each(['timeline', 'resources', 'plan', 'pipelines'])(
    'is accessible: %s',
    async tab => {
      renderWith(<EnvironmentPage />, { at: at('staging', `?tab=${tab}`) });
      await screen.findByRole('tabpanel');
      expect(await accessibilityProblems(screen.getByRole('main'))).toEqual([]);
    },
  );
});
