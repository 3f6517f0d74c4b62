import { useRouteRef, useTranslationRef } from '@backstage/frontend-plugin-api';
import DoneIcon from '@mui/icons-material/Check';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Link from '@mui/material/Link';
import type {
  ApiDrift,
  ApiDriftedObject,
} from '@slipway/plugin-slipway-common';
import { useState, type ReactNode } from 'react';
import { Link as RouterLink } from 'react-router-dom';
import { useAcceptDrift, usePutBack, type EnvironmentKey } from '../../api';
import { changeRequestRouteRef } from '../../routes';
import { SENTENCE } from '../../theme';
import { slipwayTranslationRef } from '../../translation';
import { ActionButton } from '../Actions';
import { Notice } from '../State';
import { AcceptDialog, acceptable, PutBackDialog } from './DriftDialogs';
import { DriftRows, firstFields } from './DriftRows';
import { Disagreement } from './Disagreement';

/** Which question is open, and about what. */
interface Asking {
  verb: 'put-back' | 'accept';
  objects: ApiDriftedObject[];
  /** Everything, also what drifts while the question is open. */
  all: boolean;
}

/**
 * What drifted, with the two verbs: put it back, or accept it into Git. Both say what they will do first.
 *
 * @internal
 */
export function DriftView(props: {
  environment: EnvironmentKey;
  drift: ApiDrift;
  /** A card shows so many fields. */
  limit?: number;
  /** Each object has the verbs of its own. */
  perObject?: boolean;
  /** Names the environment beside each object. */
  named?: boolean;
  /** Where the fields are that are not shown. */
  more?: (count: number) => ReactNode;
}) {
  const { environment, drift, limit, perObject, named, more } = props;
  const { t } = useTranslationRef(slipwayTranslationRef);
  const [asking, ask] = useState<Asking>();
  const putBack = usePutBack(environment);
  const accept = useAcceptDrift(environment);
  const shown = firstFields(drift.objects, limit);
  const all = drift.objects.reduce(
    (sum, { fields }) => sum + Math.max(1, fields.length),
    0,
  );
  const visible = shown.reduce(
    (sum, { fields }) => sum + Math.max(1, fields.length),
    0,
  );
  const close = () => {
    ask(undefined);
    putBack.reset();
  };
  const verbs = (objects: ApiDriftedObject[], whole: boolean) => (
    <Verbs
      drift={drift}
      objects={objects}
      quiet={!whole}
      onPutBack={() => ask({ verb: 'put-back', objects, all: whole })}
      onAccept={() => {
        accept.reset();
        ask({ verb: 'accept', objects, all: whole });
      }}
    />
  );
  return (
    <>
      {putBack.isSuccess && !asking && (
        <Notice tone="go" icon={DoneIcon}>
          {t('drift.putBackDone')}
        </Notice>
      )}
      {accept.data && <Accepted {...accept.data} />}
      <DriftRows
        objects={shown}
        environment={named ? environment.environment : undefined}
        actions={
          perObject && drift.objects.length > 1
            ? object => verbs([object], false)
            : undefined
        }
      />
      <Disagreement drift={drift} />
      <Box
        sx={{
          display: 'flex',
          flexWrap: 'wrap',
          alignItems: 'flex-start',
          gap: 1,
          px: 2,
          py: 1.25,
          borderTop: 1,
          borderColor: 'divider',
          '@media print': { display: 'none' },
        }}
      >
        {verbs(drift.objects, true)}
        {all > visible && (
          <Box sx={{ ml: 'auto', fontSize: '0.875rem', alignSelf: 'center' }}>
            {more?.(all - visible)}
          </Box>
        )}
      </Box>
      {asking?.verb === 'put-back' && (
        <PutBackDialog
          objects={asking.objects}
          busy={putBack.isPending}
          error={putBack.error}
          onConfirm={() =>
            putBack.mutate(asking.all ? undefined : asking.objects, {
              onSuccess: () => ask(undefined),
            })
          }
          onClose={close}
        />
      )}
      {asking?.verb === 'accept' && (
        <AcceptDialog
          objects={asking.objects}
          busy={accept.isPending}
          error={accept.error}
          onConfirm={() =>
            accept.mutate(acceptable(asking.objects), {
              onSuccess: () => ask(undefined),
            })
          }
          onClose={() => ask(undefined)}
        />
      )}
    </>
  );
}

function Verbs(props: {
  drift: ApiDrift;
  objects: ApiDriftedObject[];
  /** Beside an object, where the same words stand below all of them. */
  quiet: boolean;
  onPutBack: () => void;
  onAccept: () => void;
}) {
  const { drift, objects, quiet, onPutBack, onAccept } = props;
  const { t } = useTranslationRef(slipwayTranslationRef);
  const { putBack, accept } = drift.allowed;
  const possible = acceptable(objects).length;
  const only = objects
    .flatMap(({ fields }) => fields)
    .find(field => !field.accept.possible)?.accept.reason;
  const reason = accept.allowed
    ? t('drift.acceptNot', { reason: only ?? t('drift.missingText') })
    : accept.reason;
  if (quiet) {
    return (
      <>
        {putBack.allowed && (
          <Button size="small" onClick={onPutBack} sx={SENTENCE}>
            {t('drift.putBack')}
          </Button>
        )}
        {accept.allowed && possible > 0 && (
          <Button size="small" onClick={onAccept} sx={SENTENCE}>
            {t('drift.accept')}
          </Button>
        )}
      </>
    );
  }
  return (
    <>
      <ActionButton
        variant="outlined"
        reason={
          putBack.allowed
            ? undefined
            : (putBack.reason ?? t('actions.notAllowed'))
        }
        onClick={onPutBack}
      >
        {objects.length > 1 ? t('drift.putBackAll') : t('drift.putBack')}
      </ActionButton>
      <ActionButton
        variant="contained"
        disableElevation
        reason={
          accept.allowed && possible > 0
            ? undefined
            : (reason ?? t('actions.notAllowed'))
        }
        onClick={onAccept}
      >
        {possible > 1
          ? t('drift.acceptAll', { count: possible })
          : t('drift.accept')}
      </ActionButton>
    </>
  );
}

function Accepted(props: { id: string; created: boolean }) {
  const { t } = useTranslationRef(slipwayTranslationRef);
  const route = useRouteRef(changeRequestRouteRef);
  return (
    <Notice tone="ok" icon={DoneIcon}>
      {t(props.created ? 'drift.acceptDone' : 'drift.acceptUpdated')}{' '}
      {route && (
        <Link component={RouterLink} to={route({ id: props.id })}>
          {t('drift.changeRequest')}
        </Link>
      )}
    </Notice>
  );
}
