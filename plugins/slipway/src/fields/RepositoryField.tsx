import { useTranslationRef } from '@backstage/frontend-plugin-api';
import WarningIcon from '@mui/icons-material/WarningAmber';
import Autocomplete from '@mui/material/Autocomplete';
import Box from '@mui/material/Box';
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import type { ApiRepository } from '@slipway/plugin-slipway-common';
import { useState } from 'react';
import { SlipwayProvider, useRepositories, useRepositoryHosts } from '../api';
import { Notice, Tag } from '../components';
import type { RepositoryForm } from '../form';
import { slipwayTranslationRef } from '../translation';
import { formOf } from './formOf';
import { LoadError } from './LoadError';
import type { RepositoryFieldProps } from './schemas';
import { useDebounced } from './useDebounced';

/** A pause in typing; each search is a request of the Git host. */
const TYPED_MS = 250;

/** The last row of a list that goes on. */
const MORE = 'more';
type Row = ApiRepository | typeof MORE;

const fullName = ({ owner, name }: { owner: string; name: string }) =>
  `${owner}/${name}`;

/**
 * A repository that is there already: of the organization's namespace, or of any host for an organization that is yet
 * to be made.
 *
 * @internal
 */
export function RepositoryField(props: RepositoryFieldProps) {
  return (
    <SlipwayProvider>
      <Repository {...props} />
    </SlipwayProvider>
  );
}

function Repository(props: RepositoryFieldProps) {
  const { formData, onChange, formContext } = props;
  const { t } = useTranslationRef(slipwayTranslationRef);
  const form = formOf(formContext);
  const isNew = form.newOrganization !== undefined;
  const hosts = useRepositoryHosts(isNew);
  const [picked, setPicked] = useState(formData?.host);
  const offered = hosts.data?.items ?? [];
  const host = isNew ? (picked ?? offered[0]?.host) : undefined;
  return (
    <>
      {isNew && (
        <>
          <LoadError query={hosts} what={t('onboarding.hosts')} />
          <TextField
            select
            size="small"
            fullWidth
            label={t('onboarding.host')}
            value={offered.length > 0 ? (host ?? '') : ''}
            onChange={event => {
              setPicked(event.target.value);
              onChange(undefined);
            }}
            disabled={offered.length === 0}
            helperText={
              hosts.data && offered.length === 0
                ? t('onboarding.hostsNone')
                : undefined
            }
            InputLabelProps={{ shrink: true }}
            sx={{ mb: 2 }}
          >
            {offered.map(one => (
              <MenuItem key={one.host} value={one.host}>
                {one.integration === 'plain'
                  ? one.host
                  : `${one.host} (${one.integration})`}
              </MenuItem>
            ))}
          </TextField>
        </>
      )}
      <RepositorySearch
        {...props}
        where={
          isNew
            ? { ...(host && { host }) }
            : { ...(form.organization && { organization: form.organization }) }
        }
      />
    </>
  );
}

function RepositorySearch(
  props: RepositoryFieldProps & {
    where: { organization?: string; host?: string };
  },
) {
  const { formData, onChange, schema, required, rawErrors, where } = props;
  const { t } = useTranslationRef(slipwayTranslationRef);
  const chosen = (formData?.name ? formData : null) as RepositoryForm | null;
  const [typed, setTyped] = useState(chosen ? fullName(chosen) : '');
  const [isOpen, setOpen] = useState(false);
  // What is chosen stands in the input, and is not what to look for next.
  const wanted = chosen && typed === fullName(chosen) ? '' : typed;
  const text = useDebounced(wanted, TYPED_MS);
  const query = useRepositories({ ...where, text });
  const found = (query.data?.pages ?? []).flatMap(({ items }) =>
    // Nobody can onboard what is archived, so it comes last.
    items.toSorted((a, b) => Number(a.archived) - Number(b.archived)),
  );
  const rows: Row[] = query.hasNextPage ? [...found, MORE] : found;
  const hasPlace = Boolean(where.organization || where.host);
  const isEmpty = !text && query.data !== undefined && found.length === 0;
  return (
    <>
      <LoadError query={query} what={t('onboarding.repositories')} />
      <Autocomplete<Row>
        size="small"
        options={rows}
        open={isOpen}
        onOpen={() => setOpen(true)}
        onClose={() => setOpen(false)}
        value={chosen as ApiRepository | null}
        inputValue={typed}
        onInputChange={(_event, next, reason) => {
          if (reason !== 'reset' || next !== t('onboarding.more'))
            setTyped(next);
        }}
        onChange={(_event, next) => {
          if (next === MORE) {
            void query.fetchNextPage();
            setOpen(true);
            return;
          }
          onChange(next ? shape(next) : undefined);
        }}
        disabled={props.disabled || props.readonly || !hasPlace}
        loading={query.isFetching}
        loadingText={t('parts.loading', { what: t('onboarding.repositories') })}
        noOptionsText={t(text ? 'onboarding.none' : 'onboarding.noneAtAll')}
        // The host has looked already.
        filterOptions={all => all}
        isOptionEqualToValue={(one, other) =>
          one !== MORE && other !== MORE && fullName(one) === fullName(other)
        }
        getOptionLabel={row =>
          row === MORE ? t('onboarding.more') : fullName(row)
        }
        renderOption={(item, row) => (
          <li {...item} key={row === MORE ? MORE : fullName(row)}>
            {row === MORE ? t('onboarding.more') : <FoundRow found={row} />}
          </li>
        )}
        renderInput={params => (
          <TextField
            {...params}
            label={schema.title ?? t('onboarding.repository')}
            placeholder={t('onboarding.search')}
            error={Boolean(rawErrors?.length) && !chosen}
            helperText={
              (!hasPlace && t('form.organizationFirst')) ||
              (chosen && t('onboarding.chosen', { ...chosen })) ||
              (isEmpty && t('onboarding.noneAtAll')) ||
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
      {(chosen?.archived || chosen?.boundTo) && (
        <Box sx={{ mt: 1 }}>
          <Notice tone="wait" icon={WarningIcon}>
            {chosen.archived
              ? t('onboarding.isArchived')
              : t('onboarding.isBound', { name: chosen.boundTo! })}
          </Notice>
        </Box>
      )}
    </>
  );
}

function FoundRow(props: { found: ApiRepository }) {
  const { found } = props;
  const { t } = useTranslationRef(slipwayTranslationRef);
  return (
    <Box sx={{ minWidth: 0, fontSize: '0.875rem' }}>
      <strong>{fullName(found)}</strong>{' '}
      {found.private && <Tag>{t('onboarding.private')}</Tag>}{' '}
      {found.fork && <Tag>{t('onboarding.fork')}</Tag>}{' '}
      {found.archived && <Tag>{t('onboarding.archived')}</Tag>}{' '}
      {found.boundTo && (
        <Tag>{t('onboarding.bound', { name: found.boundTo })}</Tag>
      )}
      {found.description && (
        <Box sx={{ color: 'text.secondary', overflowWrap: 'anywhere' }}>
          {found.description}
        </Box>
      )}
    </Box>
  );
}

/** What the form keeps of it. */
function shape(found: ApiRepository): RepositoryForm {
  const { host, integration, owner, name, archived, boundTo } = found;
  return {
    host,
    integration,
    owner,
    name,
    branch: found.defaultBranch ?? 'main',
    archived,
    ...(boundTo && { boundTo }),
  };
}
