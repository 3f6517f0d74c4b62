import RefreshIcon from '@mui/icons-material/Refresh';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Paper from '@mui/material/Paper';
import Typography from '@mui/material/Typography';
import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import type { Problem } from '@slipway/plugin-slipway-common';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useRef } from 'react';
import { slipwayApiRef, SlipwayProvider } from '../api';
import { PlanView, ProblemList, RowsSkeleton, StateView } from '../components';
import {
  filesFromForm,
  pageOf,
  type BindingOptions,
  type ServiceForm,
} from '../form';
import { slipwayTranslationRef } from '../translation';
import { formOf } from './formOf';
import { planOfForm } from './planOfForm';
import type { PlanFieldProps } from './schemas';

/**
 * What the form would do, before anything is opened: the plan of the files that it describes, made by the backend.
 *
 * @internal
 */
export function PlanField(props: PlanFieldProps) {
  const { t } = useTranslationRef(slipwayTranslationRef);

  const { formContext, uiSchema, schema } = props;
  return (
    <SlipwayProvider>
      <Box sx={{ my: 1, color: 'text.primary' }}>
        <Typography component="h3" sx={{ fontSize: '1rem', fontWeight: 700 }}>
          {schema.title ?? t('form.plan')}
        </Typography>
        <Typography variant="body2" color="text.secondary" sx={{ mb: 1 }}>
          {schema.description ?? t('form.planHelp')}
        </Typography>
        <PlanOfForm
          form={formOf(formContext)}
          options={uiSchema?.['ui:options'] ?? {}}
          formData={props.formData}
          onChange={props.onChange}
        />
      </Box>
    </SlipwayProvider>
  );
}

function PlanOfForm(props: {
  form: ServiceForm;
  options: BindingOptions;
  formData: string | undefined;
  onChange: (headline: string | undefined) => void;
}) {
  const { t } = useTranslationRef(slipwayTranslationRef);

  const { form, options, formData, onChange } = props;
  // The same content is the same plan, however often the form makes a new object of it.
  const content = JSON.stringify([form, options]);
  const described = useMemo(
    () => JSON.parse(content) as [ServiceForm, BindingOptions],
    [content],
  );
  const { files, problems } = useMemo(
    () => filesFromForm(...described),
    [described],
  );
  const client = useApi(slipwayApiRef);
  const query = useQuery({
    queryKey: ['plan', content],
    queryFn: ({ signal }) => planOfForm(client, ...described, signal),
    enabled: files !== undefined,
    placeholderData: keepPreviousData,
  });
  const headline =
    files && query.data && !query.isPlaceholderData
      ? query.data.headline
      : undefined;

  // The form's handler is a new one at every render; calling the latest must not depend on it.
  const report = useRef(onChange);
  report.current = onChange;
  useEffect(() => {
    // The field holds what is planned, so that "Review" shows it and an unplanned form can't go on.
    if (headline !== formData) {
      report.current(headline);
    }
  }, [headline, formData]);

  if (!files) {
    return <ProblemsByPage problems={problems} />;
  }
  return (
    <Paper variant="outlined" sx={{ overflow: 'hidden' }}>
      <StateView
        query={query}
        what={t('form.planNoun')}
        skeleton={<RowsSkeleton rows={6} />}
      >
        {plan => (
          <Box sx={{ opacity: query.isPlaceholderData ? 0.6 : 1 }}>
            <PlanView plan={plan} />
          </Box>
        )}
      </StateView>
      <Box sx={{ px: 2, py: 1 }}>
        <Button
          type="button"
          size="small"
          startIcon={<RefreshIcon />}
          onClick={() => query.refetch()}
          disabled={query.isFetching}
        >
          {t('form.planAgain')}
        </Button>
      </Box>
    </Paper>
  );
}

/** What has to be put right first, under the page that it stands on. */
function ProblemsByPage(props: { problems: Problem[] }) {
  const { t } = useTranslationRef(slipwayTranslationRef);

  const pages = new Map<string, Problem[]>();
  for (const problem of props.problems) {
    const page = pageOf(problem);
    pages.set(page, [...(pages.get(page) ?? []), problem]);
  }
  return (
    <Paper variant="outlined" sx={{ px: 2, py: 1.5 }} role="alert">
      <strong>{t('form.noPlan')}</strong> {t('form.noPlanHelp')}
      {[...pages].map(([page, problems]) => (
        <Box key={page} component="section" aria-label={page} sx={{ mt: 1 }}>
          <Box component="h4" sx={{ m: 0, fontSize: '0.875rem' }}>
            {page}
          </Box>
          <ProblemList
            problems={problems}
            label={t('form.problemsOf', { page })}
          />
        </Box>
      ))}
    </Paper>
  );
}
