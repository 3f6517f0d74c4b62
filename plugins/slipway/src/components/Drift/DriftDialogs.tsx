import { useTranslationRef } from '@backstage/frontend-plugin-api';
import Box from '@mui/material/Box';
import type {
  ApiDriftedField,
  ApiDriftedObject,
} from '@slipway/plugin-slipway-common';
import type { ReactNode } from 'react';
import type { FieldChoice } from '../../api';
import { MONO } from '../../theme';
import { slipwayTranslationRef } from '../../translation';
import { ActionError } from '../Actions';
import { Becomes } from '../Becomes';
import { ConfirmDialog } from '../ConfirmDialog';
import { shortText, valueText } from './values';

const List = (props: { children: ReactNode }) => (
  <Box component="ul" sx={{ m: 0, mt: 1.5, pl: 2.5, fontSize: '0.875rem' }}>
    {props.children}
  </Box>
);

const Item = (props: { children: ReactNode; note?: ReactNode }) => (
  <Box component="li" sx={{ overflowWrap: 'anywhere', mb: 0.5 }}>
    {props.children}
    {props.note && (
      <Box sx={{ color: 'text.secondary', fontSize: '0.8125rem' }}>
        {props.note}
      </Box>
    )}
  </Box>
);

/** A field with where its value comes from and what it becomes. */
function Change(props: {
  object: ApiDriftedObject;
  field: ApiDriftedField;
  from: unknown;
  to: unknown;
}) {
  const { t } = useTranslationRef(slipwayTranslationRef);
  const { object, field, from, to } = props;
  const word = (value: unknown) =>
    shortText(valueText(value) ?? t('drift.nothing'));
  return (
    <>
      {object.kind} {object.name}{' '}
      <Box component="code" sx={{ fontFamily: MONO, fontSize: '0.8125rem' }}>
        {field.path}
      </Box>
      : <Becomes from={word(from)} to={<strong>{word(to)}</strong>} />
    </>
  );
}

/** What was asked for, how far it is, and what the answers do. */
interface Question {
  objects: ApiDriftedObject[];
  busy: boolean;
  error: unknown;
  onConfirm: () => void;
  onClose: () => void;
}

/** Says what a verb does, field by field, before it does it. */
function FieldsDialog(
  props: Question & {
    title: string;
    confirm: string;
    text: string;
    /** What happens to one field. */
    field: (object: ApiDriftedObject, field: ApiDriftedField) => ReactNode;
    /** What happens to an object that isn't there; nothing is said of it where that is nothing. */
    missing?: (object: ApiDriftedObject) => ReactNode;
    note?: (field: ApiDriftedField) => ReactNode;
  },
) {
  const { objects, title, confirm, text, field: changeOf } = props;
  const { busy, error, missing, note, onConfirm, onClose } = props;
  return (
    <ConfirmDialog
      open
      title={title}
      confirm={confirm}
      busy={busy}
      onConfirm={onConfirm}
      onClose={onClose}
    >
      {text}
      <List>
        {objects.map(object =>
          object.missing && missing ? (
            <Item key={`${object.kind}/${object.name}`}>{missing(object)}</Item>
          ) : (
            object.fields.map(field => (
              <Item
                key={`${object.kind}/${object.name}/${field.path}`}
                note={note?.(field)}
              >
                {changeOf(object, field)}
              </Item>
            ))
          ),
        )}
      </List>
      <ActionError error={error} />
    </ConfirmDialog>
  );
}

/**
 * Says what putting back does, field by field, before it does it.
 *
 * @internal
 */
export function PutBackDialog(props: Question) {
  const { t } = useTranslationRef(slipwayTranslationRef);
  return (
    <FieldsDialog
      {...props}
      title={t('drift.putBackTitle')}
      confirm={t('drift.putBack')}
      text={t('drift.putBackText')}
      field={(object, field) => (
        <Change
          object={object}
          field={field}
          from={field.found}
          to={field.wanted}
        />
      )}
      missing={({ kind, name }) =>
        t('drift.putBackMissing', { object: `${kind} ${name}` })
      }
    />
  );
}

/** The fields of objects that can become the spec. @internal */
export const acceptable = (objects: ApiDriftedObject[]): FieldChoice[] =>
  objects.flatMap(object =>
    object.fields
      .filter(({ accept }) => accept.possible)
      .map(({ path }) => ({ object, path })),
  );

/**
 * Says which line of which file a value would become, and which values can't, before a change request is opened.
 *
 * @internal
 */
export function AcceptDialog(props: Question) {
  const { t } = useTranslationRef(slipwayTranslationRef);
  return (
    <FieldsDialog
      {...props}
      title={t('drift.acceptTitle')}
      confirm={t('drift.openRequest')}
      text={t('drift.acceptText')}
      field={(object, field) => (
        <Change
          object={object}
          field={field}
          from={field.wanted}
          to={field.found}
        />
      )}
      note={field => <Where field={field} />}
    />
  );
}

function Where(props: { field: ApiDriftedField }) {
  const { t } = useTranslationRef(slipwayTranslationRef);
  const { possible, reason, file, specPath, line } = props.field.accept;
  if (!possible) {
    return <>{t('drift.acceptNot', { reason: reason ?? '' })}</>;
  }
  if (!file) {
    return null;
  }
  return (
    <>
      {t('drift.acceptWhere', {
        file: line === undefined ? file : `${file}:${line}`,
        path: specPath ?? '',
      })}
    </>
  );
}
