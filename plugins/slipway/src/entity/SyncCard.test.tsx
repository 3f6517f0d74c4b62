import { renderTestApp } from '@backstage/frontend-test-utils';
import { createTestEntityPage } from '@backstage/plugin-catalog-react/testUtils';
import { screen, within } from '@testing-library/react';
import { fakeClient, world } from '../../dev/fake';
import { slipwayApiRef } from '../api';
import { syncCard } from '../extensions/entity';

const entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: {
    name: 'checkout',
    annotations: { 'slipway.dev/service': 'shop/checkout' },
  },
  spec: { type: 'service' },
};

describe('SyncCard', () => {
  it('shows the road of each environment with what it says', async () => {
    const { client } = fakeClient(world());
    renderTestApp({
      extensions: [createTestEntityPage({ entity }), syncCard],
      apis: [[slipwayApiRef, client]],
    });
    const list = await screen.findByRole('list', { name: 'Environments' });
    expect(within(list).getByText('Waiting for approval')).toBeInTheDocument();
  });
});
