import { useTranslationRef } from '@backstage/frontend-plugin-api';
import LockIcon from '@mui/icons-material/LockOutlined';
import FormControlLabel from '@mui/material/FormControlLabel';
import MenuItem from '@mui/material/MenuItem';
import Switch from '@mui/material/Switch';
import TextField from '@mui/material/TextField';
import type {
  ApiAllowance,
  ApiObjectDetails,
} from '@slipway/plugin-slipway-common';
import { useState } from 'react';
import { useLogs, type EnvironmentKey } from '../../api';
import { slipwayTranslationRef } from '../../translation';
import { LogLines } from '../Logs';
import { Notice, RowsSkeleton, StateView } from '../State';

/**
 * What the containers of a Pod write. Where reading is not allowed it says why, and asks for nothing.
 *
 * @internal
 */
export function ContainerLog(props: {
  environment: EnvironmentKey;
  pod: string;
  containers: NonNullable<ApiObjectDetails['containers']>;
  allowed: ApiAllowance;
}) {
  const { allowed, ...rest } = props;
  const { t } = useTranslationRef(slipwayTranslationRef);
  return allowed.allowed ? (
    <ReadableLog {...rest} />
  ) : (
    <Notice tone="off" icon={LockIcon}>
      {allowed.reason ?? t('logs.forbidden')}
    </Notice>
  );
}

function ReadableLog(props: {
  environment: EnvironmentKey;
  pod: string;
  containers: NonNullable<ApiObjectDetails['containers']>;
}) {
  const { environment, pod, containers } = props;
  const { t } = useTranslationRef(slipwayTranslationRef);
  const [chosen, choose] = useState<string>();
  const [previous, setPrevious] = useState(false);
  const query = useLogs(environment, {
    pod,
    container: chosen,
    previous: previous || undefined,
  });
  const names =
    query.data?.containers ?? containers.map(container => container.name);
  const current = chosen ?? query.data?.container ?? names[0] ?? '';
  return (
    <StateView
      query={query}
      what={t('logs.what', { name: pod })}
      permission="slipway.logs.read"
      skeleton={<RowsSkeleton rows={8} height={16} />}
    >
      {log => (
        <LogLines
          key={`${current}:${previous}`}
          name={`${pod}/${log.container}`}
          lines={log.lines}
          truncated={log.truncated}
          controls={
            <>
              <TextField
                select
                size="small"
                label={t('object.container')}
                value={names.includes(current) ? current : ''}
                onChange={event => choose(event.target.value)}
                sx={{ minWidth: 140 }}
              >
                {names.map(name => (
                  <MenuItem key={name} value={name}>
                    {name}
                  </MenuItem>
                ))}
              </TextField>
              <FormControlLabel
                control={
                  <Switch
                    size="small"
                    checked={previous}
                    onChange={(_event, checked) => setPrevious(checked)}
                  />
                }
                label={t('object.previous')}
                slotProps={{ typography: { fontSize: '0.8125rem' } }}
              />
            </>
          }
        />
      )}
    </StateView>
  );
}
