import {
  type EventParams,
  type EventsService,
  SubTopicEventRouter,
} from '@backstage/plugin-events-node';

/** Publishes what comes under `github` under `github.<event>`, too, as GitHub names it: `github.push`. */
export class GithubTopics extends SubTopicEventRouter {
  constructor(events: EventsService) {
    super({ events, topic: 'github' });
  }

  protected getSubscriberId(): string {
    return 'slipway-github-topics';
  }

  protected determineSubTopic({ metadata }: EventParams): string | undefined {
    const event = metadata?.['x-github-event'];
    return typeof event === 'string' ? event : undefined;
  }
}
