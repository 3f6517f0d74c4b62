import Box from '@mui/material/Box';
import type { ApiObjectChange } from '@slipway/plugin-slipway-common';
import { count } from '../../format';
import { HIDDEN, MONO, tint, tone, type Tone } from '../../theme';

const VERBS: Record<
  ApiObjectChange['verb'],
  { sign: string; word: string; tone: Tone }
> = {
  create: { sign: '+', word: 'create', tone: 'ok' },
  update: { sign: '~', word: 'change', tone: 'wait' },
  delete: { sign: '−', word: 'remove', tone: 'bad' },
  keep: { sign: ' ', word: 'unchanged', tone: 'off' },
};

const show = (value: unknown): string => {
  if (value === undefined) {
    return '(none)';
  }
  return typeof value === 'string' ? value : JSON.stringify(value);
};

/**
 * The objects of one environment that would change: what happens to each, its fields, and where in the spec it comes
 * from.
 *
 * @internal
 */
export function ObjectChanges(props: { objects: ApiObjectChange[] }) {
  const changed = props.objects.filter(({ verb }) => verb !== 'keep');
  const kept = props.objects.length - changed.length;
  return (
    <>
      <Box
        component="ul"
        aria-label="Objects"
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
          {count(kept, 'object')} unchanged
        </Box>
      )}
    </>
  );
}

function ObjectRow(props: { object: ApiObjectChange }) {
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
          {verb.word}
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
            Removing it deletes the data in it, for good.
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
          ? `from ${object.source.specPath}${
              object.source.line === undefined
                ? ''
                : ` · line ${object.source.line}`
            }`
          : 'set by class and organization'}
      </Box>
    </Box>
  );
}

function FieldChanges(props: {
  fields: ApiObjectChange['fields'];
  name: string;
}) {
  return (
    <Box
      component="ul"
      aria-label={`Fields of ${props.name}`}
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
          <FieldLine
            tone="bad"
            sign="-"
            word="before"
            field={field.pointer}
            value={field.before}
          />
          <FieldLine
            tone="ok"
            sign="+"
            word="after"
            field={field.pointer}
            value={field.after}
          />
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
