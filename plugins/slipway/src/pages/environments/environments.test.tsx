import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  ago,
  allowed,
  conditions,
  environmentDetails,
  FakeProblem,
  preview,
  production,
  staging,
  timeline,
} from '../../../dev/fake';
import { answersIn, STATES, type StateName } from '../../../dev/states';
import { accessibilityProblems, renderWith } from '../../__testUtils__';
import { EnvironmentPage } from './EnvironmentPage';

const DETAILS = 'GET /v1alpha1/environments/*/*/*';

const at = (name: string, query = ''): [string, string] => [
  '/slipway/environments/:organization/:service/:environment',
  `/slipway/environments/shop/checkout/${name}${query}`,
];

const open = (name: string, query = '', answers = {}) =>
  renderWith(<EnvironmentPage />, { at: at(name, query), answers });

const POD = 'v1/Pod/shop--checkout--staging/web-6f7c9d-x2x9k';
const DEPLOYMENT = 'apps/v1/Deployment/shop--checkout--staging/web';

describe('EnvironmentPage', () => {
  it('says class, place, revision, author and cost, and leads to service, Git and cluster', async () => {
    open('staging');
    expect(
      await screen.findByRole('heading', { name: 'checkout / staging' }),
    ).toBeInTheDocument();
    const main = screen.getByRole('main');
    expect(main).toHaveTextContent('shared-staging');
    expect(main).toHaveTextContent('sandbox-eu · eu-a');
    expect(main).toHaveTextContent('€11.90 a month');
    expect(screen.getByRole('list', { name: 'Road' })).toBeInTheDocument();
    expect(screen.getByRole('link', { name: 'Git folder' })).toHaveAttribute(
      'href',
      'https://git.example.com/platform/gitops',
    );
    expect(screen.getByRole('link', { name: 'Argo CD' })).toHaveAttribute(
      'href',
      'https://argocd.example.com/applications/argocd/shop--checkout--staging',
    );
    expect(
      await screen.findByRole('link', { name: 'Service page' }),
    ).toHaveAttribute('href', '/catalog/default/component/checkout');
    expect(screen.getByRole('link', { name: 'Kubernetes' })).toHaveAttribute(
      'href',
      '/catalog/default/component/checkout/kubernetes',
    );
  });

  it('shows no link to a repository that no browser can open', async () => {
    open('staging', '', {
      [DETAILS]: () =>
        environmentDetails(staging, {
          gitops: {
            repository: 'file:///state/gitops.git',
            folder: 'clusters/a',
          },
        }),
    });
    await screen.findByRole('heading', { name: 'checkout / staging' });
    expect(screen.queryByRole('link', { name: 'Git folder' })).toBeNull();
  });

  it('switches to another environment of the service and stays at the same part', async () => {
    open('staging', '?tab=drift');
    await userEvent.click(
      await screen.findByRole('button', { name: /production/ }),
    );
    expect(
      await screen.findByRole('heading', { name: 'checkout / production' }),
    ).toBeInTheDocument();
    expect(
      await screen.findByRole('table', { name: 'What differs' }),
    ).toBeInTheDocument();
  });

  it('offers the step that the reason asks for', async () => {
    open('staging');
    await userEvent.click(
      await screen.findByRole('button', { name: 'See the resources' }),
    );
    expect(
      await screen.findByRole('tree', { name: 'Resources' }),
    ).toBeInTheDocument();
    // It leads to what is now in sight.
    expect(
      screen.queryByRole('button', { name: 'See the resources' }),
    ).toBeNull();
  });

  it.each([
    ['all is well but that', conditions()],
    [
      'Argo CD is out of sync for it',
      conditions({
        at: 'Synced',
        reason: 'OutOfSync',
        message: 'Differs: Deployment web.',
      }),
    ],
  ])('leads to the drift list where %s', async (_where, stations) => {
    open('staging', '', {
      [DETAILS]: () =>
        environmentDetails({
          ...production,
          name: 'staging',
          conditions: stations,
        }),
    });
    await userEvent.click(
      await screen.findByRole('button', { name: 'See what drifted' }),
    );
    expect(screen.getByRole('tab', { name: /^Drift/ })).toHaveAttribute(
      'aria-selected',
      'true',
    );
  });

  it('announces a change of station once, and keeps the part that is open', async () => {
    let found = environmentDetails(staging);
    const { again } = open('staging', '?tab=settings', {
      [DETAILS]: () => found,
    });
    await screen.findByText('Delivery');
    found = environmentDetails(preview);
    await again();
    await waitFor(() =>
      expect(
        screen
          .getAllByRole('status')
          .filter(({ textContent }) => textContent === 'Healthy'),
      ).toHaveLength(1),
    );
    expect(screen.getByText('Delivery')).toBeInTheDocument();
  });

  it('lists its keys by ?, and goes by them', async () => {
    open('staging');
    await screen.findByRole('heading', { name: 'checkout / staging' });
    await userEvent.keyboard('?');
    const list = await screen.findByRole('dialog', {
      name: 'Keyboard shortcuts',
    });
    expect(list).toHaveTextContent('rShow Resources');
    expect(await accessibilityProblems(list)).toEqual([]);
    await userEvent.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    await userEvent.keyboard('r');
    expect(
      await screen.findByRole('tree', { name: 'Resources' }),
    ).toBeInTheDocument();
    // A letter that is typed into a field is no key of the page.
    await userEvent.type(
      screen.getByRole('searchbox', { name: /Filter/ }),
      'd',
    );
    expect(screen.getByRole('tree', { name: 'Resources' })).toBeInTheDocument();
  });

  it('can do without single keys', async () => {
    open('staging');
    await screen.findByRole('heading', { name: 'checkout / staging' });
    await userEvent.keyboard('?');
    await userEvent.click(
      await screen.findByRole('checkbox', { name: 'Single-key shortcuts' }),
    );
    await userEvent.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    await userEvent.keyboard('r');
    expect(screen.queryByRole('tree')).toBeNull();
    localStorage.clear();
  });
});

