import { PipelinesCard } from '../../src/entity/PipelinesCard';
import { ofEntity } from '../frame';
import type { ViewStories } from '../registry';

export const stories: ViewStories = {
  view: 'pipelines-card',
  width: 'card',
  extensions: ['entity-card:slipway/pipelines'],
  draw: () => ofEntity(<PipelinesCard />),
};
