import { crdWarnings } from './crd';
import {
  DecodeOptions,
  FieldValidation,
  check,
  normalise,
  parseObject,
} from './decode';
import { DeleteOptions, Deletion } from './deletion';
import { clone, isObject } from './json';
import { KindRegistry, ResourceKind, apiVersion, resourceName } from './kinds';
import {
  birth,
  carryOver,
  countGeneration,
  generatedName,
  unchanged,
} from './lifecycle';
import { ListOptions, Page, page } from './listing';
import { applyConfiguration, recordUpdate } from './managed-fields';
import { jsonPatch, mergePatch } from './patch';
import {
  ApiError,
  alreadyExists,
  badRequest,
  conflict,
  forbidden,
  invalid,
  notFound,
} from './status';
import { Store } from './store';
import { strategicMergePatch } from './strategic-patch';
import { Clock, KubeObject, User, timestamp } from './types';

/** Who writes, and how. */
export interface WriteContext extends DecodeOptions {
  user: User;
  manager: string;
  dryRun: boolean;
  subresource?: string;
}

export interface AdmissionRequest {
  operation: 'CREATE' | 'UPDATE' | 'DELETE';
  kind: ResourceKind;
  object: KubeObject;
  live?: KubeObject;
  context: WriteContext;
}

/** Looks at each write before it happens: may change the object, then may refuse it. */
export interface Admission {
  mutate?(request: AdmissionRequest): void;
  validate?(request: AdmissionRequest): void;
}

export type PatchType = 'json' | 'merge' | 'strategic' | 'apply';

export interface Written {
  object: KubeObject;
  created: boolean;
}

/** A context for code inside this process. */
export function internalContext(
  user: User,
  manager: string,
  fieldValidation: FieldValidation = 'Warn',
): WriteContext {
  return { user, manager, dryRun: false, fieldValidation, warn: () => {} };
}

/** The verbs of one cluster's API, without HTTP. Everything happens at once: there is no race inside. */
export class Api {
  private readonly deletion: Deletion;

  constructor(
    readonly store: Store,
    readonly kinds: KindRegistry,
    readonly clock: Clock,
    private readonly admission: Admission[] = [],
  ) {
    this.deletion = new Deletion(store, clock);
  }

  get(
    kind: ResourceKind,
    namespace: string | undefined,
    name: string,
  ): KubeObject {
    const found = this.store.get(resourceName(kind), namespace, name);
    if (!found) throw notFound(kind, name);
    return this.present(kind, found);
  }

  list(
    kind: ResourceKind,
    namespace: string | undefined,
    options: ListOptions = {},
  ): Page {
    const result = page(this.store, kind, namespace, options);
    return {
      ...result,
      items: result.items.map(one => this.present(kind, one)),
    };
  }

  create(
    kind: ResourceKind,
    namespace: string | undefined,
    body: unknown,
    context: WriteContext,
  ): KubeObject {
    const object = parseObject(kind, body);
    if (object.metadata.resourceVersion) {
      throw badRequest(
        'resourceVersion should not be set on objects to be created',
      );
    }
    if (!object.metadata.name && object.metadata.generateName) {
      object.metadata.name = generatedName(object.metadata.generateName);
    }
    if (!object.metadata.name) {
      throw invalid(kind.group, kind.kind, '', [
        {
          type: 'FieldValueRequired',
          field: 'metadata.name',
          message: 'Required value: name or generateName is required',
        },
      ]);
    }
    this.place(kind, object, namespace);
    return this.insert(kind, normalise(kind, object, context), context, true);
  }

  /** Replaces an object, or with the subresource `status` its status. */
  update(
    kind: ResourceKind,
    namespace: string | undefined,
    name: string,
    body: unknown,
    context: WriteContext,
  ): KubeObject {
    const live = this.get(kind, namespace, name);
    const object = parseObject(kind, body);
    if (object.metadata.name && object.metadata.name !== name) {
      throw badRequest(
        `the name of the object (${object.metadata.name}) does not match the name on the URL (${name})`,
      );
    }
    object.metadata.name = name;
    this.place(kind, object, namespace);
    if (kind.custom && !object.metadata.resourceVersion) {
      throw invalid(kind.group, kind.kind, name, [
        {
          type: 'FieldValueInvalid',
          field: 'metadata.resourceVersion',
          message: 'Invalid value: 0: must be specified for an update',
        },
      ]);
    }
    return this.replace(kind, live, normalise(kind, object, context), context);
  }

