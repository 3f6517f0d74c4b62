import { useTranslationRef } from '@backstage/frontend-plugin-api';
import CheckIcon from '@mui/icons-material/Check';
import Box from '@mui/material/Box';
import TextField from '@mui/material/TextField';
import type {
  ApiChangeRequestDetails,
  ApiComment,
} from '@slipway/plugin-slipway-common';
import { useState } from 'react';
import { useCommentChangeRequest } from '../../api';
import {
  ActionButton,
  ActionError,
  EntityName,
  RelativeTime,
  Sha,
  Toned,
} from '../../components';
import { slipwayTranslationRef } from '../../translation';
import { tone } from '../../theme';

/**
 * Comments and approvals, oldest first, and the box for the next one. What was typed stays until it was taken.
 *
 * @internal
 */
export function Conversation(props: { request: ApiChangeRequestDetails }) {
  const { request } = props;
  const { t } = useTranslationRef(slipwayTranslationRef);
  const [text, setText] = useState('');
  const comment = useCommentChangeRequest(request.id);
  const reason = request.allowed.comment
    ? undefined
    : (request.allowed.reasons.comment ?? t('changeRequestPage.mayNotComment'));
  return (
    <>
      <Box
        component="ol"
        aria-label={t('changeRequestPage.comments')}
        sx={{ listStyle: 'none', m: 0, p: 0 }}
      >
        {request.comments.map(entry => (
          <CommentItem key={entry.id} comment={entry} />
        ))}
      </Box>
      {request.pullRequest && (
        <Box sx={{ color: 'text.secondary', fontSize: '0.875rem', mb: 1 }}>
          {t('changeRequestPage.commentsStay')}
        </Box>
      )}
      {request.comments.length === 0 && (
        <Box sx={{ color: 'text.secondary', fontSize: '0.875rem', mb: 1 }}>
          {t('changeRequestPage.noComments')}
        </Box>
      )}
      <Box
        component="form"
        sx={{
          mt: 1,
          display: 'flex',
          flexDirection: 'column',
          gap: 1,
          alignItems: 'flex-start',
        }}
        onSubmit={event => {
          event.preventDefault();
          if (text.trim() && !reason && !comment.isPending) {
            comment.mutate(text.trim(), { onSuccess: () => setText('') });
          }
        }}
      >
        <TextField
          label={t('changeRequestPage.comment')}
          multiline
          minRows={2}
          fullWidth
          size="small"
          value={text}
          onChange={event => setText(event.target.value)}
          inputProps={{ maxLength: 20_000 }}
        />
        <ActionButton
          type="submit"
          variant="outlined"
          reason={reason}
          busy={comment.isPending}
        >
          {t('changeRequestPage.comment')}
        </ActionButton>
      </Box>
      <ActionError error={comment.error} />
    </>
  );
}

function CommentItem(props: { comment: ApiComment }) {
  const { t } = useTranslationRef(slipwayTranslationRef);
  const { author, at, body, verdict, headCommit } = props.comment;
  return (
    <Box component="li" sx={{ py: 0.75, fontSize: '0.875rem' }}>
      <Box
        sx={{
          display: 'flex',
          flexWrap: 'wrap',
          gap: 0.75,
          alignItems: 'center',
        }}
      >
        {verdict === 'approved' && (
          <CheckIcon
            aria-hidden
            sx={{ fontSize: 16, color: theme => tone(theme, 'ok') }}
          />
        )}
        <strong>
          <EntityName entityRef={author} />
        </strong>
        {verdict === 'approved' && (
          <>
            <Toned tone="ok">{t('changeRequestPage.approved')}</Toned>
            {headCommit && <Sha value={headCommit} />}
          </>
        )}
        <Box component="span" sx={{ color: 'text.secondary' }}>
          <RelativeTime at={at} form="ago" />
        </Box>
      </Box>
      {body && (
        <Box sx={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
          {body}
        </Box>
      )}
    </Box>
  );
}
