import { JsonObject } from '../apiserver/json';
import { KindRegistry, ResourceKind, resourceName } from '../apiserver/kinds';
import { notFound } from '../apiserver/status';

/** Looks like the version of a real server and says what it is. */
export const VERSION = {
  major: '1',
  minor: '36',
  gitVersion: 'v1.36.1+slipway-sandbox',
  gitCommit: '',
  gitTreeState: 'clean',
  buildDate: '1970-01-01T00:00:00Z',
  goVersion: 'none',
  compiler: 'none',
  platform: `${process.platform}/${process.arch}`,
};

const VERBS = [
  'create',
  'delete',
  'deletecollection',
  'get',
  'list',
  'patch',
  'update',
  'watch',
];

function verbsOf(kind: ResourceKind): string[] {
  if (kind.createOnly) return ['create'];
  // Nobody deletes all namespaces at once.
  return resourceName(kind) === 'namespaces'
    ? VERBS.filter(verb => verb !== 'deletecollection')
    : VERBS;
}

function groupObject(group: string, versions: string[]): JsonObject {
  const list = versions.map(version => ({
    groupVersion: `${group}/${version}`,
    version,
  }));
  return { name: group, versions: list, preferredVersion: list[0] };
}

export function apiVersions(): JsonObject {
  return {
    kind: 'APIVersions',
    apiVersion: 'v1',
    versions: ['v1'],
    serverAddressByClientCIDRs: [],
  };
}

export function apiGroups(kinds: KindRegistry): JsonObject {
  const groups = [...kinds.groups()].filter(([group]) => group !== '');
  return {
    kind: 'APIGroupList',
    apiVersion: 'v1',
    groups: groups.map(([group, versions]) => groupObject(group, versions)),
  };
}

export function apiGroup(kinds: KindRegistry, group: string): JsonObject {
  const versions = group ? kinds.groups().get(group) : undefined;
  if (!versions)
    throw notFound({ group: '', plural: 'groups', kind: 'APIGroup' }, group);
  return {
    kind: 'APIGroup',
    apiVersion: 'v1',
    ...groupObject(group, versions),
  };
}

function subresources(kind: ResourceKind): JsonObject[] {
  const base = {
    singularName: '',
    namespaced: kind.namespaced,
    kind: kind.kind,
  };
  const list: JsonObject[] = [];
  if (kind.status)
    list.push({
      ...base,
      name: `${kind.plural}/status`,
      verbs: ['get', 'patch', 'update'],
    });
  if (kind.custom || kind.group) return list;
  if (kind.plural === 'pods')
    list.push({ ...base, name: 'pods/log', verbs: ['get'] });
  if (kind.plural === 'namespaces')
    list.push({ ...base, name: 'namespaces/finalize', verbs: ['update'] });
  if (kind.plural === 'serviceaccounts') {
    list.push({
      ...base,
      name: 'serviceaccounts/token',
      kind: 'TokenRequest',
      group: 'authentication.k8s.io',
      version: 'v1',
      verbs: ['create'],
    });
  }
  return list;
}

export function apiResources(
  kinds: KindRegistry,
  group: string,
  version: string,
): JsonObject {
  const served = kinds
    .all()
    .filter(one => one.group === group && one.version === version);
  if (!served.length)
    throw notFound(
      { group: '', plural: 'groupversions', kind: 'APIResourceList' },
      `${group}/${version}`,
    );
  const resources = served.flatMap(one => [
    {
      name: one.plural,
      singularName: one.singular,
      namespaced: one.namespaced,
      kind: one.kind,
      verbs: verbsOf(one),
      ...(one.shortNames.length ? { shortNames: one.shortNames } : {}),
      ...(one.categories.length ? { categories: one.categories } : {}),
      ...(one.createOnly ? {} : { storageVersionHash: '' }),
    },
    ...subresources(one),
  ]);
  return {
    kind: 'APIResourceList',
    apiVersion: 'v1',
    groupVersion: group ? `${group}/${version}` : version,
    resources,
  };
}
