import { useTranslationRef } from '@backstage/frontend-plugin-api';
import Box from '@mui/material/Box';
import Link from '@mui/material/Link';
import type { ApiPolicyPack } from '@slipway/plugin-slipway-common';
import { Link as RouterLink } from 'react-router-dom';
import { Panel, ProblemList } from '../../components';
import { MONO } from '../../theme';
import { slipwayTranslationRef } from '../../translation';
import { usePageLinks } from '../links';
import { PolicyRule } from './PolicyRule';

/**
 * One pack: who uses it, and its rules.
 *
 * @internal
 */
export function PolicyPackPanel(props: { pack: ApiPolicyPack }) {
  const { pack } = props;
  const { t } = useTranslationRef(slipwayTranslationRef);
  return (
    <Panel
      title={pack.name}
      aside={pack.description}
      actions={
        <Box
          component="span"
          sx={{
            fontFamily: MONO,
            fontSize: '0.78rem',
            color: 'text.secondary',
            overflowWrap: 'anywhere',
          }}
        >
          {pack.path}
        </Box>
      }
    >
      <Box
        sx={{ px: 2, py: 1, color: 'text.secondary', fontSize: '0.8125rem' }}
      >
        <Usage pack={pack} />
      </Box>
      {pack.problems.length > 0 && (
        <Box sx={{ px: 2, pb: 1, fontSize: '0.875rem' }}>
          {t('policiesPage.problems')}
          <ProblemList problems={pack.problems} />
        </Box>
      )}
      <Box
        component="ul"
        aria-label={t('policiesPage.rules', { name: pack.name })}
        sx={{ listStyle: 'none', m: 0, p: 0 }}
      >
        {pack.rules.map(rule => (
          <PolicyRule key={rule.name} rule={rule} />
        ))}
      </Box>
    </Panel>
  );
}

function Usage(props: { pack: ApiPolicyPack }) {
  const { classes, environments } = props.pack;
  const { t } = useTranslationRef(slipwayTranslationRef);
  const links = usePageLinks();
  if (classes.length === 0) {
    return <>{t('policiesPage.usedByNone')}</>;
  }
  return (
    <>
      {t('policiesPage.usedBy')}{' '}
      {classes.map((name, index) => (
        <span key={name}>
          {index > 0 && ', '}
          <Link
            component={RouterLink}
            to={links.environments({ class: name })}
            underline="always"
          >
            {name}
          </Link>
        </span>
      ))}
      {' · '}
      {t('policiesPage.environments', { count: environments })}
    </>
  );
}
