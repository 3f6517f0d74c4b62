import { renderTestApp } from '@backstage/frontend-test-utils';
import { createTestEntityPage } from '@backstage/plugin-catalog-react/testUtils';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { fakeClient, service, world } from '../../dev/fake';
import { answersIn } from '../../dev/states';
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

describe('PipelinesCard', () => {
  it('lists the runs of every engine with their steps', async () => {
    const { client } = fakeClient(world());
    renderTestApp({
      extensions: [createTestEntityPage({ entity }), pipelinesCard],
      apis: [[slipwayApiRef, client]],
    });
    const runs = await screen.findByRole('list', { name: 'Pipeline runs' });
    const [failed, succeeded] = within(runs).getAllByRole('listitem');
    expect(failed).toHaveTextContent('build-88e1c07');
    expect(failed).toHaveTextContent('Tekton');
    expect(failed).toHaveTextContent('sandbox');
    expect(failed).toHaveTextContent('3 of 214 tests failed');
    // The run and the step that failed it.
    expect(within(failed).getAllByRole('img', { name: 'failed' })).toHaveLength(
      2,
    );
    expect(succeeded).toHaveTextContent('GitHub Actions');
    expect(succeeded).toHaveTextContent('4 min');
    expect(await accessibilityProblems(runs)).toEqual([]);
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

  it('asks for no pipelines of a service without environments', async () => {
    const { requests } = renderWith(<PipelinesCard />, {
      answers: answersIn('empty'),
    });
    expect(await screen.findByText('No pipelines yet')).toBeInTheDocument();
    expect(requests.filter(({ path }) => path.endsWith('/pipelines'))).toEqual(
      [],
    );
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
    await userEvent.click(
      screen.getByRole('button', { name: /^production waiting$/ }),
    );
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
