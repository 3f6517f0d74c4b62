import { useRouteRef, useTranslationRef } from '@backstage/frontend-plugin-api';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Checkbox from '@mui/material/Checkbox';
import Link from '@mui/material/Link';
import Skeleton from '@mui/material/Skeleton';
import type { ApiPromotion } from '@slipway/plugin-slipway-common';
import { useEffect, useId } from 'react';
import { Link as RouterLink } from 'react-router-dom';
import { useReleaseMove, type EnvironmentKey } from '../../api';
import { Toned } from '../../components';
import { ReleaseLine } from '../../components/Releases';
import { requestId, useMessageOf } from '../../components/State';
import { changeRequestRouteRef, environmentRouteRef } from '../../routes';
import { SENTENCE } from '../../theme';
import { slipwayTranslationRef } from '../../translation';

/**
 * One service: what it runs and would run, or why it can't be taken along.
 *
 * @internal
 */
export function PromotionRow(props: {
  path: EnvironmentKey;
  checked: boolean;
  possible: boolean;
  onToggle: () => void;
  onFound: (promotion: ApiPromotion) => void;
}) {
  const { path, checked, possible, onToggle, onFound } = props;
  const route = useRouteRef(environmentRouteRef);
  const query = useReleaseMove(path, { verb: 'promote' });
  const id = useId();
  const { data } = query;
  useEffect(() => {
    if (data) {
      onFound(data);
    }
    // Told once for each answer; the teller is a new one at each drawing.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [data]);
  return (
    <Box
      component="li"
      sx={{
        display: 'grid',
        gridTemplateColumns: 'auto minmax(0, 1fr)',
        alignItems: 'start',
        columnGap: 1,
        px: 1,
        py: 0.5,
        borderTop: 1,
        borderColor: 'divider',
        '&:first-of-type': { borderTop: 0 },
        fontSize: '0.875rem',
      }}
    >
      <Checkbox
        size="small"
        checked={checked}
        disabled={!possible}
        onChange={onToggle}
        inputProps={{
          'aria-label': path.service,
          'aria-describedby': data ? id : undefined,
        }}
      />
      <Box sx={{ minWidth: 0, py: 1 }}>
        {route ? (
          <Link
            component={RouterLink}
            to={route({ ...path })}
            underline="hover"
            sx={{ fontWeight: 600 }}
          >
            {path.service}
          </Link>
        ) : (
          <strong>{path.service}</strong>
        )}
        {data && (
          <div id={id}>
            <Found promotion={data} />
          </div>
        )}
        {/* The page says when what is there has not been updated for a while. */}
        {!data &&
          (query.error ? <NotFound query={query} /> : <Skeleton width="60%" />)}
      </Box>
    </Box>
  );
}

/** One service that can't be looked at keeps nobody from promoting the others. */
function NotFound(props: {
  query: { error: unknown; refetch: () => unknown };
}) {
  const { error, refetch } = props.query;
  const { t } = useTranslationRef(slipwayTranslationRef);
  const messageOf = useMessageOf();
  const request = requestId(error);
  return (
    <Box sx={{ color: 'text.secondary' }}>
      <Toned tone="bad">{t('promotions.unknown')}</Toned> {messageOf(error)}{' '}
      {request && t('parts.requestId', { id: request })}{' '}
      <Button
        size="small"
        onClick={() => refetch()}
        sx={{ ...SENTENCE, py: 0 }}
      >
        {t('parts.tryAgain')}
      </Button>
    </Box>
  );
}

function Found(props: { promotion: ApiPromotion }) {
  const { allowed, blocked, current, release, changeRequest, warnings } =
    props.promotion;
  const { t } = useTranslationRef(slipwayTranslationRef);
  const route = useRouteRef(changeRequestRouteRef);
  if (blocked || !allowed.allowed) {
    return (
      <Box sx={{ color: 'text.secondary' }}>
        {blocked ? (
          <>
            <Toned tone={blocked.reason === 'SameRelease' ? 'off' : 'wait'}>
              {t(
                blocked.reason === 'SameRelease'
                  ? 'promotions.same'
                  : 'releases.blocked',
              )}
            </Toned>{' '}
            {blocked.message}
          </>
        ) : (
          (allowed.reason ?? t('releases.notAllowed'))
        )}
      </Box>
    );
  }
  return (
    <>
      <Box sx={{ display: 'flex', flexWrap: 'wrap', columnGap: 1 }}>
        <Box component="span" sx={{ color: 'text.secondary' }}>
          {t('releases.next')}
        </Box>
        {release && <ReleaseLine release={release} />}
      </Box>
      <Box sx={{ display: 'flex', flexWrap: 'wrap', columnGap: 1 }}>
        <Box component="span" sx={{ color: 'text.secondary' }}>
          {t('releases.current')}
        </Box>
        {current ? <ReleaseLine release={current} /> : t('releases.nothingYet')}
      </Box>
      {warnings.map(warning => (
        <div key={warning}>
          <Toned tone="wait">{warning}</Toned>
        </div>
      ))}
      {changeRequest && (
        <Box sx={{ color: 'text.secondary' }}>
          {route ? (
            <Link
              component={RouterLink}
              underline="always"
              to={route({ id: changeRequest.id })}
            >
              {t('promotions.alone', { number: `${changeRequest.number}` })}
            </Link>
          ) : (
            t('promotions.alone', { number: `${changeRequest.number}` })
          )}
        </Box>
      )}
    </>
  );
}
