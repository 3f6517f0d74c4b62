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
      : {word(from)} → <strong>{word(to)}</strong>
    </>
  );
}

/**
 * Says what putting back does, field by field, before it does it.
 *
 * @internal
 */
export function PutBackDialog(props: {
  objects: ApiDriftedObject[];
  busy: boolean;
  error: unknown;
  onConfirm: () => void;
  onClose: () => void;
}) {
  const { objects, busy, error, onConfirm, onClose } = props;
  const { t } = useTranslationRef(slipwayTranslationRef);
  return (
    <ConfirmDialog
      open
      title={t('drift.putBackTitle')}
      confirm={t('drift.putBack')}
      busy={busy}
      onConfirm={onConfirm}
      onClose={onClose}
    >
      {t('drift.putBackText')}
      <List>
        {objects.map(object =>
          object.missing ? (
            <Item key={`${object.kind}/${object.name}`}>
              {t('drift.putBackMissing', {
                object: `${object.kind} ${object.name}`,
              })}
            </Item>
          ) : (
            object.fields.map(field => (
              <Item key={`${object.kind}/${object.name}/${field.path}`}>
                <Change
                  object={object}
                  field={field}
                  from={field.found}
                  to={field.wanted}
                />
              </Item>
            ))
          ),
        )}
      </List>
      <ActionError error={error} />
    </ConfirmDialog>
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
export function AcceptDialog(props: {
  objects: ApiDriftedObject[];
  busy: boolean;
  error: unknown;
  onConfirm: () => void;
  onClose: () => void;
}) {
  const { objects, busy, error, onConfirm, onClose } = props;
  const { t } = useTranslationRef(slipwayTranslationRef);
  return (
    <ConfirmDialog
      open
      title={t('drift.acceptTitle')}
      confirm={t('drift.openRequest')}
      busy={busy}
      onConfirm={onConfirm}
      onClose={onClose}
    >
      {t('drift.acceptText')}
      <List>
        {objects.flatMap(object =>
          object.fields.map(field => (
            <Item
              key={`${object.kind}/${object.name}/${field.path}`}
              note={<Where field={field} />}
            >
              <Change
                object={object}
                field={field}
                from={field.wanted}
                to={field.found}
              />
            </Item>
          )),
        )}
      </List>
      <ActionError error={error} />
    </ConfirmDialog>
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
