import { explain, type Explanation } from '@slipway/plugin-slipway-common';
import type { Episode } from '../../domain/episodes';
import type { EnvironmentRecord } from '../../ports/EnvironmentStore';
import type { Notice } from '../../ports/Notifier';

/** The bell shows a few lines; the page says the rest. */
const DESCRIPTION_MAX = 500;

/** What a notice is made of. */
export interface NoticeOf {
  episode: Episode;
  /** Undefined when the environment is gone. */
  record: EnvironmentRecord | undefined;
  drift?: { state: string; objects: number; fields: number; since?: string };
  recipients: string[];
}

/** What is said while an episode stands, in the words of the page. */
export function standingNotice(of: NoticeOf): Notice {
  const { episode } = of;
  const explained = explanationOf(of);
  const drift = explained?.blockers.find(({ kind }) => kind === 'drift');
  if (episode.kind === 'drifted') {
    return {
      ...frame(of),
      title: `${episode.environment}: drifted`,
      description: clip(
        drift ? `${drift.message} ${drift.next}` : 'It differs from Git.',
      ),
      severity: 'normal',
    };
  }
  return {
    ...frame(of),
    title: explained?.headline ?? episode.environment,
    description: clip(
      explained ? `${explained.sentence} ${explained.next}` : '',
    ),
    severity: episode.kind === 'failed' ? 'high' : 'normal',
  };
}

const ENDINGS: Record<Episode['kind'], string> = {
  failed: 'no longer stopped',
  drifted: 'no longer drifted',
  approval: 'no longer waits for approval',
};

/** What replaces it when the episode is over. */
export function endedNotice(of: NoticeOf): Notice {
  const { kind, environment, outcome = 'over' } = of.episode;
  const ending = {
    over: ENDINGS[kind],
    approved: 'approved',
    removed: 'removed',
  };
  return {
    ...frame(of),
    title: `${environment}: ${ending[outcome]}`,
    description: clip(explanationOf(of)?.sentence ?? 'It is gone.'),
    severity: 'low',
  };
}

function frame({
  episode,
  recipients,
}: NoticeOf): Pick<Notice, 'recipients' | 'link' | 'topic' | 'scope'> {
  const path = episode.environment.split('/').map(encodeURIComponent).join('/');
  return {
    recipients,
    link: `/slipway/environments/${path}`,
    topic: episode.kind,
    scope: episode.id,
  };
}

function explanationOf({ record, drift }: NoticeOf): Explanation | undefined {
  if (!record) return undefined;
  const { organization, service, name, conditions } = record;
  return explain({
    organization,
    service,
    name,
    conditions,
    ...(drift && { drift }),
  });
}

function clip(text: string): string {
  return text.length > DESCRIPTION_MAX
    ? `${text.slice(0, DESCRIPTION_MAX - 1)}\u2026`
    : text;
}