describe('actions', () => {
  const menu = async () => {
    await userEvent.click(
      await screen.findByRole('button', { name: 'Actions' }),
    );
    return screen.findByRole('menu');
  };

  it('say what they will do, and ask once more before anything may restart', async () => {
    const { requests } = open('staging');
    expect(await menu()).toHaveTextContent(
      'Asks Argo CD to apply what Git says at c01d5aa. Pods may restart.',
    );
    await userEvent.click(screen.getByRole('menuitem', { name: /^Sync/ }));
    const dialog = await screen.findByRole('dialog', { name: 'Sync staging?' });
    const asked = () => requests.filter(({ verb }) => verb === 'POST');
    expect(asked()).toEqual([]);
    await userEvent.click(within(dialog).getByRole('button', { name: 'Sync' }));
    expect(await screen.findByText(/^Sync was asked for/)).toBeInTheDocument();
    expect(asked().map(({ path }) => path)).toEqual([
      '/v1alpha1/environments/shop/checkout/staging/sync',
    ]);
  });

  it('say why they are not allowed, and do nothing then', async () => {
    const { requests } = open('staging', '', {
      [DETAILS]: () =>
        environmentDetails(staging, {
          allowed: allowed({
            refresh: { allowed: false, reason: 'Only payments may refresh.' },
          }),
        }),
    });
    await menu();
    const item = screen.getByRole('menuitem', { name: /^Refresh/ });
    expect(item).toHaveTextContent('Only payments may refresh.');
    expect(item).toHaveAttribute('aria-disabled', 'true');
    await userEvent.click(item);
    expect(requests.every(({ verb }) => verb === 'GET')).toBe(true);
  });

  it('keep the error where it happened', async () => {
    open('staging', '', {
      'POST /v1alpha1/environments/*/*/*/reconcile': () => {
        throw new FakeProblem({
          title: 'NotAllowedError',
          status: 403,
          detail: 'Only payments may reconcile it.',
          instance: 'req-9',
        });
      },
    });
    await menu();
    await userEvent.click(
      screen.getByRole('menuitem', { name: /^Reconcile now/ }),
    );
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'Only payments may reconcile it. (id req-9)',
    );
  });
});

