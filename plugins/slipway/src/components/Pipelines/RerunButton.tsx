import { useTranslationRef } from '@backstage/frontend-plugin-api';
import Button from '@mui/material/Button';
import type { ApiPipelineRun } from '@slipway/plugin-slipway-common';
import { useState } from 'react';
import { useRerun, type PipelinesKey } from '../../api';
import { SENTENCE } from '../../theme';
import { slipwayTranslationRef } from '../../translation';
import { ActionError } from '../Actions';
import { ConfirmDialog } from '../ConfirmDialog';

/**
 * Runs it again, after saying what that does. What may not be run again by this person has no button; what can't be
 * says why on hover.
 *
 * @internal
 */
export function RerunButton(props: {
  service: PipelinesKey;
  run: ApiPipelineRun;
}) {
  const { service, run } = props;
  const { t } = useTranslationRef(slipwayTranslationRef);
  const rerun = useRerun(service);
  // One wish an opening of the dialog: pressed twice it is the same run.
  const [wish, setWish] = useState<string>();
  if (!run.rerun.allowed) {
    return null;
  }
  return (
    <>
      <Button
        size="small"
        onClick={() => {
          rerun.reset();
          setWish(crypto.randomUUID());
        }}
        sx={{ py: 0, minWidth: 0, whiteSpace: 'nowrap', ...SENTENCE }}
      >
        {t('pipelines.rerun')}
      </Button>
      {wish && (
        <ConfirmDialog
          open
          title={t('pipelines.rerunTitle', { run: run.name })}
          confirm={t('pipelines.rerun')}
          busy={rerun.isPending}
          onConfirm={() =>
            rerun.mutate(
              { id: run.id, wish },
              { onSuccess: () => setWish(undefined) },
            )
          }
          onClose={() => setWish(undefined)}
        >
          {t('pipelines.rerunText', {
            engine: t(`pipelines.engine.${run.engine}`),
          })}
          <ActionError error={rerun.error} />
        </ConfirmDialog>
      )}
    </>
  );
}
