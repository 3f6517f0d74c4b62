import { JsonObject, listAt, objectAt, objectsAt, stringAt } from '../json';
import { Store } from '../store';
import { KubeObject, User } from '../types';

/** What somebody wants to do. */
export interface Attributes {
  user: User;
  verb: string;
  group?: string;
  resource?: string;
  subresource?: string;
  name?: string;
  namespace?: string;
  path?: string;
}

export interface Decision {
  allowed: boolean;
  reason: string;
}

const RBAC = 'rbac.authorization.k8s.io';

function names(list: unknown[], value: string): boolean {
  return list.includes('*') || list.includes(value);
}

export function ruleAllows(
  rule: JsonObject,
  wanted: Omit<Attributes, 'user'>,
): boolean {
  if (!names(listAt(rule, 'verbs'), wanted.verb)) return false;
  if (wanted.path !== undefined) {
    return listAt(rule, 'nonResourceURLs').some(url => {
      const text = String(url);
      return (
        text === '*' ||
        text === wanted.path ||
        (text.endsWith('*') && wanted.path!.startsWith(text.slice(0, -1)))
      );
    });
  }
  const resource = wanted.subresource
    ? `${wanted.resource}/${wanted.subresource}`
    : wanted.resource!;
  const resources = listAt(rule, 'resources');
  const limited = listAt(rule, 'resourceNames');
  return (
    names(listAt(rule, 'apiGroups'), wanted.group ?? '') &&
    (names(resources, resource) ||
      (wanted.subresource !== undefined &&
        resources.includes(`*/${wanted.subresource}`))) &&
    (!limited.length ||
      (wanted.name !== undefined && limited.includes(wanted.name)))
  );
}

function isSubject(
  subject: JsonObject,
  user: User,
  bindingNamespace?: string,
): boolean {
  if (subject.kind === 'User') return subject.name === user.name;
  if (subject.kind === 'Group')
    return user.groups.includes(String(subject.name));
  const namespace = stringAt(subject, 'namespace') ?? bindingNamespace;
  return (
    subject.kind === 'ServiceAccount' &&
    user.name === `system:serviceaccount:${namespace}:${String(subject.name)}`
  );
}

/** Role-based access control over the roles and bindings that the cluster holds. */
export class Rbac {
  constructor(private readonly store: Store) {}

  authorize(wanted: Attributes): Decision {
    const { user } = wanted;
    if (user.groups.includes('system:masters'))
      return { allowed: true, reason: '' };
    for (const { rule, reason } of this.rules(user, wanted.namespace)) {
      if (ruleAllows(rule, wanted)) return { allowed: true, reason };
    }
    return { allowed: false, reason: '' };
  }

  /** Every rule that holds for a user, in all of the cluster or in one namespace. */
  *rules(
    user: User,
    namespace?: string,
  ): Generator<{ rule: JsonObject; reason: string }> {
    yield* this.bound(
      this.store.list(`clusterrolebindings.${RBAC}`),
      user,
      'ClusterRoleBinding',
    );
    if (namespace)
      yield* this.bound(
        this.store.list(`rolebindings.${RBAC}`, namespace),
        user,
        'RoleBinding',
      );
  }

  roleRules(
    roleRef: JsonObject | undefined,
    namespace?: string,
  ): JsonObject[] | undefined {
    const name = stringAt(roleRef, 'name') ?? '';
    const role =
      roleRef?.kind === 'Role'
        ? this.store.get(`roles.${RBAC}`, namespace, name)
        : this.store.get(`clusterroles.${RBAC}`, undefined, name);
    return role && objectsAt(role, 'rules');
  }

  private *bound(
    bindings: KubeObject[],
    user: User,
    kind: string,
  ): Generator<{ rule: JsonObject; reason: string }> {
    for (const binding of bindings) {
      const { name, namespace } = binding.metadata;
      if (
        !objectsAt(binding, 'subjects').some(one =>
          isSubject(one, user, namespace),
        )
      )
        continue;
      const ref = objectAt(binding, 'roleRef');
      const which = namespace ? `${name}/${namespace}` : name;
      const reason = `RBAC: allowed by ${kind} "${which}" of ${String(ref?.kind)} "${String(ref?.name)}" to "${user.name}"`;
      for (const rule of this.roleRules(ref, namespace) ?? [])
        yield { rule, reason };
    }
  }
}

/** Whether all that a rule grants is granted by others too: nobody may hand out more than they have. */
export function covered(rule: JsonObject, by: JsonObject[]): boolean {
  const verbs = listAt(rule, 'verbs').map(String);
  const paths = listAt(rule, 'nonResourceURLs').map(String);
  if (paths.length)
    return verbs.every(verb =>
      paths.every(path => by.some(one => ruleAllows(one, { verb, path }))),
    );
  const limited = listAt(rule, 'resourceNames').map(String);
  return verbs.every(verb =>
    listAt(rule, 'apiGroups').every(group =>
      listAt(rule, 'resources').every(full =>
        (limited.length ? limited : [undefined]).every(name => {
          const [resource, subresource] = String(full).split('/');
          return by.some(one =>
            ruleAllows(one, {
              verb,
              group: String(group),
              resource,
              subresource,
              name,
            }),
          );
        }),
      ),
    ),
  );
}
