import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { ApiChangeRequestDetails } from '@slipway/plugin-slipway-common';
import {
  changeRequest,
  changeRequestDetails,
  environmentPlan,
  FakeProblem,
  plan,
} from '../../../dev/fake';
import { answersIn, STATES } from '../../../dev/states';
import { accessibilityProblems, renderWith } from '../../__testUtils__';
import { ChangeRequestPage } from './ChangeRequestPage';
import { ChangeRequestsPage } from './ChangeRequestsPage';

describe('ChangeRequestsPage', () => {
  const at = (query = ''): [string, string] => [
    '/slipway/change-requests',
    `/slipway/change-requests${query}`,
  ];

  it('shows the open ones with who, what and when', async () => {
    const { requests } = renderWith(<ChangeRequestsPage />, { at: at() });
    const link = await screen.findByRole('link', { name: 'Retry payments' });
    expect(link).toHaveAttribute('href', '/slipway/change-requests/cr-58');
    expect(
      within(screen.getByRole('list', { name: 'Change requests' })).getByRole(
        'listitem',
      ),
    ).toHaveTextContent('#58 · ana · 1 file · 0 approvals');
    expect(
      requests
        .find(({ path }) => path.endsWith('/change-requests'))
        ?.query.get('state'),
    ).toBe('open');
  });

  it('asks for every state when told to in the URL', async () => {
    const { requests } = renderWith(<ChangeRequestsPage />, {
      at: at('?state=all'),
    });
    await waitFor(() =>
      expect(
        requests.some(({ path }) => path.endsWith('/change-requests')),
      ).toBe(true),
    );
    expect(
      requests
        .find(({ path }) => path.endsWith('/change-requests'))
        ?.query.has('state'),
    ).toBe(false);
  });

  it('filters by title, number, author and path', async () => {
    renderWith(<ChangeRequestsPage />, {
      at: at('?filter=catalogue'),
      answers: {
        'GET /v1alpha1/change-requests': () => ({
          items: [
            changeRequest(),
            changeRequest({
              id: 'cr-59',
              number: 59,
              title: 'Other',
              paths: ['organizations/shop/services/catalogue.yaml'],
            }),
          ],
        }),
      },
    });
    expect(
      await screen.findByRole('link', { name: 'Other' }),
    ).toBeInTheDocument();
    expect(screen.queryByRole('link', { name: 'Retry payments' })).toBeNull();
  });

  it.each(STATES)('is accessible: %s', async state => {
    renderWith(<ChangeRequestsPage />, { at: at(), answers: answersIn(state) });
    const main = await screen.findByRole('main');
    await waitFor(() =>
      expect(
        main.querySelectorAll('li, [aria-busy], p').length,
      ).toBeGreaterThan(0),
    );
    expect(await accessibilityProblems(main)).toEqual([]);
  });
});

