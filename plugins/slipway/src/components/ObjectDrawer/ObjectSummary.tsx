import { useTranslationRef } from '@backstage/frontend-plugin-api';
import Box from '@mui/material/Box';
import type { ApiObjectDetails } from '@slipway/plugin-slipway-common';
import type { ReactNode } from 'react';
import { MONO, TABULAR } from '../../theme';
import { slipwayTranslationRef } from '../../translation';
import { RelativeTime } from '../RelativeTime';
import { Sign } from '../Sign';
import { Tag } from '../Tag';
import { Toned } from '../Toned';

const Part = (props: { title: string; children: ReactNode }) => (
  <>
    <Box
      component="h3"
      sx={{ fontSize: '0.8125rem', fontWeight: 700, mt: 2.5, mb: 0.5 }}
    >
      {props.title}
    </Box>
    <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0 }}>
      {props.children}
    </Box>
  </>
);

const Line = (props: {
  first: ReactNode;
  second: ReactNode;
  third?: ReactNode;
}) => (
  <Box
    component="li"
    sx={{
      display: 'grid',
      gridTemplateColumns: 'minmax(120px, 1fr) minmax(0, 2fr) auto',
      columnGap: 2,
      py: 0.5,
      borderTop: 1,
      borderColor: 'divider',
      overflowWrap: 'anywhere',
    }}
  >
    <Box>{props.first}</Box>
    <Box>{props.second}</Box>
    <Box sx={{ color: 'text.secondary', ...TABULAR }}>{props.third}</Box>
  </Box>
);

/**
 * An object at a glance: its containers, where it comes from, and who writes to it.
 *
 * @internal
 */
export function ObjectSummary(props: { object: ApiObjectDetails }) {
  const { ref, wantedPath, containers = [], managers } = props.object;
  const { t } = useTranslationRef(slipwayTranslationRef);
  return (
    <Box sx={{ px: 2, py: 1.5, fontSize: '0.875rem' }}>
      <Box
        component="dl"
        sx={{
          display: 'grid',
          gridTemplateColumns: 'auto minmax(0, 1fr)',
          columnGap: 2,
          rowGap: 0.5,
          m: 0,
          '& dt': { color: 'text.secondary' },
          '& dd': { m: 0, overflowWrap: 'anywhere' },
        }}
      >
        <dt>{t('object.apiVersion')}</dt>
        <dd>{ref.apiVersion}</dd>
        {ref.namespace && (
          <>
            <dt>{t('settings.namespace')}</dt>
            <dd>{ref.namespace}</dd>
          </>
        )}
        {wantedPath && (
          <>
            <dt>{t('object.file')}</dt>
            <Box
              component="dd"
              sx={{ fontFamily: MONO, fontSize: '0.8125rem' }}
            >
              {wantedPath}
            </Box>
          </>
        )}
      </Box>
      {containers.length > 0 && (
        <Part title={t('object.containers')}>
          {containers.map(container => (
            <Line
              key={container.name}
              first={
                <>
                  <strong>{container.name}</strong>{' '}
                  {container.init && <Tag>{t('object.init')}</Tag>}
                </>
              }
              second={
                <>
                  <Toned tone={container.ready ? 'ok' : 'bad'}>
                    <Sign
                      of={container.ready ? 'ok' : 'bad'}
                      label={t(
                        container.ready ? 'object.ready' : 'object.notReady',
                      )}
                    />{' '}
                    {container.state}
                  </Toned>
                  {container.restarts > 0 &&
                    ` · ${t('object.restarts', { count: container.restarts })}`}
                  {container.message && (
                    <Box sx={{ color: 'text.secondary' }}>
                      {container.message}
                    </Box>
                  )}
                </>
              }
            />
          ))}
        </Part>
      )}
      {managers.length > 0 && (
        <Part title={t('object.managers')}>
          {managers.map((manager, index) => (
            <Line
              key={`${manager.manager}:${index}`}
              first={<strong>{manager.tool ?? manager.manager}</strong>}
              second={
                <>
                  {manager.operation}
                  {manager.subresource && ` (${manager.subresource})`} ·{' '}
                  {t('object.fields', { count: manager.fields })}
                </>
              }
              third={manager.time && <RelativeTime at={manager.time} />}
            />
          ))}
        </Part>
      )}
    </Box>
  );
}
