import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  drift,
  FakeProblem,
  manyDrifts,
  preview,
  production,
  service,
} from '../../dev/fake';
import { answersIn, STATES, type StateName } from '../../dev/states';
import { accessibilityProblems, renderWith } from '../__testUtils__';
import { DriftCard } from './DriftCard';

const DRIFT = 'GET /v1alpha1/environments/*/*/*/drift';
const ACCEPT = 'POST /v1alpha1/environments/*/*/*/drift/accept';

const press = async (name: string) =>
  userEvent.click(await screen.findByRole('button', { name }));

/** What the card says in each state. */
const SAYS: Record<StateName, RegExp> = {
  ready: /spec\.replicas/,
  loading: /^Drift/,
  empty: /Nothing to compare yet/,
  partial: /is unreachable/,
  stale: /Not updated for/,
  forbidden: /You may not see the service/,
  error: /Could not load the service/,
};

describe('DriftCard', () => {
  it('says per field what is wanted, what was found, with what and when, and that no user is known', async () => {
    renderWith(<DriftCard />);
    const table = await screen.findByRole('table', { name: 'What differs' });
    const row = within(table).getByRole('row', { name: /spec\.replicas/ });
    expect(row).toHaveTextContent(
      /^spec\.replicasset with kubectl scale 2[56] min ago · user not recorded35$/,
    );
    expect(table).toHaveTextContent('Deployment web production');
    expect(screen.getByRole('region', { name: /^Drift/ })).toHaveTextContent(
      /checked [0-9]+ s ago/,
    );
  });

  it('says where Argo CD sees it otherwise, and why', async () => {
    renderWith(<DriftCard />);
    expect(await screen.findByText('Argo CD says Synced.')).toBeInTheDocument();
    expect(
      screen.getByText(/told to ignore spec.replicas/),
    ).toBeInTheDocument();
  });

  it('says no drift, of which environments', async () => {
    renderWith(<DriftCard />, {
      answers: {
        'GET /v1alpha1/services/*/*': () =>
          service({ environments: [preview] }),
      },
    });
    expect(await screen.findByText('No drift')).toBeInTheDocument();
    expect(screen.getByText(/in preview-142\./)).toBeInTheDocument();
  });

  it('asks for the drift of no environment that did not drift', async () => {
    const { requests } = renderWith(<DriftCard />);
    await screen.findByRole('table', { name: 'What differs' });
    expect(
      requests.map(({ path }) => path).filter(path => path.endsWith('/drift')),
    ).toEqual(['/v1alpha1/environments/shop/checkout/production/drift']);
  });

  it('says what putting back does before it does it', async () => {
    const { requests } = renderWith(<DriftCard />);
    await press('Put back');
    const dialog = await screen.findByRole('dialog', {
      name: 'Put back what Git says?',
    });
    expect(dialog).toHaveTextContent(
      'Deployment web spec.replicas: 5 becomes 3',
    );
    expect(dialog).toHaveTextContent('What was found is lost');
    const asked = () =>
      requests.filter(({ path }) => path.endsWith('/put-back'));
    expect(asked()).toEqual([]);
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Put back' }),
    );
    expect(await screen.findByText(/^Put back\. The list/)).toBeInTheDocument();
    // Without names: also what has drifted since the question was asked.
    expect(asked().map(({ body }) => body)).toEqual([{}]);
  });

  it('says which line accepting would write, and leads to the change request', async () => {
    const { requests } = renderWith(<DriftCard />);
    await press('Accept into Git…');
    const dialog = await screen.findByRole('dialog', {
      name: 'Accept into Git?',
    });
    expect(dialog).toHaveTextContent(
      'Deployment web spec.replicas: 3 becomes 5',
    );
    expect(dialog).toHaveTextContent(
      'in organizations/shop/services/checkout.yaml:19 at workloads[web].replicas',
    );
    expect(await accessibilityProblems(dialog)).toEqual([]);
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Open change request' }),
    );
    expect(
      await screen.findByRole('link', { name: 'change request' }),
    ).toHaveAttribute('href', '/slipway/change-requests/cr-58');
    expect(requests.find(({ path }) => path.endsWith('/accept'))?.body).toEqual(
      {
        fields: [
          {
            apiVersion: 'apps/v1',
            kind: 'Deployment',
            namespace: 'shop--checkout--production',
            name: 'web',
            path: 'spec.replicas',
          },
        ],
      },
    );
  });

  it('accepts only the fields that can be, and says of the others why not', async () => {
    const { requests } = renderWith(<DriftCard />, {
      answers: { [DRIFT]: () => manyDrifts() },
    });
    await press('Accept into Git…');
    const dialog = await screen.findByRole('dialog');
    expect(dialog).toHaveTextContent(
      'Can only be put back: images come with a release, not with the spec.',
    );
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Open change request' }),
    );
    await screen.findByRole('link', { name: 'change request' });
    const body = requests.find(({ path }) => path.endsWith('/accept'))
      ?.body as {
      fields: Array<{ path: string }>;
    };
    expect(body.fields.map(({ path }) => path)).toEqual(['spec.replicas']);
  });

  it('keeps the question open and says why when it was refused', async () => {
    renderWith(<DriftCard />, {
      answers: {
        [ACCEPT]: () => {
          throw new FakeProblem({
            title: 'ConflictError',
            status: 409,
            detail: 'The file has changed since.',
            instance: 'req-4',
          });
        },
      },
    });
    await press('Accept into Git…');
    const dialog = await screen.findByRole('dialog');
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Open change request' }),
    );
    expect(await within(dialog).findByRole('alert')).toHaveTextContent(
      'The file has changed since. (id req-4)',
    );
  });

  it('says why it may not be done, and does nothing when pressed all the same', async () => {
    const { requests } = renderWith(<DriftCard />, {
      answers: {
        [DRIFT]: () =>
          drift({
            allowed: {
              putBack: { allowed: false, reason: 'Only payments may.' },
              accept: { allowed: false, reason: 'Only owners may.' },
            },
          }),
      },
    });
    const button = await screen.findByRole('button', { name: 'Put back' });
    expect(button).toHaveAccessibleDescription('Only payments may.');
    await userEvent.click(button);
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
    expect(requests.every(({ verb }) => verb === 'GET')).toBe(true);
  });

  it('shows a few fields and the way to the rest', async () => {
    renderWith(<DriftCard />, {
      answers: {
        'GET /v1alpha1/services/*/*': () =>
          service({
            environments: ['a', 'b', 'c'].map(name => ({
              ...production,
              name,
            })),
          }),
        [DRIFT]: () => manyDrifts(),
      },
    });
    const [more] = await screen.findAllByRole('link', {
      name: '2 more fields',
    });
    expect(more).toHaveAttribute(
      'href',
      '/slipway/environments/shop/checkout/a?tab=drift',
    );
  });

  it.each(STATES)('is accessible: %s', async state => {
    const { again } = renderWith(<DriftCard />, { answers: answersIn(state) });
    const card = await screen.findByRole('region', { name: /^Drift/ });
    if (state === 'stale') {
      await screen.findByText('spec.replicas');
      await again();
    }
    await waitFor(() => expect(card).toHaveTextContent(SAYS[state]));
    expect(await accessibilityProblems(card)).toEqual([]);
  });
});
