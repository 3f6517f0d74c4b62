import { EnvironmentsTab } from '../../src/entity/EnvironmentsTab';
import { ofEntity } from '../frame';
import type { ViewStories } from '../registry';

export const stories: ViewStories = {
  view: 'environments-tab',
  width: 'page',
  extensions: ['entity-content:slipway/environments'],
  draw: () => ofEntity(<EnvironmentsTab />),
};
