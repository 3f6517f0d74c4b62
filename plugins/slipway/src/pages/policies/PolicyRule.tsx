import { useRouteRef, useTranslationRef } from '@backstage/frontend-plugin-api';
import Box from '@mui/material/Box';
import Link from '@mui/material/Link';
import type {
  ApiPolicyHit,
  ApiPolicyRule,
} from '@slipway/plugin-slipway-common';
import { Link as RouterLink } from 'react-router-dom';
import { Fold, Sign, Tag, Toned, type SignName } from '../../components';
import { environmentRouteRef } from '../../routes';
import { MONO, type Tone } from '../../theme';
import { slipwayTranslationRef } from '../../translation';

const TONES: Record<ApiPolicyHit['action'], Tone> = {
  allow: 'ok',
  warn: 'wait',
  deny: 'bad',
  error: 'bad',
};

const SIGNS: Record<ApiPolicyHit['action'], SignName> = {
  allow: 'ok',
  warn: 'warn',
  deny: 'bad',
  error: 'unknown',
};

/**
 * One rule: what it does, what has to be true, what it hits and how that is mended. Open where it hits something.
 *
 * @internal
 */
export function PolicyRule(props: { rule: ApiPolicyRule }) {
  const { rule } = props;
  const { t } = useTranslationRef(slipwayTranslationRef);
  const hit = rule.hitTotal > 0;
  return (
    <li>
      <Fold
        defaultOpen={hit}
        summary={
          <Box
            sx={{
              display: 'flex',
              flexWrap: 'wrap',
              gap: 1,
              alignItems: 'baseline',
              flex: 1,
              mr: 1,
              fontSize: '0.875rem',
            }}
          >
            <strong>{rule.name}</strong> <Tag>{rule.scope}</Tag>{' '}
            <Toned tone={TONES[rule.action]} bold={false}>
              {t(`policiesPage.action.${rule.action}`)}
            </Toned>{' '}
            <Box component="span" sx={{ ml: 'auto' }}>
              {hit ? (
                <Toned tone={TONES[rule.action]}>
                  {t('policiesPage.hits', { count: rule.hitTotal })}
                </Toned>
              ) : (
                <Box component="span" sx={{ color: 'text.secondary' }}>
                  {t('policiesPage.noHits')}
                </Box>
              )}
            </Box>
          </Box>
        }
      >
        <Box sx={{ px: 2, pb: 1.5, fontSize: '0.875rem' }}>
          {rule.description && <div>{rule.description}</div>}
          <Box
            component="dl"
            sx={{
              display: 'grid',
              gridTemplateColumns: { xs: '1fr', sm: 'max-content 1fr' },
              columnGap: 2,
              rowGap: 0.25,
              m: 0,
              mt: 0.5,
              fontSize: '0.8125rem',
              '& dt': { color: 'text.secondary' },
              '& dd': { m: 0, overflowWrap: 'anywhere' },
            }}
          >
            <dt>{t('policiesPage.expression')}</dt>
            <Box
              component="dd"
              sx={{
                fontFamily: MONO,
                fontSize: '0.78rem',
                // An operator is read sign by sign.
                fontVariantLigatures: 'none',
              }}
            >
              {rule.expression}
            </Box>
            {rule.fix && (
              <>
                <dt>{t('policiesPage.fix')}</dt>
                <dd>{rule.fix}</dd>
              </>
            )}
            <dt>{t('policiesPage.export')}</dt>
            <dd>
              {t(
                rule.export.exported
                  ? 'policiesPage.exported'
                  : 'policiesPage.notExported',
              )}{' '}
              {rule.export.reason}
            </dd>
          </Box>
          <Box sx={{ color: 'text.secondary', fontSize: '0.8125rem', mt: 0.5 }}>
            {t('policiesPage.looksAt', { kinds: kindsOf(rule) })}
          </Box>
        </Box>
        {hit && <Hits rule={rule} />}
      </Fold>
    </li>
  );

  function kindsOf({ scope, kinds }: ApiPolicyRule): string {
    if (scope === 'plan') {
      return t('policiesPage.wholePlan');
    }
    return kinds.length > 0 ? kinds.join(', ') : t('policiesPage.allKinds');
  }
}

function Hits(props: { rule: ApiPolicyRule }) {
  const { name, hits, hitTotal } = props.rule;
  const { t } = useTranslationRef(slipwayTranslationRef);
  return (
    <>
      <Box
        component="ul"
        aria-label={t('policiesPage.hitsOf', { name })}
        sx={{ listStyle: 'none', m: 0, p: 0 }}
      >
        {hits.map((each, index) => (
          <Hit
            key={`${each.organization}/${each.service}/${each.environment}/${index}`}
            hit={each}
          />
        ))}
      </Box>
      {hitTotal > hits.length && (
        <Box
          sx={{ px: 2, py: 1, color: 'text.secondary', fontSize: '0.8125rem' }}
        >
          {t('policiesPage.first', {
            shown: `${hits.length}`,
            number: `${hitTotal}`,
          })}
        </Box>
      )}
    </>
  );
}

function Hit(props: { hit: ApiPolicyHit }) {
  const { organization, service, environment, action, message, object } =
    props.hit;
  const { specPath, line } = props.hit;
  const route = useRouteRef(environmentRouteRef);
  const { t } = useTranslationRef(slipwayTranslationRef);
  const name = `${organization}/${service}/${environment}`;
  const place = [
    object && `${object.kind} ${object.name}`,
    specPath,
    line !== undefined && t('policiesPage.line', { line: `${line}` }),
  ]
    .filter(Boolean)
    .join(' · ');
  return (
    <Box
      component="li"
      sx={{
        display: 'grid',
        gridTemplateColumns: '20px minmax(0, 1fr)',
        px: 2,
        py: 0.75,
        borderTop: 1,
        borderColor: 'divider',
        fontSize: '0.875rem',
        overflowWrap: 'anywhere',
      }}
    >
      <Toned tone={TONES[action]}>
        <Sign of={SIGNS[action]} label={t(`policiesPage.action.${action}`)} />
      </Toned>
      <div>
        {route ? (
          <Link
            component={RouterLink}
            to={route({ organization, service, environment })}
            underline="hover"
            sx={{ fontWeight: 600 }}
          >
            {name}
          </Link>
        ) : (
          <strong>{name}</strong>
        )}{' '}
        {message}
        {place && (
          <Box sx={{ color: 'text.secondary', fontSize: '0.8125rem' }}>
            {place}
          </Box>
        )}
      </div>
    </Box>
  );
}
