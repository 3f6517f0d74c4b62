import { renderTestApp } from '@backstage/frontend-test-utils';
import { createTestEntityPage } from '@backstage/plugin-catalog-react/testUtils';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { fakeClient, FakeProblem, service, world } from '../../dev/fake';
import { answersIn, STATES, type StateName } from '../../dev/states';
import { accessibilityProblems, entity, renderWith } from '../__testUtils__';
import { slipwayApiRef } from '../api';
import { environmentsContent, pipelinesCard } from '../extensions/entity';
import { EnvironmentsTab } from './EnvironmentsTab';
import { PipelinesCard } from './PipelinesCard';
import { isSlipwayAvailable, serviceOf } from './serviceOf';

const annotated = (value: string) => ({
  ...entity,
  metadata: { name: 'x', annotations: { 'slipway.dev/service': value } },
});

describe('serviceOf', () => {
  it('reads organization and service', () => {
    expect(serviceOf(annotated('shop/checkout'))).toEqual({
      organization: 'shop',
      service: 'checkout',
    });
  });

  it.each(['shop', 'shop/', '/checkout', 'shop/checkout/web', ''])(
    'takes %j for no service',
    value => {
      expect(isSlipwayAvailable(annotated(value))).toBe(false);
    },
  );
});

/** What the card says in each state. */
const SAYS: Record<StateName, RegExp> = {
  ready: /3 of 214 tests failed/,
  loading: /^Pipelines/,
  empty: /No pipeline has run yet/,
  partial: /sandbox-us is unreachable/,
  stale: /Not updated for/,
  forbidden: /You may not see the pipeline runs/,
  error: /Could not load the pipeline runs/,
};

describe('PipelinesCard', () => {
  it('lists the runs of every engine with their steps', async () => {
    const { client } = fakeClient(world());
    renderTestApp({
      extensions: [createTestEntityPage({ entity }), pipelinesCard],
      apis: [[slipwayApiRef, client]],
    });
    const runs = await screen.findByRole('list', { name: 'Pipeline runs' });
    const rows = [...runs.children].map(row => row as HTMLElement);
    expect(rows).toHaveLength(3);
    const [running, failed, succeeded] = rows;
    expect(running).toHaveTextContent('build');
    expect(running).toHaveTextContent('4f2a91c');
    expect(running).toHaveTextContent(
      'clone succeededtest succeededimage runningrelease queued',
    );
    expect(failed).toHaveTextContent('Tekton');
    expect(failed).toHaveTextContent('sandbox');
    expect(failed).toHaveTextContent('3 of 214 tests failed');
    // The run and the step that failed it.
    expect(within(failed).getAllByRole('img', { name: 'failed' })).toHaveLength(
      2,
    );
    expect(succeeded).toHaveTextContent('GitHub Actions');
    expect(succeeded).toHaveTextContent('took 4 min');
    expect(await accessibilityProblems(runs)).toEqual([]);
  });

  it('opens the log of the failing step, which the URL remembers', async () => {
    const { requests } = renderWith(<PipelinesCard />);
    await userEvent.click(
      await screen.findByRole('button', {
        name: 'Log of test of build-88e1c07-9kq4z',
      }),
    );
    const drawer = await screen.findByRole('dialog', {
      name: 'build-88e1c07-9kq4z',
    });
    expect(
      await within(drawer).findByText('FAIL src/retry.test.ts'),
    ).toBeInTheDocument();
    expect(
      requests
        .find(({ path }) => path.endsWith('/pipelines/r2/logs'))
        ?.query.get('step'),
    ).toBe('test');
    expect(await accessibilityProblems(drawer)).toEqual([]);
    await userEvent.click(
      within(drawer).getByRole('button', { name: 'Close' }),
    );
    await waitFor(() =>
      expect(screen.queryByRole('dialog')).not.toBeInTheDocument(),
    );
  });

  it('runs a pipeline again after saying what that does, and once however often it is pressed', async () => {
    const { requests } = renderWith(<PipelinesCard />);
    await userEvent.click(
      await screen.findByRole('button', { name: 'Run again' }),
    );
    const dialog = await screen.findByRole('dialog');
    expect(dialog).toHaveTextContent(
      'Tekton starts a new run of the same revision.',
    );
    await userEvent.dblClick(
      within(dialog).getByRole('button', { name: 'Run again' }),
    );
    await waitFor(() =>
      expect(screen.queryByRole('dialog')).not.toBeInTheDocument(),
    );
    const wishes = requests
      .filter(({ path }) => path.endsWith('/pipelines/r2/rerun'))
      .map(({ body }) => (body as { key: string }).key);
    expect(new Set(wishes).size).toBe(1);
  });

  it('keeps the question open and says why when a re-run is refused', async () => {
    renderWith(<PipelinesCard />, {
      answers: {
        'POST /v1alpha1/services/*/*/pipelines/*/rerun': () => {
          throw new FakeProblem({
            title: 'ConflictError',
            status: 409,
            detail: 'It is running already.',
          });
        },
      },
    });
    await userEvent.click(
      await screen.findByRole('button', { name: 'Run again' }),
    );
    const dialog = await screen.findByRole('dialog');
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Run again' }),
    );
    expect(await within(dialog).findByRole('alert')).toHaveTextContent(
      'It is running already.',
    );
  });

  it('says what starts the first run', async () => {
    renderWith(<PipelinesCard />, {
      answers: {
        ...answersIn('empty'),
        'GET /v1alpha1/services/*/*': () => service(),
      },
    });
    expect(
      await screen.findByText('No pipeline has run yet'),
    ).toBeInTheDocument();
  });

  it.each(STATES)('is accessible: %s', async state => {
    const { again } = renderWith(<PipelinesCard />, {
      answers: answersIn(state),
    });
    const card = await screen.findByRole('region', { name: /^Pipelines/ });
    if (state === 'stale') {
      await screen.findByText(/3 of 214 tests failed/);
      await again();
    }
    await screen.findAllByText(SAYS[state]);
    expect(await accessibilityProblems(card)).toEqual([]);
  });
});

describe('EnvironmentsTab', () => {
  it('switches between the environments of the service', async () => {
    const { client } = fakeClient(world());
    renderTestApp({
      extensions: [createTestEntityPage({ entity }), environmentsContent],
      apis: [[slipwayApiRef, client]],
    });
    expect(
      await screen.findByRole('heading', { name: 'checkout / preview-142' }),
    ).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: /production/ }));
    expect(
      await screen.findByRole('heading', { name: 'checkout / production' }),
    ).toBeInTheDocument();
  });

  it('says where the first environment is declared', async () => {
    renderWith(<EnvironmentsTab />, { answers: answersIn('empty') });
    expect(
      await screen.findByText(/add one under spec.environments/),
    ).toBeInTheDocument();
  });
});
