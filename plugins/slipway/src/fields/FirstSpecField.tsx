import { useTranslationRef } from '@backstage/frontend-plugin-api';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import type {
  ApiNotTaken,
  ApiOnboardingPreview,
  ApiOnboardingRequest,
} from '@slipway/plugin-slipway-common';
import { useEffect, useRef, useState } from 'react';
import { SlipwayProvider, useOnboardingPreview } from '../api';
import { EmptyState, Fold, RowsSkeleton } from '../components';
import type { FirstSpecForm, ServiceForm } from '../form';
import { MONO, SENTENCE } from '../theme';
import { slipwayTranslationRef } from '../translation';
import { DatabasesField } from './DatabasesField';
import { formOf } from './formOf';
import { LoadError } from './LoadError';
import type {
  FirstSpecFieldProps,
  ListFieldProps,
  TextFieldProps,
} from './schemas';
import { WorkloadsField } from './WorkloadsField';

type Source = NonNullable<ApiOnboardingRequest['from']>;

/**
 * What a repository runs, as far as its manifests or its compose file say, to be changed before anything is opened; and
 * what could not be taken over.
 *
 * @internal
 */
export function FirstSpecField(props: FirstSpecFieldProps) {
  const { t } = useTranslationRef(slipwayTranslationRef);
  return (
    <SlipwayProvider>
      <Box sx={{ my: 1, color: 'text.primary' }}>
        <Typography component="h3" sx={{ fontSize: '1rem', fontWeight: 700 }}>
          {props.schema.title ?? t('onboarding.firstSpec')}
        </Typography>
        <Typography variant="body2" color="text.secondary" sx={{ mb: 1 }}>
          {props.schema.description ?? t('onboarding.firstSpecHelp')}
        </Typography>
        <Offer {...props} />
      </Box>
    </SlipwayProvider>
  );
}

/** What is asked for; undefined while the form doesn't say enough. */
function requestOf(
  { organization, name, owner, repository }: ServiceForm,
  from: Source | undefined,
): ApiOnboardingRequest | undefined {
  if (!organization || !name || !repository?.name) return undefined;
  return {
    organization,
    service: name,
    ...(owner && { owner }),
    host: repository.host,
    repository: {
      owner: repository.owner,
      name: repository.name,
      branch: repository.branch,
    },
    ...(from && { from }),
  };
}

function Offer(props: FirstSpecFieldProps) {
  const { formData, onChange, formContext } = props;
  const { t } = useTranslationRef(slipwayTranslationRef);
  const [from, setFrom] = useState<Source>();
  const request = requestOf(formOf(formContext), from);
  const query = useOnboardingPreview(request);
  const { data } = query;

  // What somebody has changed is theirs: an offer is taken once, until another one is asked for.
  const key = request && JSON.stringify(request);
  const report = useRef(onChange);
  report.current = onChange;
  useEffect(() => {
    if (data && key && formData?.of !== key)
      report.current({
        of: key,
        workloads: data.workloads,
        databases: data.databases,
      });
  }, [data, key, formData?.of]);

  if (!request)
    return (
      <EmptyState title={t('onboarding.repositoryFirst')}>{null}</EmptyState>
    );
  const held = formData as FirstSpecForm | undefined;
  return (
    <>
      <LoadError query={query} what={t('onboarding.offer')} />
      {query.isPending && <RowsSkeleton rows={4} />}
      {data && <Origin preview={data} onChoose={setFrom} />}
      {(data || query.error) && (
        <>
          <WorkloadsField
            {...partOf(props, held?.workloads, workloads =>
              onChange({ ...formData, of: held?.of ?? key!, workloads }),
            )}
          />
          <Box sx={{ mt: 3 }}>
            <DatabasesField
              {...partOf(props, held?.databases, databases =>
                onChange({ ...formData, of: held?.of ?? key!, databases }),
              )}
            />
          </Box>
        </>
      )}
    </>
  );
}

/** The props of a list's own field, for a part of this one. */
function partOf(
  props: FirstSpecFieldProps,
  items: FirstSpecForm['workloads'] | FirstSpecForm['databases'],
  onChange: (items: ListFieldProps['formData']) => void,
): ListFieldProps {
  return {
    ...(props as unknown as TextFieldProps),
    schema: {},
    formData: items,
    onChange,
  } as unknown as ListFieldProps;
}

/** Where it was read, and what was left there. */
function Origin(props: {
  preview: ApiOnboardingPreview;
  onChoose: (from: Source) => void;
}) {
  const { preview, onChoose } = props;
  const { from, offered, notTaken, commit, webhook } = preview;
  const { t } = useTranslationRef(slipwayTranslationRef);
  const other = offered.find(one => one !== from);
  const short = commit.slice(0, 7);
  return (
    <Box sx={{ mb: 2 }}>
      <Typography variant="body2">
        {!from && t('onboarding.fromNothing')}
        {from === 'kubernetes' &&
          t('onboarding.fromKubernetes', { commit: short })}
        {from === 'compose' && t('onboarding.fromCompose', { commit: short })}
        {from && other && (
          <Button
            type="button"
            size="small"
            onClick={() => onChoose(other)}
            sx={{ ...SENTENCE, ml: 1 }}
          >
            {t(
              other === 'compose'
                ? 'onboarding.chooseCompose'
                : 'onboarding.chooseKubernetes',
            )}
          </Button>
        )}
      </Typography>
      <Typography variant="body2" color="text.secondary">
        {webhook.message}
      </Typography>
      {from && notTaken.length === 0 && (
        <Typography variant="body2">{t('onboarding.allTaken')}</Typography>
      )}
      {notTaken.length > 0 && (
        <Fold
          inset
          defaultOpen
          summary={t('onboarding.notTaken', { count: notTaken.length })}
        >
          <NotTakenList items={notTaken} />
        </Fold>
      )}
    </Box>
  );
}

function NotTakenList(props: { items: ApiNotTaken[] }) {
  const { t } = useTranslationRef(slipwayTranslationRef);
  return (
    <Box
      component="ul"
      aria-label={t('onboarding.notTaken', { count: props.items.length })}
      sx={{
        listStyle: 'none',
        m: 0,
        p: 0,
        fontSize: '0.8125rem',
        lineHeight: 1.5,
      }}
    >
      {props.items.map(({ file, line, what, why }) => (
        <Box
          component="li"
          key={`${file}:${line}:${what}`}
          sx={{ py: 0.5, borderBottom: 1, borderColor: 'divider' }}
        >
          {file && (
            <Box
              component="code"
              sx={{
                fontFamily: MONO,
                fontSize: '0.78rem',
                overflowWrap: 'anywhere',
              }}
            >
              {file}:{line}
            </Box>
          )}{' '}
          <strong>{what}</strong> – {why}
        </Box>
      ))}
    </Box>
  );
}