describe('ChangeRequestPage', () => {
  const show = (
    changes: Partial<ApiChangeRequestDetails> = {},
    answers: Parameters<typeof answersFor>[1] = {},
  ) =>
    renderWith(<ChangeRequestPage />, {
      at: ['/slipway/change-requests/:id', '/slipway/change-requests/cr-58'],
      answers: answersFor(changes, answers),
    });

  function answersFor(
    changes: Partial<ApiChangeRequestDetails>,
    answers: Record<string, () => unknown>,
  ) {
    return {
      'GET /v1alpha1/change-requests/*': () => changeRequestDetails(changes),
      ...answers,
    };
  }

  const mayAll = {
    comment: true,
    approve: true,
    merge: true,
    close: true,
    reasons: {},
  };

  it('shows title, state, author, plan, files and comments', async () => {
    show();
    expect(
      await screen.findByRole('heading', {
        level: 1,
        name: 'Retry payments #58',
      }),
    ).toBeInTheDocument();
    expect(screen.getByText('open')).toBeInTheDocument();
    expect(screen.getByRole('region', { name: 'Plan' })).toHaveTextContent(
      '€41.20 a month (+12.00)',
    );
    expect(
      screen.getByRole('region', { name: /Changes of organizations/ }),
    ).toHaveTextContent('added: replicas: 2');
    expect(screen.getByRole('list', { name: 'Comments' })).toHaveTextContent(
      'Why two?',
    );
  });

  it('approves the commit that is on the page', async () => {
    const { requests } = show();
    await userEvent.click(
      await screen.findByRole('button', { name: 'Approve' }),
    );
    await waitFor(() =>
      expect(
        requests.find(({ path }) => path.endsWith('/approve'))?.body,
      ).toEqual({
        headCommit: changeRequestDetails().headCommit,
      }),
    );
  });

  it('says why a button is not allowed', async () => {
    const { requests } = show();
    const merge = await screen.findByRole('button', { name: 'Merge' });
    expect(merge).toHaveAccessibleDescription(
      'One approval of payments-leads is missing.',
    );
    await userEvent.click(merge);
    expect(screen.queryByRole('dialog')).toBeNull();
    expect(requests.some(({ path }) => path.endsWith('/merge'))).toBe(false);
  });

  it('asks before it merges, and counts what changes', async () => {
    const { requests } = show({ allowed: mayAll });
    await userEvent.click(await screen.findByRole('button', { name: 'Merge' }));
    const dialog = await screen.findByRole('dialog', { name: 'Merge #58?' });
    expect(dialog).toHaveTextContent(
      '1 object is created, 1 changed and 0 removed',
    );
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Merge' }),
    );
    await waitFor(() =>
      expect(
        requests.find(({ path }) => path.endsWith('/merge'))?.body,
      ).toEqual({
        headCommit: changeRequestDetails().headCommit,
      }),
    );
  });

  it('asks for the name before a merge that deletes data', async () => {
    const [database] = environmentPlan().objects;
    const { requests } = show({
      allowed: mayAll,
      plan: plan({
        environments: [
          environmentPlan({
            objects: [{ ...database, verb: 'delete', holdsData: true }],
          }),
        ],
      }),
    });
    await userEvent.click(await screen.findByRole('button', { name: 'Merge' }));
    const dialog = await screen.findByRole('dialog');
    expect(dialog).toHaveTextContent('StatefulSet orders-db in staging');
    const confirm = within(dialog).getByRole('button', { name: 'Merge' });
    expect(confirm).toBeDisabled();
    await userEvent.type(
      within(dialog).getByLabelText('Type checkout to confirm'),
      'checkout',
    );
    await userEvent.click(confirm);
    await waitFor(() =>
      expect(requests.some(({ path }) => path.endsWith('/merge'))).toBe(true),
    );
  });

  it('closes only after a confirmation', async () => {
    const { requests } = show();
    await userEvent.click(await screen.findByRole('button', { name: 'Close' }));
    const dialog = await screen.findByRole('dialog');
    expect(requests.some(({ path }) => path.endsWith('/close'))).toBe(false);
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Close change request' }),
    );
    await waitFor(() =>
      expect(requests.some(({ path }) => path.endsWith('/close'))).toBe(true),
    );
  });

  it('says that somebody was faster when the commit has moved', async () => {
    show(
      { allowed: mayAll },
      {
        'POST /v1alpha1/change-requests/*/approve': () => {
          throw new FakeProblem({
            title: 'ConflictError',
            status: 409,
            detail: 'The change request has a newer commit; look at it first.',
          });
        },
      },
    );
    await userEvent.click(
      await screen.findByRole('button', { name: 'Approve' }),
    );
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'The change request has a newer commit; look at it first.',
    );
  });

  it('tells conflicts per file', async () => {
    const [file] = changeRequestDetails().files;
    show({ conflicts: [file.path] });
    expect(
      await screen.findByText(/1 file conflicts with the base\./),
    ).toBeInTheDocument();
    expect(screen.getByText('conflicts with the base')).toBeInTheDocument();
  });

  it('keeps a comment that could not be sent', async () => {
    let broken = true;
    const { requests } = show(
      {},
      {
        'POST /v1alpha1/change-requests/*/comments': () => {
          if (broken) {
            throw new FakeProblem({
              title: 'ServiceUnavailableError',
              status: 503,
              detail: 'Not now.',
            });
          }
          return {};
        },
      },
    );
    const box = await screen.findByRole('textbox', { name: 'Comment' });
    await userEvent.type(box, 'Looks good');
    const send = screen.getByRole('button', { name: 'Comment' });
    await userEvent.click(send);
    expect(await screen.findByRole('alert')).toHaveTextContent('Not now.');
    expect(box).toHaveValue('Looks good');
    broken = false;
    await userEvent.click(send);
    await waitFor(() => expect(box).toHaveValue(''));
    expect(
      requests.filter(({ path }) => path.endsWith('/comments')),
    ).toHaveLength(2);
  });

  it('says what becomes of the code skeleton', async () => {
    show({
      skeleton: {
        repository: 'https://git.example.com/shop/checkout',
        files: ['package.json', 'src/index.ts'],
        state: 'failed',
        message: 'The repository is locked.',
      },
    });
    expect(await screen.findByText('could not be pushed')).toBeInTheDocument();
    expect(screen.getByText('The repository is locked.')).toBeInTheDocument();
  });

  it('offers nothing on a change request that is merged', async () => {
    show({
      state: 'merged',
      mergeCommit: 'aaaaaaaabbbbbbbbccccccccddddddddeeeeeeee',
    });
    expect(await screen.findByText('merged')).toBeInTheDocument();
    expect(screen.queryByRole('button', { name: 'Merge' })).toBeNull();
  });

  it('is accessible', async () => {
    show();
    await screen.findByRole('button', { name: 'Approve' });
    expect(await accessibilityProblems(screen.getByRole('main'))).toEqual([]);
  });
});
