import { useTranslationRef } from '@backstage/frontend-plugin-api';
import Box from '@mui/material/Box';
import type {
  ApiDriftedField,
  ApiDriftedObject,
} from '@slipway/plugin-slipway-common';
import type { ReactNode } from 'react';
import { MONO, tint } from '../../theme';
import { slipwayTranslationRef } from '../../translation';
import { RelativeTime } from '../RelativeTime';
import { Sign } from '../Sign';
import { Toned } from '../Toned';
import { Value } from './Value';

/** An object with those of its fields that are shown. @internal */
export interface ShownObject {
  object: ApiDriftedObject;
  fields: ApiDriftedField[];
}

/** As many fields as there is room for, with the objects that they belong to. @internal */
export function firstFields(
  objects: ApiDriftedObject[],
  limit = Infinity,
): ShownObject[] {
  let left = limit;
  return objects.flatMap(object => {
    if (left <= 0) {
      return [];
    }
    const fields = object.fields.slice(0, left);
    // A missing object has no fields, and takes a row all the same.
    left -= Math.max(1, fields.length);
    return [{ object, fields }];
  });
}

const GRID = {
  display: 'grid',
  gridTemplateColumns: 'minmax(0, 2fr) minmax(0, 1fr) minmax(0, 1fr)',
} as const;

/**
 * What differs: per object and field what is wanted, what was found, and who set it with what and when.
 *
 * @internal
 */
export function DriftRows(props: {
  objects: ShownObject[];
  /** Beside an object's name, where objects of several environments stand under each other. */
  environment?: string;
  actions?: (object: ApiDriftedObject) => ReactNode;
}) {
  const { objects, environment, actions } = props;
  const { t } = useTranslationRef(slipwayTranslationRef);
  return (
    <Box
      role="table"
      aria-label={t('drift.label')}
      sx={{ fontSize: '0.875rem' }}
    >
      <Box
        role="row"
        sx={{
          ...GRID,
          borderBottom: 1,
          borderColor: 'divider',
          color: 'text.secondary',
          fontSize: '0.75rem',
          fontWeight: 700,
        }}
      >
        {(['drift.field', 'drift.wanted', 'drift.found'] as const).map(
          (key, index) => (
            <Box
              key={key}
              role="columnheader"
              sx={{ px: index ? 1.5 : 2, py: 0.75 }}
            >
              {t(key)}
            </Box>
          ),
        )}
      </Box>
      {objects.map(({ object, fields }) => (
        <Box
          key={`${object.kind}/${object.namespace ?? ''}/${object.name}`}
          role="rowgroup"
          sx={{
            borderTop: 1,
            borderColor: 'divider',
            '&:first-of-type': { borderTop: 0 },
          }}
        >
          <ObjectRow
            object={object}
            environment={environment}
            actions={actions?.(object)}
          />
          {fields.map(field => (
            <FieldRow key={field.path} field={field} />
          ))}
        </Box>
      ))}
    </Box>
  );
}

function ObjectRow(props: {
  object: ApiDriftedObject;
  environment?: string;
  actions?: ReactNode;
}) {
  const { object, environment, actions } = props;
  const { t } = useTranslationRef(slipwayTranslationRef);
  return (
    <Box role="row" sx={{ px: 2, pt: 1, pb: object.missing ? 1 : 0 }}>
      <Box
        role="cell"
        aria-colspan={3}
        sx={{
          display: 'flex',
          flexWrap: 'wrap',
          columnGap: 1,
          rowGap: 0.5,
          alignItems: 'baseline',
        }}
      >
        <span>
          <strong>
            {object.kind} {object.name}
          </strong>{' '}
          {environment && (
            <Box component="span" sx={{ color: 'text.secondary' }}>
              {environment}
            </Box>
          )}
        </span>
        {object.missing && (
          <span>
            <Toned tone="bad">
              <Sign of="bad" /> {t('drift.missing')}
            </Toned>{' '}
            <Box component="span" sx={{ color: 'text.secondary' }}>
              {t('drift.missingText')}
            </Box>
          </span>
        )}
        {actions && (
          <Box sx={{ ml: 'auto', display: 'flex', gap: 0.5 }}>{actions}</Box>
        )}
      </Box>
    </Box>
  );
}

function FieldRow(props: { field: ApiDriftedField }) {
  const { field } = props;
  return (
    <Box role="row" sx={GRID}>
      <Box role="cell" sx={{ pl: 2, pr: 1.5, py: 0.625, minWidth: 0 }}>
        <Box
          sx={{
            fontFamily: MONO,
            fontSize: '0.8125rem',
            overflowWrap: 'anywhere',
          }}
        >
          {field.path}
        </Box>
        <WhoSetIt field={field} />
      </Box>
      <Box role="cell" sx={{ px: 1.5, py: 0.625, minWidth: 0 }}>
        <Value value={field.wanted} />
      </Box>
      <Box
        role="cell"
        sx={{
          px: 1.5,
          py: 0.625,
          minWidth: 0,
          bgcolor: theme => tint(theme, 'wait'),
        }}
      >
        <Value value={field.found} />
      </Box>
    </Box>
  );
}

function WhoSetIt(props: { field: ApiDriftedField }) {
  const { t } = useTranslationRef(slipwayTranslationRef);
  const { tool, manager, user, since, why } = props.field;
  const name = tool ?? manager;
  return (
    <Box sx={{ color: 'text.secondary', fontSize: '0.8125rem' }}>
      {name && (
        <>
          {t('drift.setBy', {
            tool: (
              <strong title={manager === name ? undefined : manager}>
                {name}
              </strong>
            ),
            age: since ? <RelativeTime at={since} form="ago" /> : '',
          })}
          {' · '}
          {user ? t('drift.by', { user }) : t('drift.noUser')}
        </>
      )}
      {why === 'foreign' && ` · ${t('drift.foreign')}`}
    </Box>
  );
}
