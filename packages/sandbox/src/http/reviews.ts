import { JsonObject, listAt, objectAt, stringAt } from '../apiserver/json';
import { ResourceKind, apiVersion } from '../apiserver/kinds';
import { Attributes, Rbac } from '../apiserver/auth/rbac';
import { Tokens } from '../apiserver/auth/tokens';
import { badRequest, notImplemented } from '../apiserver/status';
import { User } from '../apiserver/types';

/** Answers the reviews: questions about rights and tokens that are posted and never stored. */
export class Reviews {
  constructor(
    private readonly rbac: Rbac,
    private readonly tokens: Tokens,
  ) {}

  answer(
    kind: ResourceKind,
    body: JsonObject,
    user: User,
    namespace?: string,
  ): JsonObject {
    const spec = objectAt(body, 'spec') ?? {};
    const base = {
      kind: kind.kind,
      apiVersion: apiVersion(kind),
      metadata: objectAt(body, 'metadata') ?? {},
      spec,
    };
    switch (kind.plural) {
      case 'selfsubjectaccessreviews':
        return { ...base, status: this.decide(user, spec) };
      case 'localsubjectaccessreviews':
        if (stringAt(spec, 'resourceAttributes', 'namespace') !== namespace) {
          throw badRequest(
            `spec.resourceAttributes.namespace must match the namespace of the request: ${namespace}`,
          );
        }
        return { ...base, status: this.decide(subject(spec), spec) };
      case 'subjectaccessreviews':
        return { ...base, status: this.decide(subject(spec), spec) };
      case 'selfsubjectrulesreviews':
        return {
          ...base,
          status: this.rules(user, stringAt(spec, 'namespace')),
        };
      case 'selfsubjectreviews':
        return { ...base, status: { userInfo: userInfo(user) } };
      case 'tokenreviews': {
        const found = this.tokens.authenticate(
          stringAt(spec, 'token') ?? '',
          listAt(spec, 'audiences').map(String),
        );
        if (!found)
          return {
            ...base,
            status: {
              user: {},
              error: 'the token was not issued by this server, or is over',
            },
          };
        return {
          ...base,
          status: {
            authenticated: true,
            user: userInfo(found),
            audiences: listAt(spec, 'audiences'),
          },
        };
      }
      default:
        throw notImplemented(kind.plural);
    }
  }

  private decide(user: User, spec: JsonObject): JsonObject {
    const resource = objectAt(spec, 'resourceAttributes');
    const path = objectAt(spec, 'nonResourceAttributes');
    if (!resource === !path) {
      throw badRequest(
        'spec must have exactly one of resourceAttributes and nonResourceAttributes',
      );
    }
    const text = (from: JsonObject, name: string) =>
      stringAt(from, name) || undefined;
    const wanted: Attributes = resource
      ? {
          user,
          verb: text(resource, 'verb') ?? '',
          group: text(resource, 'group'),
          resource: text(resource, 'resource') ?? '',
          subresource: text(resource, 'subresource'),
          name: text(resource, 'name'),
          namespace: text(resource, 'namespace'),
        }
      : {
          user,
          verb: text(path!, 'verb') ?? '',
          path: text(path!, 'path') ?? '',
        };
    const { allowed, reason } = this.rbac.authorize(wanted);
    return { allowed, ...(reason ? { reason } : {}) };
  }

  private rules(user: User, namespace?: string): JsonObject {
    const all = [...this.rbac.rules(user, namespace)].map(one => one.rule);
    return {
      resourceRules: all.filter(one => listAt(one, 'resources').length),
      nonResourceRules: all.filter(
        one => listAt(one, 'nonResourceURLs').length,
      ),
      incomplete: false,
    };
  }
}

function subject(spec: JsonObject): User {
  const name = stringAt(spec, 'user') ?? '';
  const groups = listAt(spec, 'groups').map(String);
  if (!name && !groups.length)
    throw badRequest('spec.user or spec.groups must be given');
  return { name, groups };
}

function userInfo(user: User): JsonObject {
  return {
    username: user.name,
    ...(user.uid ? { uid: user.uid } : {}),
    groups: user.groups,
  };
}
