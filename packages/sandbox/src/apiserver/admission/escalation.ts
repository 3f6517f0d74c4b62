import { Admission, AdmissionRequest } from '../api';
import { Rbac, covered } from '../auth/rbac';
import { JsonObject, equal, objectAt, objectsAt, stringAt } from '../json';
import { ApiError, forbidden, notFound } from '../status';

const GROUP = 'rbac.authorization.k8s.io';

/** Nobody hands out more rights than they have, unless they may `escalate` (roles) or `bind` (bindings). */
export class EscalationCheck implements Admission {
  constructor(private readonly rbac: Rbac) {}

  validate({ kind, object, live, operation, context }: AdmissionRequest): void {
    if (kind.group !== GROUP || operation === 'DELETE') return;
    const namespace = object.metadata.namespace;
    const binding = kind.plural.endsWith('bindings');
    if (binding) {
      if (live && equal(live.subjects, object.subjects)) return;
      const ref = objectAt(object, 'roleRef');
      const resource = ref?.kind === 'Role' ? 'roles' : 'clusterroles';
      const name = stringAt(ref, 'name') ?? '';
      const attributes = {
        user: context.user,
        verb: 'bind',
        group: GROUP,
        resource,
        name,
        namespace,
      };
      if (this.rbac.authorize(attributes).allowed) return;
      const rules = this.rbac.roleRules(ref, namespace);
      if (!rules)
        throw notFound(
          { group: GROUP, plural: resource, kind: String(ref?.kind) },
          name,
        );
      this.mustHave(rules, { kind, object, operation, context });
    } else {
      if (live && equal(live.rules, object.rules)) return;
      const attributes = {
        user: context.user,
        verb: 'escalate',
        group: GROUP,
        resource: kind.plural,
        name: object.metadata.name,
        namespace,
      };
      if (this.rbac.authorize(attributes).allowed) return;
      this.mustHave(objectsAt(object, 'rules'), {
        kind,
        object,
        operation,
        context,
      });
    }
  }

  private mustHave(
    rules: JsonObject[],
    { kind, object, context }: AdmissionRequest,
  ): void {
    const own = [
      ...this.rbac.rules(context.user, object.metadata.namespace),
    ].map(one => one.rule);
    const missing = rules.filter(rule => !covered(rule, own));
    if (!missing.length) return;
    const list = missing.map(rule => JSON.stringify(rule)).join('\n');
    const error: ApiError = forbidden(
      kind,
      object.metadata.name,
      `user "${context.user.name}" (groups=${JSON.stringify(context.user.groups)}) is attempting to grant RBAC permissions not currently held:\n${list}`,
    );
    throw error;
  }
}
