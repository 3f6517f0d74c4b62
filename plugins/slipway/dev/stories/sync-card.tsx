import { SyncCard } from '../../src/entity/SyncCard';
import { ofEntity } from '../frame';
import type { ViewStories } from '../registry';

export const stories: ViewStories = {
  view: 'sync-card',
  width: 'card',
  extensions: ['entity-card:slipway/sync'],
  draw: () => ofEntity(<SyncCard />),
  more: { lost: { signals: 'lost' } },
};
