import { renderTestApp } from '@backstage/frontend-test-utils';
import { createTestEntityPage } from '@backstage/plugin-catalog-react/testUtils';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  ago,
  environment,
  fakeClient,
  FakeProblem,
  preview,
  production,
  service,
  staging,
  world,
} from '../../dev/fake';
import { answersIn } from '../../dev/states';
import { accessibilityProblems, entity, renderWith } from '../__testUtils__';
import { slipwayApiRef } from '../api';
import { syncCard } from '../extensions/entity';
import { SyncCard } from './SyncCard';

const SERVICE = 'GET /v1alpha1/services/*/*';

describe('SyncCard', () => {
  it('is a card of entities that are a service of Slipway, and of no others', async () => {
    const other = { ...entity, metadata: { name: 'other' } };
    const { client, requests } = fakeClient(world());
    const { unmount } = renderTestApp({
      extensions: [createTestEntityPage({ entity: other }), syncCard],
      apis: [[slipwayApiRef, client]],
    });
    await screen.findByText('test');
    expect(requests).toEqual([]);
    unmount();

    renderTestApp({
      extensions: [createTestEntityPage({ entity }), syncCard],
      apis: [[slipwayApiRef, client]],
    });
    expect(
      await screen.findByRole('list', { name: 'Environments' }),
    ).toBeInTheDocument();
  });

  it('shows the road of each environment, what it says, revision, author and cost', async () => {
    renderWith(<SyncCard />);
    const [first, second, third] = within(
      await screen.findByRole('list', { name: 'Environments' }),
    )
      .getAllByRole('listitem', { name: '' })
      .filter(
        item =>
          item.parentElement?.getAttribute('aria-label') === 'Environments',
      );
    expect(first).toHaveTextContent('preview-142');
    expect(first).toHaveTextContent('Healthy for 2 h');
    expect(second).toHaveTextContent('Not healthy since 12 min');
    expect(second).toHaveTextContent("can't be pulled (not found)");
    expect(third).toHaveTextContent('Waiting for approval since 2 h');
    expect(third).toHaveTextContent('9d03c1e');
    expect(third).toHaveTextContent('ana');
    expect(third).toHaveTextContent('€23.20');
    expect(screen.getByText(/€41.20 a month/)).toBeInTheDocument();
  });

  it('says loading in the shape of what comes', async () => {
    renderWith(<SyncCard />, { answers: answersIn('loading') });
    expect(
      await screen.findByRole('status', {
        name: 'Loading the service shop/checkout',
      }),
    ).toHaveAttribute('aria-busy', 'true');
  });

  it('says empty with what to do first', async () => {
    renderWith(<SyncCard />, { answers: answersIn('empty') });
    expect(await screen.findByText('No environments yet')).toBeInTheDocument();
    expect(
      screen.getByText(
        /Add one below environments in organizations\/shop\/services/,
      ),
    ).toBeInTheDocument();
  });

  it('says partial with the source that is missing, and keeps the rest', async () => {
    renderWith(<SyncCard />, { answers: answersIn('partial') });
    expect(
      await screen.findByText('sandbox-us is unreachable.'),
    ).toBeInTheDocument();
    expect(screen.getByText(/ECONNREFUSED/)).toBeInTheDocument();
    expect(screen.getByText('preview-142')).toBeInTheDocument();
    expect(screen.getByText('Healthy')).toBeInTheDocument();
  });

  it('says stale with its age and why, and keeps what was there', async () => {
    const { again } = renderWith(<SyncCard />, { answers: answersIn('stale') });
    expect(await screen.findByText('preview-142')).toBeInTheDocument();
    await again();
    expect(await screen.findByText(/Not updated for/)).toBeInTheDocument();
    expect(
      screen.getByText(/The database does not answer\./),
    ).toHaveTextContent('req-7f3a9c');
    expect(screen.getByText('preview-142')).toBeInTheDocument();
  });

  it('says forbidden with who can grant it', async () => {
    renderWith(<SyncCard />, { answers: answersIn('forbidden') });
    expect(
      await screen.findByText('You may not see the service shop/checkout'),
    ).toBeInTheDocument();
    expect(screen.getByText('slipway.read')).toBeInTheDocument();
    expect(
      screen.getByText(/owners of the organization can add you/),
    ).toBeInTheDocument();
  });

  it('says error with an id to quote, and tries again when asked', async () => {
    let broken = true;
    renderWith(<SyncCard />, {
      answers: {
        [SERVICE]: () => {
          if (broken) {
            throw new FakeProblem({
              title: 'ServiceUnavailableError',
              status: 503,
              detail: 'The database does not answer.',
              instance: 'req-1',
            });
          }
          return service();
        },
      },
    });
    const alert = await screen.findByRole('alert');
    expect(alert).toHaveTextContent('Could not load the service shop/checkout');
    expect(alert).toHaveTextContent('The database does not answer.');
    expect(alert).toHaveTextContent('req-1');
    broken = false;
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByText('preview-142')).toBeInTheDocument();
  });

  it('shows three environments and a way to the others', async () => {
    renderWith(<SyncCard />, {
      answers: {
        [SERVICE]: () =>
          service({
            environments: [
              preview,
              staging,
              production,
              environment({ name: 'fourth' }),
              environment({ name: 'fifth' }),
            ],
          }),
      },
    });
    expect(await screen.findByRole('link', { name: '2 more' })).toHaveAttribute(
      'href',
      '/slipway/environments?filter=shop%2Fcheckout%2F',
    );
    expect(screen.queryByText('fourth')).not.toBeInTheDocument();
  });

  it('tells that the file has errors, and that a change is on its way', async () => {
    renderWith(<SyncCard />, {
      answers: {
        [SERVICE]: () =>
          service({
            openChangeRequest: 'cr-58',
            problems: [
              {
                path: 'spec.owner',
                segments: ['spec', 'owner'],
                line: 8,
                code: 'missing',
                severity: 'error',
                message: 'spec.owner is missing',
              },
            ],
          }),
      },
    });
    expect(
      await screen.findByText(
        /has 1 error; the last valid version keeps running/,
      ),
    ).toBeInTheDocument();
    expect(
      screen.getByText(/Line 8: spec.owner is missing/),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('link', { name: 'open change request' }),
    ).toHaveAttribute('href', '/slipway/change-requests/cr-58');
  });

  it('says how old a state is when its source is late', async () => {
    renderWith(<SyncCard />, {
      answers: {
        [SERVICE]: () =>
          service({
            environments: [
              environment({
                source: { name: 'eu', state: 'stale', asOf: ago(7) },
              }),
            ],
          }),
      },
    });
    expect(await screen.findByText('eu answers late.')).toBeInTheDocument();
    expect(screen.getByText(/^as of/)).toHaveTextContent('as of 7 min ago');
  });

  it('is accessible', async () => {
    renderWith(<SyncCard />);
    const card = await screen.findByRole('region', { name: 'Environments' });
    await screen.findByText('preview-142');
    expect(await accessibilityProblems(card)).toEqual([]);
  });
});
