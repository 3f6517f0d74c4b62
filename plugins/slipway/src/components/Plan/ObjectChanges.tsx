import { useTranslationRef } from '@backstage/frontend-plugin-api';
import Box from '@mui/material/Box';
import type { ApiObjectChange } from '@slipway/plugin-slipway-common';
import { HIDDEN, MONO, tint, tone, type Tone } from '../../theme';
import { slipwayTranslationRef } from '../../translation';
import { pathOf } from './pathOf';

const VERBS: Record<ApiObjectChange['verb'], { sign: string; tone: Tone }> = {
  create: { sign: '+', tone: 'ok' },
  update: { sign: '~', tone: 'wait' },
  delete: { sign: '−', tone: 'bad' },
  keep: { sign: ' ', tone: 'off' },
};

const show = (value: unknown): string =>
  typeof value === 'string' ? value : JSON.stringify(value);

/**
 * The objects of one environment that would change: what happens to each, its fields, and where in the spec it comes
 * from.
 *
 * @internal
 */
export function ObjectChanges(props: { objects: ApiObjectChange[] }) {
  const { t } = useTranslationRef(slipwayTranslationRef);
  const changed = props.objects.filter(({ verb }) => verb !== 'keep');
  const kept = props.objects.length - changed.length;
  return (
    <>
      <Box
        component="ul"
        aria-label={t('plan.objects')}
        sx={{ listStyle: 'none', m: 0, p: 0 }}
      >
        {changed.map(object => (
          <ObjectRow
            key={`${object.apiVersion}/${object.kind}/${object.namespace}/${object.name}`}
            object={object}
          />
        ))}
      </Box>
      {kept > 0 && (
        <Box
          sx={{ px: 2, py: 1, color: 'text.secondary', fontSize: '0.8125rem' }}
        >
          {t('plan.unchanged', { count: kept })}
        </Box>
      )}
    </>
  );
}

function ObjectRow(props: { object: ApiObjectChange }) {
  const { t } = useTranslationRef(slipwayTranslationRef);
  const { object } = props;
  const verb = VERBS[object.verb];
  return (
    <Box
      component="li"
      sx={{
        display: 'grid',
        gridTemplateColumns: {
          xs: '24px 1fr',
          md: '24px minmax(0, 1.3fr) minmax(0, 1fr)',
        },
        columnGap: 1,
        px: 2,
        py: 0.75,
        borderTop: 1,
        borderColor: 'divider',
        fontSize: '0.875rem',
      }}
    >
      <Box sx={{ color: theme => tone(theme, verb.tone), fontWeight: 700 }}>
        <span aria-hidden>{verb.sign}</span>
        <Box component="span" sx={HIDDEN}>
          {t(`plan.verb.${object.verb}`)}
        </Box>
      </Box>
      <Box sx={{ minWidth: 0, overflowWrap: 'anywhere' }}>
        <strong>{object.kind}</strong> {object.name}{' '}
        {object.summary && (
          <Box component="span" sx={{ color: 'text.secondary' }}>
            {object.summary}
          </Box>
        )}
        {object.verb === 'delete' && object.holdsData && (
          <Box sx={{ color: theme => tone(theme, 'bad'), fontWeight: 700 }}>
            {t('plan.removesData')}
          </Box>
        )}
        {object.verb === 'update' && (
          <FieldChanges
            fields={object.fields}
            name={`${object.kind} ${object.name}`}
          />
        )}
      </Box>
      <Box
        sx={{
          gridColumn: { xs: '2', md: 'auto' },
          color: 'text.secondary',
          fontSize: '0.8125rem',
          overflowWrap: 'anywhere',
        }}
      >
        {object.source
          ? [
              t('plan.from', { path: object.source.specPath }),
              object.source.line !== undefined &&
                t('plan.line', { line: `${object.source.line}` }),
            ]
              .filter(Boolean)
              .join(' · ')
          : t('plan.byClass')}
      </Box>
    </Box>
  );
}

function FieldChanges(props: {
  fields: ApiObjectChange['fields'];
  name: string;
}) {
  const { t } = useTranslationRef(slipwayTranslationRef);
  return (
    <Box
      component="ul"
      aria-label={t('plan.fieldsOf', { name: props.name })}
      sx={{
        listStyle: 'none',
        m: 0,
        mt: 0.5,
        p: 0,
        fontFamily: MONO,
        fontSize: '0.78rem',
        overflowWrap: 'anywhere',
      }}
    >
      {props.fields.map(field => (
        <li key={field.pointer}>
          {field.before !== undefined && (
            <FieldLine
              tone="bad"
              sign="-"
              word={t('plan.before')}
              field={pathOf(field.pointer)}
              value={field.before}
            />
          )}
          {field.after !== undefined && (
            <FieldLine
              tone="ok"
              sign="+"
              word={t('plan.after')}
              field={pathOf(field.pointer)}
              value={field.after}
            />
          )}
        </li>
      ))}
    </Box>
  );
}

function FieldLine(props: {
  tone: Tone;
  sign: string;
  word: string;
  field: string;
  value: unknown;
}) {
  return (
    <Box sx={{ px: 1, bgcolor: theme => tint(theme, props.tone) }}>
      <span aria-hidden>{props.sign} </span>
      <Box component="span" sx={HIDDEN}>
        {props.word}:{' '}
      </Box>
      {props.field}: {show(props.value)}
    </Box>
  );
}
