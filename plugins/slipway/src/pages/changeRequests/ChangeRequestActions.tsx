import { useTranslationRef } from '@backstage/frontend-plugin-api';
import Box from '@mui/material/Box';
import Paper from '@mui/material/Paper';
import type { ApiChangeRequestDetails } from '@slipway/plugin-slipway-common';
import { useState } from 'react';
import {
  useApproveChangeRequest,
  useCloseChangeRequest,
  useMergeChangeRequest,
} from '../../api';
import { ActionButton, ActionError, ConfirmDialog } from '../../components';
import { count } from '../../format';
import { slipwayTranslationRef } from '../../translation';

type Verb = 'approve' | 'merge' | 'close';

/** Why a button can't be pressed, in the backend's words; undefined when it can. */
function reasonOf(
  allowed: ApiChangeRequestDetails['allowed'],
  verb: Verb,
): string | undefined {
  if (allowed[verb]) {
    return undefined;
  }
  return allowed.reasons[verb] ?? 'You may not do this.';
}

/** Objects with data in them that the change would remove. */
const dataLost = (request: ApiChangeRequestDetails): string[] =>
  request.plan.environments.flatMap(environment =>
    environment.objects
      .filter(({ verb, holdsData }) => verb === 'delete' && holdsData)
      .map(({ kind, name }) => `${kind} ${name} in ${environment.environment}`),
  );

/**
 * Approve, merge and close. Approval and merge are for the commit that is on the page: when it has moved, the backend
 * refuses and the page shows the newer one.
 *
 * @internal
 */
export function ChangeRequestActions(props: {
  request: ApiChangeRequestDetails;
}) {
  const { request } = props;
  const { t } = useTranslationRef(slipwayTranslationRef);
  const [asking, setAsking] = useState<'merge' | 'close'>();
  const approve = useApproveChangeRequest(request.id);
  const merge = useMergeChangeRequest(request.id);
  const close = useCloseChangeRequest(request.id);
  if (request.state !== 'open') {
    return null;
  }
  const { allowed, headCommit } = request;
  return (
    <Paper variant="outlined" sx={{ overflow: 'hidden' }}>
      <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 2, px: 2, py: 1.5 }}>
        <ActionButton
          variant="contained"
          reason={reasonOf(allowed, 'approve')}
          busy={approve.isPending}
          onClick={() => approve.mutate({ headCommit })}
        >
          {t('changeRequestPage.approve')}
        </ActionButton>
        <ActionButton
          variant="contained"
          color="success"
          reason={reasonOf(allowed, 'merge')}
          busy={merge.isPending}
          onClick={() => setAsking('merge')}
        >
          {t('changeRequestPage.merge')}
        </ActionButton>
        <ActionButton
          variant="outlined"
          color="inherit"
          reason={reasonOf(allowed, 'close')}
          busy={close.isPending}
          onClick={() => setAsking('close')}
        >
          {t('changeRequestPage.close')}
        </ActionButton>
      </Box>
      <ActionError error={approve.error ?? merge.error ?? close.error} />
      <MergeDialog
        request={request}
        open={asking === 'merge'}
        onClose={() => setAsking(undefined)}
        onConfirm={() => {
          setAsking(undefined);
          merge.mutate(headCommit);
        }}
      />
      <ConfirmDialog
        open={asking === 'close'}
        title={`Close #${request.number} without merging?`}
        confirm="Close change request"
        onClose={() => setAsking(undefined)}
        onConfirm={() => {
          setAsking(undefined);
          close.mutate();
        }}
      >
        Its branch is removed and nothing of it is left behind
        {request.skeleton && ', the code skeleton neither'}. Running the
        template again opens a new one.
      </ConfirmDialog>
    </Paper>
  );
}

function MergeDialog(props: {
  request: ApiChangeRequestDetails;
  open: boolean;
  onConfirm: () => void;
  onClose: () => void;
}) {
  const { request, ...dialog } = props;
  const { create, update, delete: removed } = request.plan.totals;
  const lost = dataLost(request);
  return (
    <ConfirmDialog
      {...dialog}
      title={`Merge #${request.number}?`}
      confirm="Merge"
      danger={lost.length > 0}
      typed={lost.length > 0 ? request.subject.split('/').pop() : undefined}
    >
      {count(create, 'object is', 'objects are')} created, {update} changed and{' '}
      {removed} removed in{' '}
      {count(request.plan.environments.length, 'environment')}. It is planned
      once more against the base before it is merged.
      {lost.length > 0 && (
        <Box sx={{ mt: 1 }}>
          <strong>Data is deleted for good with:</strong>
          <Box component="ul" sx={{ m: 0, pl: 2.5 }}>
            {lost.map(name => (
              <li key={name}>{name}</li>
            ))}
          </Box>
        </Box>
      )}
    </ConfirmDialog>
  );
}
