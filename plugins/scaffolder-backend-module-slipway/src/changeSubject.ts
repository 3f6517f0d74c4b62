import { InputError } from '@backstage/errors';
import { parsePlatformPath } from '@slipway/plugin-slipway-common';

/**
 * What a change is about, told from its files: the one service in it, else the
 * one binding, else the one organization, class, quota or policy pack. It
 * decides which open change request is updated, so it is never guessed.
 *
 * @internal
 */
export function subjectOf(files: ReadonlyArray<{ path: string }>): string {
  const subjects = files.flatMap(({ path }) => {
    const location = parsePlatformPath(path);
    switch (location?.kind) {
      case undefined:
        return [];
      case 'ServiceSpec':
        return {
          rank: 0,
          subject: `service/${location.organization}/${location.name}`,
        };
      case 'RepoBinding':
        return {
          rank: 2,
          subject: `binding/${location.organization}/${location.name}`,
        };
      case 'Organization':
        return { rank: 1, subject: `organization/${location.name}` };
      default:
        return { rank: 3, subject: `platform/${path.replace(/\.yaml$/, '')}` };
    }
  });
  const rank = Math.min(...subjects.map(subject => subject.rank));
  const first = subjects.filter(subject => subject.rank === rank);
  if (first.length !== 1) {
    throw new InputError(
      `What the change is about can't be told from ${files.length} files; give subject, such as service/shop/checkout.`,
    );
  }
  return first[0].subject;
}
