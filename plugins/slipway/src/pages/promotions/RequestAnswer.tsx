import { useRouteRef, useTranslationRef } from '@backstage/frontend-plugin-api';
import DoneIcon from '@mui/icons-material/Check';
import Button from '@mui/material/Button';
import Link from '@mui/material/Link';
import type { ApiAcceptedRelease } from '@slipway/plugin-slipway-common';
import { Link as RouterLink } from 'react-router-dom';
import { Notice } from '../../components/State';
import { changeRequestRouteRef } from '../../routes';
import { SENTENCE } from '../../theme';
import { slipwayTranslationRef } from '../../translation';

/**
 * Where the change request is that was asked for.
 *
 * @internal
 */
export function RequestAnswer(props: {
  accepted: ApiAcceptedRelease;
  onAgain: () => void;
}) {
  const { id, created } = props.accepted;
  const { t } = useTranslationRef(slipwayTranslationRef);
  const route = useRouteRef(changeRequestRouteRef);
  return (
    <Notice
      tone="ok"
      icon={DoneIcon}
      actions={
        <Button size="small" sx={SENTENCE} onClick={props.onAgain}>
          {t('promotions.again')}
        </Button>
      }
    >
      <span role="status">
        {t(created ? 'releases.requested' : 'releases.requestUpdated')}{' '}
        {route && id !== undefined && (
          <Link
            component={RouterLink}
            underline="always"
            to={route({ id })}
            // What was pressed is gone: this is the next thing to press.
            ref={(element: HTMLAnchorElement | null) => element?.focus()}
          >
            {t('releases.seeRequest')}
          </Link>
        )}
      </span>
    </Notice>
  );
}