  patch(
    kind: ResourceKind,
    namespace: string | undefined,
    name: string,
    type: PatchType,
    body: unknown,
    context: WriteContext & { force?: boolean },
  ): Written {
    const live = this.store.get(resourceName(kind), namespace, name);
    if (type === 'apply')
      return this.apply(
        kind,
        namespace,
        name,
        live && this.present(kind, live),
        body,
        context,
      );
    if (!live) throw notFound(kind, name);
    const base = clone(this.present(kind, live));
    const patched = this.patched(kind, base, type, body);
    const object = parseObject(kind, patched);
    if (
      object.metadata.name !== name ||
      (object.metadata.namespace ?? namespace) !== namespace
    ) {
      throw invalid(kind.group, kind.kind, name, [
        {
          type: 'FieldValueInvalid',
          field: 'metadata.name',
          message: `Invalid value: "${object.metadata.name}": field is immutable`,
        },
      ]);
    }
    return {
      object: this.replace(
        kind,
        live,
        normalise(kind, object, context),
        context,
      ),
      created: false,
    };
  }

  delete(
    kind: ResourceKind,
    namespace: string | undefined,
    name: string,
    options: DeleteOptions,
    context: WriteContext,
  ): { object: KubeObject; gone: boolean } {
    const live = this.get(kind, namespace, name);
    this.admit({ operation: 'DELETE', kind, object: live, live, context });
    const result = this.deletion.delete(kind, live, options, context.dryRun);
    return { object: this.present(kind, result.object), gone: result.gone };
  }

  /** Stores what a controller of this server changed, and lets the object go when nothing holds it any more. */
  settle(kind: ResourceKind, object: KubeObject): void {
    this.deletion.finish(kind, this.store.put(resourceName(kind), object));
  }

  /** The object in the version that is asked for. */
  present(kind: ResourceKind, object: KubeObject): KubeObject {
    return object.apiVersion === apiVersion(kind)
      ? object
      : { ...object, apiVersion: apiVersion(kind) };
  }

  private patched(
    kind: ResourceKind,
    base: KubeObject,
    type: PatchType,
    body: unknown,
  ): unknown {
    if (type === 'json') return jsonPatch(base, body);
    if (!isObject(body)) throw badRequest('a patch must be a JSON object');
    if (type === 'merge') return mergePatch(base, body);
    if (kind.custom) {
      throw new ApiError(
        415,
        'UnsupportedMediaType',
        'the body of the request was in an unknown format - accepted media types include: application/json-patch+json, application/merge-patch+json, application/apply-patch+yaml, application/apply-patch+cbor',
      );
    }
    return strategicMergePatch(base, body, kind.schema);
  }

  private apply(
    kind: ResourceKind,
    namespace: string | undefined,
    name: string,
    live: KubeObject | undefined,
    body: unknown,
    context: WriteContext & { force?: boolean },
  ): Written {
    const config = parseObject(kind, body);
    if (!config.metadata.name) {
      throw badRequest(
        `the name of the object (${name} based on URL) was undeterminable: name must be provided`,
      );
    }
    if (config.metadata.name !== name) {
      throw badRequest(
        `the name of the object (${config.metadata.name}) does not match the name on the URL (${name})`,
      );
    }
    this.place(kind, config, namespace);
    if (!live && context.subresource) throw notFound(kind, name);
    if (
      config.metadata.resourceVersion &&
      config.metadata.resourceVersion !== live?.metadata.resourceVersion
    ) {
      throw conflict(
        kind,
        name,
        'the object has been modified; please apply your changes to the latest version and try again',
      );
    }
    const empty = {
      apiVersion: apiVersion(kind),
      kind: kind.kind,
      metadata: { name, ...(namespace ? { namespace } : {}) },
    };
    const merged = applyConfiguration(
      live ?? empty,
      config,
      this.managerId(kind, context),
      kind.schema,
      {
        force: context.force ?? false,
        hasStatus: kind.status,
        now: timestamp(this.clock()),
        exists: Boolean(live),
        custom: kind.custom,
      },
    );
    const object = normalise(kind, merged, context);
    if (!live)
      return {
        object: this.insert(kind, object, context, false),
        created: true,
      };
    object.metadata.resourceVersion = live.metadata.resourceVersion;
    return {
      object: this.replace(kind, live, object, context, true),
      created: false,
    };
  }

  private managerId(kind: ResourceKind, context: WriteContext) {
    return {
      manager: context.manager,
      apiVersion: apiVersion(kind),
      ...(context.subresource ? { subresource: context.subresource } : {}),
    };
  }

  /** An object lies in the namespace of its path, and nowhere else. */
  private place(
    kind: ResourceKind,
    object: KubeObject,
    namespace: string | undefined,
  ): void {
    if (!kind.namespaced) {
      delete object.metadata.namespace;
      return;
    }
    if (object.metadata.namespace && object.metadata.namespace !== namespace) {
      throw badRequest(
        `the namespace of the provided object does not match the namespace sent on the request`,
      );
    }
    object.metadata.namespace = namespace;
  }