describe('the timeline', () => {
  it('brings what is older when asked, each once', async () => {
    const rows = Array.from({ length: 200 }, (_, index) => ({
      ...timeline[0],
      id: `${1000 - index}`,
      at: ago(index),
      correlation: undefined,
      title: `Event ${1000 - index}`,
    }));
    const { requests } = open('staging', '', {
      [DETAILS]: () => environmentDetails(staging, { timeline: rows }),
      'GET /v1alpha1/environments/*/*/*/timeline': () => ({
        items: [
          rows[199],
          { ...rows[0], id: '800', at: ago(500), title: 'Declared' },
        ],
      }),
    });
    await userEvent.click(
      await screen.findByRole('button', { name: 'Show older' }),
    );
    const list = screen.getByRole('list', { name: 'Timeline' });
    expect(await within(list).findByText('Declared')).toBeInTheDocument();
    expect(within(list).getAllByText('Event 801')).toHaveLength(1);
    expect(
      requests
        .find(({ path }) => path.endsWith('/timeline'))
        ?.query.get('before'),
    ).toBe('801');
    expect(screen.getByText('This is where it began.')).toBeInTheDocument();
  });
});

describe('the resources', () => {
  const items = async () =>
    within(await screen.findByRole('tree')).getAllByRole('treeitem');

  it('stand by who owns whom, with what needs a look first', async () => {
    open('staging', '?tab=resources');
    expect(
      (await items()).map(item => [
        item.getAttribute('aria-level'),
        item.textContent?.match(
          /^(\S+?) (\S+?)(?=≠|Imag|web:|Deg|Heal|Prog)/,
        )?.[0],
      ]),
    ).toEqual([
      ['1', 'Application shop--checkout--staging'],
      ['2', 'Deployment web'],
      ['3', 'ReplicaSet web-6f7c9d'],
      ['4', 'Pod web-6f7c9d-x2x9k'],
      ['3', 'ReplicaSet web-58d4b7'],
      ['4', 'Pod web-58d4b7-p7q2m'],
      ['2', 'NetworkPolicy web-to-orders-db'],
      ['2', 'Service web'],
      ['2', 'StatefulSet orders-db'],
      ['3', 'Pod orders-db-0'],
    ]);
  });

  it('say below them what the cluster warned of', async () => {
    open('staging', '?tab=resources');
    const list = await screen.findByRole('list', { name: 'Warned of lately' });
    expect(list).toHaveTextContent(
      /Pod web-6f7c9d-x2x9k Failed: Failed to pull image .* 9 times/,
    );
  });

  it('are walked and folded by arrows, and opened by Enter', async () => {
    open('staging', '?tab=resources');
    const [application] = await items();
    application.focus();
    await userEvent.keyboard('{ArrowDown}');
    expect(document.activeElement).toHaveTextContent(/^Deployment web/);
    await userEvent.keyboard('{ArrowLeft}');
    expect(document.activeElement).toHaveAttribute('aria-expanded', 'false');
    expect(screen.queryByText('web-6f7c9d')).toBeNull();
    await userEvent.keyboard('{ArrowRight}{ArrowRight}{ArrowRight}');
    expect(document.activeElement).toHaveTextContent(/^Pod web-6f7c9d-x2x9k/);
    await userEvent.keyboard('{ArrowLeft}');
    expect(document.activeElement).toHaveTextContent(/^ReplicaSet web-6f7c9d/);
    await userEvent.keyboard('{End}');
    expect(document.activeElement).toHaveTextContent(/^Pod orders-db-0/);
    await userEvent.keyboard('{Enter}');
    expect(
      await screen.findByRole('dialog', { name: 'Pod orders-db-0' }),
    ).toBeInTheDocument();
  });

  it('keep what a person folded and typed while the objects change', async () => {
    const { again } = open('staging', '?tab=resources');
    const [application] = await items();
    application.focus();
    await userEvent.keyboard('{ArrowDown}{ArrowLeft}');
    const filter = screen.getByRole('searchbox', { name: /Filter/ });
    await userEvent.type(filter, 'web');
    await again();
    expect(filter).toHaveValue('web');
    expect(
      screen.getByRole('treeitem', { name: /^Deployment web/ }),
    ).toHaveAttribute('aria-expanded', 'false');
  });

  it('can be narrowed to what needs a look, with the way down to it', async () => {
    open('staging', '?tab=resources');
    await userEvent.click(
      await screen.findByRole('checkbox', { name: 'Only what needs a look' }),
    );
    expect((await items()).map(item => item.getAttribute('data-node'))).toEqual(
      ['application', 'a', 'c', 'd'],
    );
  });
});

