import { useTranslationRef } from '@backstage/frontend-plugin-api';
import Box from '@mui/material/Box';
import Link from '@mui/material/Link';
import type {
  ApiClass,
  ApiEnvironmentDetails,
  ApiService,
} from '@slipway/plugin-slipway-common';
import type { ReactNode } from 'react';
import { Link as RouterLink } from 'react-router-dom';
import { useClasses } from '../../api';
import { EntityName, RowsSkeleton, StateView } from '../../components';
import { MONO } from '../../theme';
import { slipwayTranslationRef } from '../../translation';
import { useEditForm } from './useEditForm';

/**
 * What the environment is and by which rules it is run, and where each is changed.
 *
 * @internal
 */
export function EnvironmentSettingsTab(props: {
  details: ApiEnvironmentDetails;
  service?: ApiService;
}) {
  const { details, service } = props;
  const { t } = useTranslationRef(slipwayTranslationRef);
  const query = useClasses();
  return (
    <StateView
      query={query}
      what={t('settings.what')}
      skeleton={<RowsSkeleton rows={6} height={20} />}
    >
      {({ items }) => (
        <>
          <Box
            component="dl"
            sx={{
              display: 'grid',
              gridTemplateColumns: {
                xs: 'minmax(0, 1fr)',
                sm: '160px minmax(0, 1fr)',
              },
              columnGap: 2,
              rowGap: 0.75,
              m: 0,
              px: 2,
              py: 1.5,
              fontSize: '0.875rem',
              '& dt': { color: 'text.secondary' },
              // In one column a name stands closer to its value than to the one before.
              '& dd': {
                m: 0,
                mb: { xs: 1, sm: 0 },
                overflowWrap: 'anywhere',
              },
            }}
          >
            <Place details={details} />
            <Rules of={items.find(({ name }) => name === details.class)} />
          </Box>
          <Changes details={details} service={service} />
        </>
      )}
    </StateView>
  );
}

const Fact = (props: { name: string; mono?: boolean; children: ReactNode }) => (
  <>
    <dt>{props.name}</dt>
    <Box
      component="dd"
      sx={props.mono ? { fontFamily: MONO, fontSize: '0.8125rem' } : undefined}
    >
      {props.children}
    </Box>
  </>
);

function Place(props: { details: ApiEnvironmentDetails }) {
  const { details } = props;
  const { t } = useTranslationRef(slipwayTranslationRef);
  return (
    <>
      <Fact name={t('settings.owner')}>
        <EntityName entityRef={details.owner} kind="group" />
      </Fact>
      <Fact name={t('settings.cluster')}>
        {details.cluster}
        {details.region && ` (${details.region})`}
      </Fact>
      <Fact name={t('settings.namespace')} mono>
        {details.namespace}
      </Fact>
      <Fact name={t('settings.git')} mono>
        {details.gitops.folder}
      </Fact>
      <Fact name={t('settings.argocd')}>
        {t('environmentPage.argocdWhere', {
          name: details.argocd.application,
          namespace: details.argocd.namespace,
          cluster: details.argocd.cluster,
        })}
      </Fact>
    </>
  );
}

function Rules(props: { of: ApiClass | undefined }) {
  const { of: rules } = props;
  const { t } = useTranslationRef(slipwayTranslationRef);
  if (!rules) {
    return null;
  }
  const { approval, ttl } = rules;
  return (
    <>
      <Fact name={t('settings.class')}>
        {rules.name} – {rules.description}
      </Fact>
      <Fact name={t('settings.delivery')}>
        {rules.delivery === 'direct'
          ? t('settings.deliveryDirect')
          : t('settings.deliveryChange')}
      </Fact>
      <Fact name={t('settings.selfHeal')}>
        {rules.selfHeal ? t('settings.on') : t('settings.off')}
      </Fact>
      <Fact name={t('settings.approval')}>
        {approval.required
          ? t('settings.approvalBy', {
              approvals: `${approval.count}`,
              groups: (
                <>
                  {approval.groups.map((group, index) => (
                    <span key={group}>
                      {index > 0 && ', '}
                      <EntityName entityRef={group} kind="group" />
                    </span>
                  ))}
                </>
              ),
            })
          : t('settings.approvalNone')}
      </Fact>
      <Fact name={t('settings.policies')}>
        {rules.policies.join(', ') || '–'}
      </Fact>
      <Fact name={t('settings.quota')}>
        {rules.quota.name} –{' '}
        {Object.entries(rules.quota.hard)
          .map(([resource, limit]) => `${resource} ${limit}`)
          .join(', ')}
      </Fact>
      <Fact name={t('settings.ttl')}>
        {ttl
          ? t('settings.ttlOf', { default: ttl.default, max: ttl.max })
          : t('settings.ttlNone')}
      </Fact>
      <Fact name={t('settings.databases')}>
        {rules.retainDatabases
          ? t('settings.databasesKept')
          : t('settings.databasesGone')}
      </Fact>
    </>
  );
}

function Changes(props: {
  details: ApiEnvironmentDetails;
  service?: ApiService;
}) {
  const { details, service } = props;
  const { t } = useTranslationRef(slipwayTranslationRef);
  const form = useEditForm(details);
  if (!form && !service) {
    return null;
  }
  return (
    <Box
      sx={{
        px: 2,
        py: 1.5,
        borderTop: 1,
        borderColor: 'divider',
        fontSize: '0.875rem',
      }}
    >
      {form && (
        <div>
          <Link component={RouterLink} to={form}>
            {t('settings.edit')}
          </Link>{' '}
          <Box component="span" sx={{ color: 'text.secondary' }}>
            {t('settings.editHelp')}
          </Box>
        </div>
      )}
      {service && (
        <Box sx={{ color: 'text.secondary' }}>
          {t('settings.fileHelp', { path: service.path })}
        </Box>
      )}
    </Box>
  );
}
