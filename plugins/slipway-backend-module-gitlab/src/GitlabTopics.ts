import {
  type EventParams,
  type EventsService,
  SubTopicEventRouter,
} from '@backstage/plugin-events-node';

/** Publishes what comes under `gitlab` under `gitlab.<kind>`, too, as GitLab names it: `gitlab.merge_request`. */
export class GitlabTopics extends SubTopicEventRouter {
  constructor(events: EventsService) {
    super({ events, topic: 'gitlab' });
  }

  protected getSubscriberId(): string {
    return 'slipway-gitlab-topics';
  }

  protected determineSubTopic({
    eventPayload,
  }: EventParams): string | undefined {
    const { object_kind: kind, event_name: name } = (eventPayload ?? {}) as {
      object_kind?: unknown;
      event_name?: unknown;
    };
    // Webhooks of the whole instance have a name alone.
    return [kind, name].find(it => typeof it === 'string') as
      string | undefined;
  }
}