  private admit(request: AdmissionRequest): void {
    for (const one of this.admission) one.mutate?.(request);
    for (const one of this.admission) one.validate?.(request);
  }

  private namespaceMustTakeNew(kind: ResourceKind, object: KubeObject): void {
    if (!kind.namespaced) return;
    const namespace = object.metadata.namespace!;
    const found = this.store.get('namespaces', undefined, namespace);
    if (!found)
      throw notFound(
        { group: '', plural: 'namespaces', kind: 'Namespace' },
        namespace,
      );
    if (found.metadata.deletionTimestamp) {
      throw forbidden(
        kind,
        object.metadata.name,
        `unable to create new content in namespace ${namespace} because it is being terminated`,
        [
          {
            reason: 'NamespaceTerminating',
            message: `namespace ${namespace} is being terminated`,
            field: 'metadata.namespace',
          },
        ],
      );
    }
  }

  private insert(
    kind: ResourceKind,
    object: KubeObject,
    context: WriteContext,
    record: boolean,
  ): KubeObject {
    birth(kind, object, this.store, this.clock());
    if (record) {
      recordUpdate(
        undefined,
        object,
        this.managerId(kind, context),
        kind.schema,
        kind.status,
        timestamp(this.clock()),
      );
    }
    if (
      this.store.get(
        resourceName(kind),
        object.metadata.namespace,
        object.metadata.name,
      )
    ) {
      throw alreadyExists(kind, object.metadata.name);
    }
    this.namespaceMustTakeNew(kind, object);
    this.admit({ operation: 'CREATE', kind, object, context });
    check(kind, object);
    this.warn(kind, object, context);
    return context.dryRun ? object : this.store.put(resourceName(kind), object);
  }

  private replace(
    kind: ResourceKind,
    live: KubeObject,
    object: KubeObject,
    context: WriteContext,
    applied = false,
  ): KubeObject {
    const { resourceVersion, uid } = object.metadata;
    if (uid && uid !== live.metadata.uid) {
      throw conflict(
        kind,
        live.metadata.name,
        `Precondition failed: UID in precondition: ${uid}, UID in object meta: ${live.metadata.uid}`,
      );
    }
    if (resourceVersion && resourceVersion !== live.metadata.resourceVersion) {
      throw conflict(
        kind,
        live.metadata.name,
        'the object has been modified; please apply your changes to the latest version and try again',
      );
    }
    const base = this.present(kind, live);
    const next = carryOver(kind, base, object, context.subresource);
    next.metadata.resourceVersion = live.metadata.resourceVersion;
    countGeneration(kind, base, next);
    if (!applied) {
      recordUpdate(
        base,
        next,
        this.managerId(kind, context),
        kind.schema,
        kind.status,
        timestamp(this.clock()),
      );
    }
    this.admit({
      operation: 'UPDATE',
      kind,
      object: next,
      live: base,
      context,
    });
    this.checkFinalizers(kind, base, next);
    check(kind, next, base);
    this.warn(kind, next, context);
    if (unchanged(base, next)) return base;
    if (context.dryRun) return next;
    const stored = this.store.put(resourceName(kind), next);
    return this.deletion.finish(kind, stored);
  }

  private checkFinalizers(
    kind: ResourceKind,
    live: KubeObject,
    next: KubeObject,
  ): void {
    if (!live.metadata.deletionTimestamp) return;
    const added = (next.metadata.finalizers ?? []).filter(
      one => !live.metadata.finalizers?.includes(one),
    );
    if (!added.length) return;
    throw invalid(kind.group, kind.kind, live.metadata.name, [
      {
        type: 'FieldValueForbidden',
        field: 'metadata.finalizers',
        message: `Forbidden: no new finalizers can be added if the object is being deleted, found new finalizers ${JSON.stringify(added)}`,
      },
    ]);
  }

  private warn(
    kind: ResourceKind,
    object: KubeObject,
    context: WriteContext,
  ): void {
    if (kind.deprecation) context.warn(kind.deprecation);
    const resource = resourceName(kind);
    if (resource === 'customresourcedefinitions.apiextensions.k8s.io')
      crdWarnings(object).forEach(context.warn);
    if (object.type === 'kubernetes.io/service-account-token') {
      context.warn(
        'the Slipway sandbox puts no token into Secrets; ask for one by TokenRequest',
      );
    }
    if (kind.kind === 'ClusterRole' && object.aggregationRule) {
      context.warn('the Slipway sandbox does not aggregate ClusterRoles');
    }
    if (kind.group === 'admissionregistration.k8s.io') {
      context.warn(
        `the Slipway sandbox stores ${kind.kind} objects but does not evaluate them`,
      );
    }
  }
}
