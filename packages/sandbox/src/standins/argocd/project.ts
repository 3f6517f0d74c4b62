import { JsonObject, listAt, objectsAt } from '../../apiserver/json';
import { ResourceKind } from '../../apiserver/kinds';
import { KubeObject } from '../../apiserver/types';

/** What an AppProject allows. */

function matches(pattern: string, text: string): boolean {
  const expression = pattern
    .split(/(\*+|\?)/)
    .map(part => {
      if (part.startsWith('*')) return '.*';
      return part === '?' ? '.' : part.replace(/[.+^${}()|[\]\\]/g, '\\$&');
    })
    .join('');
  return new RegExp(`^${expression}$`).test(text);
}

/** A list of patterns of which one must match, and none that begins with `!`. */
function permitted(patterns: string[], text: string): boolean {
  const denied = patterns
    .filter(one => one.startsWith('!'))
    .some(one => matches(one.slice(1), text));
  return (
    !denied && patterns.some(one => !one.startsWith('!') && matches(one, text))
  );
}

function withoutSuffix(url: string): string {
  return url.replace(/\/+$/, '').replace(/\.git$/, '');
}

export function allowsSource(project: KubeObject, repoURL: string): boolean {
  const patterns = listAt(project, 'spec', 'sourceRepos').map(one =>
    withoutSuffix(String(one)),
  );
  return permitted(patterns, withoutSuffix(repoURL));
}

export interface Destination {
  server: string;
  name: string;
  namespace: string;
}

export function allowsDestination(
  project: KubeObject,
  destination: Destination,
): boolean {
  const fits = (one: JsonObject, negated: boolean) => {
    const field = (name: keyof Destination) => {
      const pattern = String(one[name] ?? '');
      if (pattern.startsWith('!'))
        return negated && matches(pattern.slice(1), destination[name]);
      return matches(pattern, destination[name]);
    };
    const cluster = one.server
      ? field('server')
      : one.name !== undefined && field('name');
    return cluster && field('namespace');
  };
  const entries = objectsAt(project, 'spec', 'destinations');
  const denies = (one: JsonObject) =>
    ['server', 'name', 'namespace'].some(key =>
      String(one[key] ?? '').startsWith('!'),
    );
  if (entries.filter(denies).some(one => fits(one, true))) return false;
  return entries.filter(one => !denies(one)).some(one => fits(one, false));
}

function lists(
  entries: JsonObject[],
  kind: ResourceKind,
  name: string,
): boolean {
  return entries.some(
    one =>
      matches(String(one.group ?? ''), kind.group) &&
      matches(String(one.kind ?? ''), kind.kind) &&
      (!one.name || matches(String(one.name), name)),
  );
}

/** Whether a kind may be applied; cluster-scoped ones must be named, others must not be forbidden. */
export function allowsKind(
  project: KubeObject,
  kind: ResourceKind,
  name: string,
): boolean {
  const spec = (key: string) => objectsAt(project, 'spec', key);
  if (!kind.namespaced) {
    return (
      lists(spec('clusterResourceWhitelist'), kind, name) &&
      !lists(spec('clusterResourceBlacklist'), kind, name)
    );
  }
  const white = (project.spec as JsonObject | undefined)
    ?.namespaceResourceWhitelist;
  const named =
    !Array.isArray(white) ||
    lists(spec('namespaceResourceWhitelist'), kind, name);
  return named && !lists(spec('namespaceResourceBlacklist'), kind, name);
}