describe('the drawer of an object', () => {
  const drawer = (name: string) => screen.findByRole('dialog', { name });

  it('opens from the URL with its containers, and closes to the tree', async () => {
    open('staging', `?tab=resources&object=${POD}`);
    const dialog = await drawer('Pod web-6f7c9d-x2x9k');
    expect(
      await within(dialog).findByText(/ImagePullBackOff/),
    ).toBeInTheDocument();
    expect(dialog).toHaveTextContent('2 restarts');
    expect(await accessibilityProblems(dialog)).toEqual([]);
    await userEvent.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  });

  it('shows wanted beside live, without what only the cluster has unless asked', async () => {
    open('staging', `?tab=resources&object=${DEPLOYMENT}&view=diff`);
    const dialog = await drawer('Deployment web');
    const diff = await within(dialog).findByRole('region', { name: 'Diff' });
    expect(within(dialog).getByText('1 line differs')).toBeInTheDocument();
    expect(diff).toHaveTextContent('wanted: replicas: 3');
    expect(diff).toHaveTextContent('live: replicas: 5');
    expect(diff).not.toHaveTextContent('progressDeadlineSeconds');
    expect(await accessibilityProblems(dialog)).toEqual([]);
    await userEvent.click(
      within(dialog).getByRole('checkbox', { name: /only the cluster has/ }),
    );
    expect(diff).toHaveTextContent('progressDeadlineSeconds');
  });

  it('shows events, the newest first, with how often', async () => {
    open('staging', `?tab=resources&object=${POD}&view=events`);
    const list = within(await drawer('Pod web-6f7c9d-x2x9k'));
    const [first] = within(
      await list.findByRole('list', { name: 'Events' }),
    ).getAllByRole('listitem');
    expect(first).toHaveTextContent('Failed to pull image');
    expect(first).toHaveTextContent('9 times');
  });

  it('shows the log of a container, and finds lines in it', async () => {
    const { requests } = open(
      'staging',
      `?tab=resources&object=${POD}&view=logs`,
    );
    const dialog = await drawer('Pod web-6f7c9d-x2x9k');
    const log = await within(dialog).findByRole('log');
    expect(log).toHaveTextContent('listening on :8080');
    await userEvent.type(
      within(dialog).getByRole('searchbox', { name: 'Find in the log' }),
      'error',
    );
    expect(log).toHaveTextContent('payment provider timed out');
    expect(log).not.toHaveTextContent('listening');
    expect(within(dialog).getByText('1 line')).toBeInTheDocument();
    expect(await accessibilityProblems(dialog)).toEqual([]);
    await userEvent.click(
      within(dialog).getByRole('checkbox', {
        name: 'Before its last restart',
      }),
    );
    await waitFor(() =>
      expect(
        requests.some(
          ({ path, query }) =>
            path.endsWith('/logs') && query.get('previous') === 'true',
        ),
      ).toBe(true),
    );
  });

  it('asks for no log where that is not allowed, and says why', async () => {
    const { requests } = open(
      'staging',
      `?tab=resources&object=${POD}&view=logs`,
      {
        [DETAILS]: () =>
          environmentDetails(staging, {
            allowed: allowed({
              logs: { allowed: false, reason: 'Only payments may read logs.' },
            }),
          }),
      },
    );
    expect(
      await screen.findByText('Only payments may read logs.'),
    ).toBeInTheDocument();
    expect(requests.some(({ path }) => path.endsWith('/logs'))).toBe(false);
  });

  it('stays open, at its part, over a live update', async () => {
    const { again } = open(
      'staging',
      `?tab=resources&object=${POD}&view=events`,
    );
    const dialog = await drawer('Pod web-6f7c9d-x2x9k');
    const list = await within(dialog).findByRole('list', { name: 'Events' });
    await again();
    expect(list).toBeInTheDocument();
  });
});

