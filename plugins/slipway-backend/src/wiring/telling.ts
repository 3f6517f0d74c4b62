import type { Stores } from '../database/createStores';
import { aspectOf } from '../domain/live/subjects';
import type { EnvironmentStore } from '../ports/EnvironmentStore';
import type { LiveSignals } from '../ports/LiveSignals';
import { overriding } from './overriding';
import { isNews } from './recordNews';

/** What a call of a store has changed, by its answer and what it was given. */
type Told<S> = {
  [M in keyof S]?: S[M] extends (...args: infer A) => Promise<infer R>
    ? (result: R, args: A) => string[]
    : never;
};

/**
 * The stores, whose writes tell open pages. Whoever records a change tells it this way and can't forget to; it is told
 * when the write is done, so that a page which asks again sees it.
 */
export function tellingStores(stores: Stores, signals: LiveSignals): Stores {
  const environment = (key: string) => [`environment:${key}`];
  const change = (id: string) => [`change:${id}`];
  return {
    ...stores,
    environments: tellingEnvironments(
      telling(stores.environments, signals, {
        ensure: record => environment(record.key),
        recordTransition: ({ changed }, [key]) =>
          changed.length > 0 ? environment(key) : [],
        remove: (removed, [key]) => (removed ? environment(key) : []),
      }),
      signals,
    ),
    drifts: telling(stores.drifts, signals, {
      save: ({ same }, [record]) =>
        environment(record.environment).map(subject =>
          same ? aspectOf(subject, 'checked') : subject,
        ),
      remove: (_nothing, [key]) => environment(key),
    }),
    approvals: telling(stores.approvals, signals, {
      record: ({ created }, [approval]) =>
        created ? environment(approval.environment) : [],
    }),
    changes: telling(stores.changes, signals, {
      adoptOrInsert: ({ change: { id } }) => change(id),
      update: (updated, [id]) => (updated ? change(id) : []),
      addComment: (_comment, [id]) => change(id),
    }),
    changeIntents: telling(stores.changeIntents, signals, {
      attach: (_nothing, [, id]) => change(id),
      recordFailure: () => ['changes'],
      markMerged: merged => (merged ? ['changes'] : []),
      settle: settled => (settled ? ['changes'] : []),
    }),
    queue: telling(stores.queue, signals, {
      complete: (_held, [, { type }]) =>
        type === 'terminal' || type === 'retry' ? ['operations'] : [],
      replay: replayed => (replayed > 0 ? ['operations'] : []),
    }),
    webhooks: telling(stores.webhooks, signals, {
      note: (_nothing, [name]) => [`organization:${name}`],
      forget: (_nothing, [name]) => [`organization:${name}`],
      receive: ({ isNew, answersPing }, [name]) =>
        isNew || answersPing ? [`organization:${name}`] : [],
    }),
    sources: telling(stores.sources, signals, {
      markUnreadable: () => ['operations'],
      confirmHeld: confirmed => (confirmed ? ['operations'] : []),
      applySnapshot: result =>
        result.outcome === 'applied'
          ? [
              'operations',
              ...[...result.changed, ...result.deleted].map(subjectOf),
            ]
          : ['operations'],
    }),
  };
}

/** A write is told by what it shows beside what was there. */
function tellingEnvironments(
  environments: EnvironmentStore,
  signals: LiveSignals,
): EnvironmentStore {
  return overriding(environments, {
    save: async (key, revision, patch, options = {}) => {
      // Of another revision it is that the write will fail.
      const before =
        options.before ?? (await environments.get(key, { trx: options.trx }));
      const saved = await environments.save(key, revision, patch, options);
      const subject = `environment:${key}`;
      if (saved.revision !== revision && (!before || isNews(before, saved)))
        signals.changed([subject]);
      else
        signals.changed([
          ...(saved.revision === revision ? [] : [aspectOf(subject, 'record')]),
          ...(options.events?.length ? [aspectOf(subject, 'timeline')] : []),
        ]);
      return saved;
    },
  });
}

function subjectOf({
  kind,
  organization,
  name,
}: {
  kind: string;
  organization: string;
  name: string;
}): string {
  if (kind === 'ServiceSpec') return `service:${organization}/${name}`;
  if (kind === 'Organization') return `organization:${name}`;
  return organization ? `organization:${organization}` : 'fleet';
}

/** A store whose methods do what they did, and tell afterwards. */
function telling<S extends object>(
  store: S,
  signals: LiveSignals,
  told: Told<S>,
): S {
  return new Proxy(store, {
    get(target, name) {
      const method: unknown = Reflect.get(target, name, target);
      if (typeof method !== 'function') return method;
      const subjectsOf = told[name as keyof S] as
        ((result: unknown, args: unknown[]) => string[]) | undefined;
      if (!subjectsOf) return method.bind(target);
      return async (...args: unknown[]) => {
        const result: unknown = await method.apply(target, args);
        const subjects = subjectsOf(result, args);
        if (subjects.length > 0) signals.changed(subjects);
        return result;
      };
    },
  });
}
