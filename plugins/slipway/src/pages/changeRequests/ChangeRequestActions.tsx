import { useTranslationRef } from '@backstage/frontend-plugin-api';
import Box from '@mui/material/Box';
import type { ApiChangeRequestDetails } from '@slipway/plugin-slipway-common';
import { useState } from 'react';
import {
  useApproveChangeRequest,
  useCloseChangeRequest,
  useMergeChangeRequest,
} from '../../api';
import {
  ActionButton,
  ActionError,
  ConfirmDialog,
  Panel,
} from '../../components';
import { slipwayTranslationRef } from '../../translation';
import { Checks } from './Checks';
import { checksOf } from './checks';

type Verb = 'approve' | 'merge' | 'close';

/** Why a button can't be pressed, in the backend's words; undefined when it can. */
function reasonOf(
  allowed: ApiChangeRequestDetails['allowed'],
  verb: Verb,
  otherwise: string,
): string | undefined {
  if (allowed[verb]) {
    return undefined;
  }
  return allowed.reasons[verb] ?? otherwise;
}

/** Objects with data in them that the change would remove. */
const dataLost = (
  request: ApiChangeRequestDetails,
): Array<{ object: string; environment: string }> =>
  request.plan.environments.flatMap(environment =>
    environment.objects
      .filter(({ verb, holdsData }) => verb === 'delete' && holdsData)
      .map(({ kind, name }) => ({
        object: `${kind} ${name}`,
        environment: environment.environment,
      })),
  );

/**
 * What has to hold, and with it: approve, merge and close. Approval and merge are for the commit that is on the page: when it has moved, the backend
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
    <Panel title={t('checks.title')} aside={<Verdict request={request} />}>
      <Checks request={request} />
      <Box
        sx={{
          display: 'flex',
          flexWrap: 'wrap',
          gap: 2,
          px: 2,
          py: 1.5,
          borderTop: 1,
          borderColor: 'divider',
          '@media print': { display: 'none' },
        }}
      >
        <ActionButton
          variant="contained"
          reason={reasonOf(allowed, 'approve', t('changeRequestPage.mayNot'))}
          busy={approve.isPending}
          onClick={() => approve.mutate({ headCommit })}
        >
          {t('changeRequestPage.approve')}
        </ActionButton>
        <ActionButton
          variant="contained"
          color="success"
          reason={reasonOf(allowed, 'merge', t('changeRequestPage.mayNot'))}
          busy={merge.isPending}
          onClick={() => setAsking('merge')}
        >
          {t('changeRequestPage.merge')}
        </ActionButton>
        <ActionButton
          variant="outlined"
          color="inherit"
          reason={reasonOf(allowed, 'close', t('changeRequestPage.mayNot'))}
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
        title={t('changeRequestPage.closeAsk', { number: `${request.number}` })}
        confirm={t('changeRequestPage.closeConfirm')}
        onClose={() => setAsking(undefined)}
        onConfirm={() => {
          setAsking(undefined);
          close.mutate();
        }}
      >
        {request.skeleton
          ? t('changeRequestPage.closeSkeletonHelp')
          : t('changeRequestPage.closeHelp')}
      </ConfirmDialog>
    </Panel>
  );
}

/** The checks in a word or two. */
function Verdict(props: { request: ApiChangeRequestDetails }) {
  const { t } = useTranslationRef(slipwayTranslationRef);
  const blocked = checksOf(props.request).filter(
    ({ state }) => state === 'bad' || state === 'wait',
  ).length;
  return (
    <>
      {blocked > 0
        ? t('checks.blocked', { count: blocked })
        : t('checks.ready')}
    </>
  );
}

function MergeDialog(props: {
  request: ApiChangeRequestDetails;
  open: boolean;
  onConfirm: () => void;
  onClose: () => void;
}) {
  const { t } = useTranslationRef(slipwayTranslationRef);
  const { request, ...dialog } = props;
  const { create, update, delete: removed } = request.plan.totals;
  const lost = dataLost(request);
  return (
    <ConfirmDialog
      {...dialog}
      title={t('changeRequestPage.mergeAsk', { number: `${request.number}` })}
      confirm={t('changeRequestPage.merge')}
      danger={lost.length > 0}
      typed={lost.length > 0 ? request.subject.split('/').pop() : undefined}
    >
      {t('changeRequestPage.mergeCreated', { count: create })}{' '}
      {t('changeRequestPage.mergeOthers', {
        changed: `${update}`,
        removed: `${removed}`,
      })}{' '}
      {t('changeRequestPage.mergeIn', {
        count: request.plan.environments.length,
      })}{' '}
      {t('changeRequestPage.mergeHelp')}
      {lost.length > 0 && (
        <Box sx={{ mt: 1 }}>
          <strong>{t('changeRequestPage.mergeLost')}</strong>
          <Box component="ul" sx={{ m: 0, pl: 2.5 }}>
            {lost.map(each => (
              <li key={`${each.environment} ${each.object}`}>
                {t('changeRequestPage.lostIn', each)}
              </li>
            ))}
          </Box>
        </Box>
      )}
    </ConfirmDialog>
  );
}