describe('the other parts', () => {
  it('approve exactly the plan that is shown', async () => {
    const { requests } = open('production', '?tab=plan');
    await userEvent.click(
      await screen.findByRole('button', { name: 'Approve this plan' }),
    );
    await waitFor(() =>
      expect(
        requests.find(({ path }) => path.endsWith('/approve'))?.body,
      ).toEqual({ digest: 'sha256:bbbb' }),
    );
  });

  it('offer no approval while none is wanted', async () => {
    open('staging', '?tab=plan');
    expect(await screen.findByText('14 more rules passed')).toBeInTheDocument();
    expect(
      screen.queryByRole('button', { name: 'Approve this plan' }),
    ).toBeNull();
  });

  it('say the cost line by line, with what the plan changes', async () => {
    open('staging', '?tab=cost');
    const table = await screen.findByRole('table', { name: 'Cost a month' });
    expect(table).toHaveTextContent('orders-db10Gi storage29 %€12.00');
    expect(screen.getByText(/changes it by \+12\.00/)).toBeInTheDocument();
  });

  it('say the rules of the class, and lead to the form that changes the service', async () => {
    open('staging', '?tab=settings');
    expect(
      await screen.findByText(/^on – Argo CD puts drift back/),
    ).toBeInTheDocument();
    const link = screen.getByRole('link', { name: 'Change size or replicas' });
    expect(link.getAttribute('href')).toMatch(
      /^\/create\/templates\/default\/edit-service\?/,
    );
    expect(
      new URL(link.getAttribute('href')!, 'http://x').searchParams.get(
        'formData',
      ),
    ).toBe('{"organization":"shop","name":"checkout"}');
  });

  it('fold a run out to its steps', async () => {
    open('staging', '?tab=pipelines');
    await userEvent.click(
      await screen.findByRole('button', {
        name: 'Steps of build-88e1c07-9kq4z',
      }),
    );
    expect(
      screen.getByRole('list', { name: 'Steps of build-88e1c07-9kq4z' }),
    ).toHaveTextContent('test – 3 of 214 tests failed');
  });

  it.each([
    'timeline',
    'resources',
    'drift',
    'plan',
    'pipelines',
    'cost',
    'settings',
  ])('are accessible: %s', async tab => {
    open('production', `?tab=${tab}`);
    await screen.findByRole('tabpanel');
    await waitFor(() =>
      expect(document.querySelector('[aria-busy=true]')).toBeNull(),
    );
    expect(await accessibilityProblems(screen.getByRole('main'))).toEqual([]);
  });
});

describe.each([
  ['resources', 'No objects in the cluster yet'],
  ['drift', 'No drift'],
  ['pipelines', 'No pipeline has run yet'],
  ['timeline', 'Nothing happened yet'],
])('the part %s', (tab, empty) => {
  /** What the page says in each state. */
  const says: Record<StateName, RegExp> = {
    ready: /Not healthy/,
    loading: /^$/,
    empty: new RegExp(empty),
    partial: /sandbox-(eu|us) is unreachable/,
    stale: /Not updated for/,
    forbidden: /You may not see the environment/,
    error: /Could not load the environment.*req-7f3a9c/,
  };

  it.each(STATES)('says it, accessibly: %s', async state => {
    const { again } = open('staging', `?tab=${tab}`, answersIn(state));
    const main = await screen.findByRole('main');
    if (state === 'stale') {
      await within(main).findByRole('tabpanel');
      await again();
    }
    await waitFor(() => expect(main).toHaveTextContent(says[state]));
    expect(await accessibilityProblems(main)).toEqual([]);
  });
});
