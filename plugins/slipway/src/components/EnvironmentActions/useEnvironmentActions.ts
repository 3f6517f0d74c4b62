import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type {
  ApiAllowance,
  ApiEnvironmentAllowed,
} from '@slipway/plugin-slipway-common';
import {
  useReconcile,
  useRefresh,
  useSync,
  type EnvironmentKey,
} from '../../api';
import { slipwayTranslationRef } from '../../translation';
import type { ReleaseWish } from '../Releases';

/** Something a person can ask of an environment. @internal */
export interface EnvironmentAction {
  id: 'refresh' | 'sync' | 'reconcile' | 'promote' | 'rollback';
  label: string;
  /** What it will do. */
  help: string;
  allowance: ApiAllowance;
  /** It changes what runs, so it is asked once more. */
  confirm: boolean;
  busy: boolean;
  run: (options?: { onSuccess?: () => void }) => void;
}

/**
 * What can be asked of an environment, what each does, whether this person may, and how the last one went.
 *
 * @internal
 */
export function useEnvironmentActions(
  key: EnvironmentKey,
  /** Asks for another release, in a dialog that says what that would do. */
  onRelease: (wish: ReleaseWish) => void,
): {
  actionsFor: (
    allowed: ApiEnvironmentAllowed,
    commit?: string,
  ) => EnvironmentAction[];
  /** Label of what was asked for last and was taken. */
  asked?: string;
  error: unknown;
  dismiss: () => void;
} {
  const { t } = useTranslationRef(slipwayTranslationRef);
  const refresh = useRefresh(key);
  const sync = useSync(key);
  const reconcile = useReconcile(key);
  const all = { refresh, sync, reconcile };
  const reset = () => Object.values(all).forEach(each => each.reset());
  const done = (['refresh', 'sync', 'reconcile'] as const).find(
    id => all[id].isSuccess,
  );
  const releaseOf = (
    verb: ReleaseWish['verb'],
    allowance: ApiAllowance,
  ): EnvironmentAction => ({
    id: verb,
    label: t(`releases.${verb}`),
    help: t(`releases.${verb}Help`),
    allowance,
    confirm: false,
    busy: false,
    run: () => onRelease({ verb }),
  });
  const actionOf = (
    id: keyof typeof all,
    allowance: ApiAllowance,
    help: string,
  ): EnvironmentAction => ({
    id,
    label: t(`actions.${id}`),
    help,
    allowance,
    confirm: id === 'sync',
    busy: all[id].isPending,
    run: options => {
      reset();
      all[id].mutate(undefined, options);
    },
  });
  return {
    actionsFor: (allowed, commit) => [
      actionOf('refresh', allowed.refresh, t('actions.refreshHelp')),
      actionOf(
        'sync',
        allowed.sync,
        t('actions.syncHelp', { commit: commit?.slice(0, 7) ?? 'HEAD' }),
      ),
      actionOf('reconcile', allowed.reconcile, t('actions.reconcileHelp')),
      releaseOf('promote', allowed.promote),
      releaseOf('rollback', allowed.rollback),
    ],
    asked: done && t(`actions.${done}`),
    error: refresh.error ?? sync.error ?? reconcile.error,
    dismiss: reset,
  };
}
