import { useTranslationRef } from '@backstage/frontend-plugin-api';
import PartialIcon from '@mui/icons-material/SyncProblem';
import Autocomplete, { createFilterOptions } from '@mui/material/Autocomplete';
import Box from '@mui/material/Box';
import TextField from '@mui/material/TextField';
import type { ApiAdoptionCandidates } from '@slipway/plugin-slipway-common';
import { SlipwayProvider, useAdoptionCandidates } from '../api';
import { Notice, Tag } from '../components';
import { slipwayTranslationRef } from '../translation';
import { LoadError } from './LoadError';
import type { AdoptableFieldProps } from './schemas';

type Candidate = ApiAdoptionCandidates['items'][number];

/** As people look for it: by any of its names. */
const filterOptions = createFilterOptions<Candidate>({
  stringify: ({ application, namespace, cluster, repository = '' }) =>
    `${application} ${namespace} ${cluster} ${repository}`,
});

const isSame = (a: Candidate, b: Candidate) =>
  a.cluster === b.cluster &&
  a.namespace === b.namespace &&
  a.application === b.application;

/**
 * An Application that was made by hand, with its namespace: one of those that are not under Slipway yet.
 *
 * @internal
 */
export function AdoptableField(props: AdoptableFieldProps) {
  return (
    <SlipwayProvider>
      <Adoptable {...props} />
    </SlipwayProvider>
  );
}

function Adoptable(props: AdoptableFieldProps) {
  const { formData, onChange, schema, required, rawErrors } = props;
  const { t } = useTranslationRef(slipwayTranslationRef);
  const query = useAdoptionCandidates();
  const { items = [], unavailable = [] } = query.data ?? {};
  const chosen = formData?.application ? (formData as Candidate) : null;
  const isEmpty = query.data && items.length === 0 && unavailable.length === 0;
  return (
    <>
      <LoadError query={query} what={t('form.adoptables')} />
      {unavailable.map(({ cluster, message }) => (
        <Box key={cluster} sx={{ mb: 2 }}>
          <Notice tone="wait" icon={PartialIcon}>
            <strong>{t('form.adoptablesMissing', { cluster })}</strong>{' '}
            {message}
          </Notice>
        </Box>
      ))}
      <Autocomplete
        size="small"
        options={items}
        value={chosen}
        onChange={(_event, next) =>
          onChange(
            next
              ? {
                  cluster: next.cluster,
                  namespace: next.namespace,
                  application: next.application,
                }
              : undefined,
          )
        }
        disabled={props.disabled || props.readonly}
        loading={query.isPending}
        loadingText={t('parts.loading', { what: t('form.adoptables') })}
        noOptionsText={t(isEmpty ? 'form.adoptablesNone' : 'form.noneMatches')}
        filterOptions={filterOptions}
        isOptionEqualToValue={isSame}
        getOptionLabel={({ application, namespace }) =>
          application === namespace
            ? application
            : `${application} (${namespace})`
        }
        renderOption={(item, option) => (
          <li
            {...item}
            key={`${option.cluster}/${option.namespace}/${option.application}`}
          >
            <Box sx={{ minWidth: 0, fontSize: '0.875rem' }}>
              <strong>{option.application}</strong> <Tag>{option.cluster}</Tag>
              <Box sx={{ color: 'text.secondary', overflowWrap: 'anywhere' }}>
                {t('form.adoptableInto', { namespace: option.namespace })}
                {option.repository &&
                  ` · ${option.repository}${option.path ? ` ${option.path}` : ''}`}
              </Box>
            </Box>
          </li>
        )}
        renderInput={params => (
          <TextField
            {...params}
            label={schema.title ?? t('form.adoptable')}
            placeholder={t('form.adoptableSearch')}
            error={Boolean(rawErrors?.length) && !chosen}
            helperText={
              (chosen &&
                t('form.adoptableChosen', {
                  namespace: chosen.namespace,
                  cluster: chosen.cluster,
                })) ||
              (isEmpty && t('form.adoptablesNone')) ||
              schema.description
            }
            InputLabelProps={{
              ...params.InputLabelProps,
              required,
              shrink: true,
            }}
            inputProps={{ ...params.inputProps, 'aria-required': required }}
          />
        )}
      />
    </>
  );
}
