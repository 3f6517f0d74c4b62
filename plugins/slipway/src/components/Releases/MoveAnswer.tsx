import { useRouteRef, useTranslationRef } from '@backstage/frontend-plugin-api';
import DoneIcon from '@mui/icons-material/Check';
import Button from '@mui/material/Button';
import DialogActions from '@mui/material/DialogActions';
import Link from '@mui/material/Link';
import type {
  ApiAcceptedRelease,
  ApiPromotion,
} from '@slipway/plugin-slipway-common';
import { Link as RouterLink } from 'react-router-dom';
import { useMoveRelease } from '../../api';
import { changeRequestRouteRef } from '../../routes';
import { SENTENCE } from '../../theme';
import { slipwayTranslationRef } from '../../translation';
import { ActionError } from '../Actions';
import { shortSha } from '../Sha';
import { Notice } from '../State';

/** The button that was pressed is gone: focus goes to the one that ends it. */
const focus = (element: HTMLElement | null) => element?.focus();

/**
 * How it went, with the way to the change request; what went straight to Git can be taken back by one press.
 *
 * @internal
 */
export function MoveAnswer(props: {
  asked: ApiPromotion;
  accepted: ApiAcceptedRelease;
  forward?: boolean;
  onClose: () => void;
}) {
  const { asked, accepted, forward, onClose } = props;
  const { organization, service, environment, release, current } = asked;
  const { t } = useTranslationRef(slipwayTranslationRef);
  const again = useMoveRelease({ organization, service, environment });
  const mayUndo = accepted.direct && accepted.created && current && !again.data;
  return (
    <>
      {again.data ? (
        <Accepted
          environment={environment}
          accepted={again.data}
          revision={current?.revision}
        />
      ) : (
        <Accepted
          environment={environment}
          accepted={accepted}
          revision={release?.revision}
        />
      )}
      <ActionError error={again.error} />
      <DialogActions sx={{ '& button': SENTENCE }}>
        {mayUndo && (
          <Button
            disabled={again.isPending}
            aria-busy={again.isPending || undefined}
            // What ran a moment ago needs no second look.
            onClick={() =>
              again.mutate({ move: { verb: 'rollback', to: current.id } })
            }
          >
            {t(forward ? 'releases.backAgain' : 'releases.forwardAgain')}
          </Button>
        )}
        <Button variant="contained" onClick={onClose} ref={focus}>
          {t('releases.close')}
        </Button>
      </DialogActions>
    </>
  );
}

function Accepted(props: {
  environment: string;
  accepted: ApiAcceptedRelease;
  revision: string | undefined;
}) {
  const { environment, accepted, revision } = props;
  const { t } = useTranslationRef(slipwayTranslationRef);
  const route = useRouteRef(changeRequestRouteRef);
  const words = { environment, revision: shortSha(revision ?? '') };
  if (accepted.id === undefined) {
    return (
      <Notice tone="ok" icon={DoneIcon}>
        {accepted.created
          ? t('releases.accepted', words)
          : t('releases.nothingToDo', words)}
      </Notice>
    );
  }
  return (
    <Notice tone="ok" icon={DoneIcon}>
      {t(accepted.created ? 'releases.requested' : 'releases.requestUpdated')}{' '}
      {route && (
        <Link
          component={RouterLink}
          underline="always"
          to={route({ id: accepted.id })}
        >
          {t('releases.seeRequest')}
        </Link>
      )}
    </Notice>
  );
}
