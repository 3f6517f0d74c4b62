import { useRouteRef, useTranslationRef } from '@backstage/frontend-plugin-api';
import BlockIcon from '@mui/icons-material/Block';
import InfoIcon from '@mui/icons-material/InfoOutlined';
import RequestIcon from '@mui/icons-material/Difference';
import WarningIcon from '@mui/icons-material/WarningAmber';
import Box from '@mui/material/Box';
import Link from '@mui/material/Link';
import type { ApiPromotion } from '@slipway/plugin-slipway-common';
import type { ReactNode } from 'react';
import { Link as RouterLink } from 'react-router-dom';
import { changeRequestRouteRef } from '../../routes';
import { slipwayTranslationRef } from '../../translation';
import { EnvironmentPlanView } from '../Plan';
import { Notice } from '../State';
import { ReleaseLine } from './ReleaseLine';

const Named = (props: { name: string; children: ReactNode }) => (
  <>
    <dt>{props.name}</dt>
    <dd>{props.children}</dd>
  </>
);

/**
 * What an environment would become with another release: which, why not, what to mind, what will happen, and the
 * rendered difference.
 *
 * @internal
 */
export function MoveView(props: { move: ApiPromotion }) {
  const { move } = props;
  const { allowed, blocked, current, release, from, warnings, diff } = move;
  const { t } = useTranslationRef(slipwayTranslationRef);
  const route = useRouteRef(changeRequestRouteRef);
  const open = move.changeRequest;
  return (
    <>
      <Box
        component="dl"
        sx={{
          display: 'grid',
          gridTemplateColumns: { xs: '1fr', sm: 'auto minmax(0, 1fr)' },
          columnGap: 2,
          rowGap: 0.5,
          alignItems: 'baseline',
          m: 0,
          px: 2,
          pb: 1.5,
          '& dt': { color: 'text.secondary' },
          '& dd': { m: 0, minWidth: 0 },
        }}
      >
        <Named name={t('releases.current')}>
          {current ? (
            <ReleaseLine release={current} />
          ) : (
            t('releases.nothingYet')
          )}
        </Named>
        {release && (
          <Named name={t('releases.next')}>
            <ReleaseLine release={release} />
            {from !== undefined && (
              <Box component="span" sx={{ color: 'text.secondary', ml: 1 }}>
                {t('releases.from', { environment: from })}
              </Box>
            )}
          </Named>
        )}
      </Box>
      {blocked && (
        <Notice tone="wait" icon={BlockIcon}>
          <strong>{t('releases.blocked')}</strong> {blocked.message}
        </Notice>
      )}
      {!blocked && !allowed.allowed && (
        <Notice tone="off" icon={BlockIcon}>
          {allowed.reason ?? t('releases.notAllowed')}
        </Notice>
      )}
      {warnings.map(warning => (
        <Notice key={warning} tone="wait" icon={WarningIcon}>
          {warning}
        </Notice>
      ))}
      {open && (
        <Notice tone="go" icon={RequestIcon}>
          {route ? (
            <Link
              component={RouterLink}
              underline="always"
              to={route({ id: open.id })}
            >
              {t('releases.openAlready', { number: `${open.number}` })}
            </Link>
          ) : (
            t('releases.openAlready', { number: `${open.number}` })
          )}
        </Notice>
      )}
      {allowed.allowed && !blocked && (
        <Notice tone="off" icon={InfoIcon}>
          {t(whatHappens(move))}
        </Notice>
      )}
      {diff && <EnvironmentPlanView plan={diff} />}
    </>
  );
}

function whatHappens({ direct, changeRequest }: ApiPromotion) {
  if (direct) {
    return 'releases.willCommit' as const;
  }
  return changeRequest
    ? ('releases.willUpdate' as const)
    : ('releases.willRequest' as const);
}
