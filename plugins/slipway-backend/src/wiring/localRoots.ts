import { dirname, isAbsolute } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Settings } from '../settings';

/** The folders on disk in which the configuration puts repositories; Git touches no repository on disk elsewhere. */
export function localRoots(settings: Settings): string[] {
  const repositories = [
    ...settings.sources.map(source => source.repository.url),
    settings.gitops.repository.url,
    settings.gitops.delivery.target.url,
    ...(settings.gitops.delivery.stage === 'commit'
      ? [settings.gitops.delivery.directory!]
      : []),
  ].flatMap(url => localPath(url) ?? []);
  const code = settings.git.plainBaseUrl
    ? localPath(settings.git.plainBaseUrl)
    : undefined;
  return [
    ...new Set([
      ...repositories.map(path => dirname(path)),
      ...(code ? [code] : []),
    ]),
  ];
}

function localPath(url: string): string | undefined {
  if (isAbsolute(url)) return url;
  return url.startsWith('file://') ? fileURLToPath(url) : undefined;
}
