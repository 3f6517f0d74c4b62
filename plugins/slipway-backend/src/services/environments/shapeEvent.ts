import { ApiTimelineEntry } from '@slipway/plugin-slipway-common';
import { TimelineEvent } from '../../ports/TimelineStore';

/** An entry of the timeline as the API tells it. */
export function shapeEvent(event: TimelineEvent): ApiTimelineEntry {
  const correlation = event.revision ?? event.commit ?? event.changeId;
  return {
    id: String(event.id),
    at: event.at.toISOString(),
    type: event.type,
    reason: event.reason,
    title: event.title,
    ...(event.actor ? { actor: event.actor } : {}),
    ...(correlation ? { correlation } : {}),
    ...(event.changeId
      ? {
          link: `/slipway/change-requests/${encodeURIComponent(event.changeId)}`,
        }
      : {}),
    ...(event.data ? { data: event.data } : {}),
  };
}
