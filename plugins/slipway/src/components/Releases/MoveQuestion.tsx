import { useTranslationRef } from '@backstage/frontend-plugin-api';
import Button from '@mui/material/Button';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import type { ApiPromotion } from '@slipway/plugin-slipway-common';
import { useState } from 'react';
import {
  useMoveRelease,
  useReleaseMove,
  type EnvironmentKey,
  type ReleaseMove,
} from '../../api';
import { SENTENCE } from '../../theme';
import { slipwayTranslationRef } from '../../translation';
import { ActionError } from '../Actions';
import { RowsSkeleton, StateView } from '../State';
import { MoveAnswer } from './MoveAnswer';
import { MoveView } from './MoveView';

/**
 * One move of one environment: what it would become, the answer, and how it went.
 *
 * @internal
 */
export function MoveQuestion(props: {
  environment: EnvironmentKey;
  move: ReleaseMove;
  /** To a release that is newer than what runs. */
  forward?: boolean;
  onClose: () => void;
}) {
  const { environment, move, forward, onClose } = props;
  const { t } = useTranslationRef(slipwayTranslationRef);
  const query = useReleaseMove(environment, move);
  const act = useMoveRelease(environment);
  // What was looked at when it was asked for; what is shown changes with the answer.
  const [asked, setAsked] = useState<ApiPromotion>();
  const shown = query.data;
  const ask = (looked: ApiPromotion) => {
    setAsked(looked);
    act.mutate({ move, digest: looked.diff?.digest });
  };
  if (act.data && asked) {
    return (
      <MoveAnswer
        asked={asked}
        accepted={act.data}
        forward={forward}
        onClose={onClose}
      />
    );
  }
  const possible = shown?.allowed.allowed && !shown.blocked;
  return (
    <>
      <DialogContent sx={{ p: 0 }}>
        <StateView
          query={query}
          what={t('releases.movesWhat', {
            environment: environment.environment,
          })}
          skeleton={<RowsSkeleton rows={5} />}
        >
          {found => <MoveView move={found} />}
        </StateView>
        <ActionError error={act.error} />
      </DialogContent>
      <DialogActions sx={{ '& button': SENTENCE }}>
        <Button onClick={onClose}>{t('parts.cancel')}</Button>
        {possible && (
          <Button
            variant="contained"
            disabled={act.isPending}
            aria-busy={act.isPending || undefined}
            onClick={() => ask(shown)}
          >
            {t(answerOf(shown, forward))}
          </Button>
        )}
      </DialogActions>
    </>
  );
}

function answerOf({ direct, changeRequest }: ApiPromotion, forward?: boolean) {
  if (direct) {
    return forward
      ? ('releases.forwardNow' as const)
      : ('releases.rollbackNow' as const);
  }
  return changeRequest
    ? ('releases.updateRequest' as const)
    : ('releases.request' as const);
}
