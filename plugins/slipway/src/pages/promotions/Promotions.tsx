import { useTranslationRef } from '@backstage/frontend-plugin-api';
import InfoIcon from '@mui/icons-material/InfoOutlined';
import Box from '@mui/material/Box';
import Checkbox from '@mui/material/Checkbox';
import FormControlLabel from '@mui/material/FormControlLabel';
import type { ApiPromotion } from '@slipway/plugin-slipway-common';
import { useState } from 'react';
import { usePromoteSeveral } from '../../api';
import { ActionButton, ActionError } from '../../components/Actions';
import { EnvironmentPlanView } from '../../components/Plan';
import { Notice } from '../../components/State';
import { slipwayTranslationRef } from '../../translation';
import { useUrlFilter } from '../useUrlFilter';
import { PromotionRow } from './PromotionRow';
import { RequestAnswer } from './RequestAnswer';
import type { Step } from './steps';
import { Together } from './Together';

/** What the API takes at once. */
const AT_MOST = 50;

/** So many plans are read at a glance; more are folded to their lines. */
const OPEN_PLANS = 2;

/** What keeps so many services from being asked for together. */
function whyNot(wanted: number) {
  if (wanted > AT_MOST) {
    return 'promotions.tooMany' as const;
  }
  return wanted === 0 ? ('promotions.choose' as const) : undefined;
}

/** Whether something is left that a person can ask for. */
const isPossible = ({ allowed, blocked }: ApiPromotion) =>
  allowed.allowed && !blocked;

/**
 * The services that can take a step, each with what it would run or why it can't; what the chosen ones would change
 * together; and the one change request for them.
 *
 * @internal
 */
export function Promotions(props: { step: Step }) {
  const { from, to, environments } = props.step;
  const { t } = useTranslationRef(slipwayTranslationRef);
  const [found, setFound] = useState<Record<string, ApiPromotion>>({});
  // In the URL, so that it can be sent to somebody and outlives a reload.
  const [listed, list] = useUrlFilter('services');
  const chosen = listed.split(',');
  const setChosen = (services: string[]) => list(services.join(','));
  const act = usePromoteSeveral();
  const possible = environments
    .map(({ service }) => service)
    .filter(service => found[service] && isPossible(found[service]));
  // What can't be done any more since it was chosen is not asked for.
  const wanted = possible.filter(service => chosen.includes(service));
  const plans = wanted.flatMap(service => found[service].diff ?? []);
  const toggle = (service: string) =>
    setChosen(
      wanted.includes(service)
        ? wanted.filter(each => each !== service)
        : [...wanted, service],
    );
  const why = whyNot(wanted.length);
  const all = possible.length > 0 && wanted.length === possible.length;
  if (act.data) {
    return (
      <RequestAnswer
        accepted={act.data}
        onAgain={() => {
          setChosen([]);
          act.reset();
        }}
      />
    );
  }
  return (
    <>
      <Box sx={{ px: 2, py: 0.5, borderBottom: 1, borderColor: 'divider' }}>
        <FormControlLabel
          control={
            <Checkbox
              size="small"
              checked={all}
              indeterminate={!all && wanted.length > 0}
              disabled={possible.length === 0}
              onChange={() => setChosen(all ? [] : possible)}
            />
          }
          label={t('promotions.all', { number: `${possible.length}` })}
          componentsProps={{ typography: { variant: 'body2' } }}
        />
      </Box>
      <Box
        component="ul"
        aria-label={t('promotions.list', { from, to })}
        sx={{ listStyle: 'none', m: 0, p: 0 }}
      >
        {environments.map(({ organization, service, name: environment }) => (
          <PromotionRow
            key={service}
            path={{ organization, service, environment }}
            checked={wanted.includes(service)}
            possible={possible.includes(service)}
            onToggle={() => toggle(service)}
            onFound={promotion =>
              setFound(before =>
                before[service] === promotion
                  ? before
                  : { ...before, [service]: promotion },
              )
            }
          />
        ))}
      </Box>
      {wanted.length > 0 && (
        <Box
          component="section"
          aria-label={t('promotions.together')}
          sx={{ borderTop: 1, borderColor: 'divider' }}
        >
          <Together plans={plans} />
          {plans.map(plan => (
            <EnvironmentPlanView
              key={plan.service}
              plan={plan}
              defaultOpen={plans.length <= OPEN_PLANS}
              withService
            />
          ))}
        </Box>
      )}
      <ActionError error={act.error} />
      <Notice
        tone="off"
        icon={InfoIcon}
        actions={
          <ActionButton
            variant="contained"
            busy={act.isPending}
            reason={why && t(why, { number: `${AT_MOST}` })}
            onClick={() =>
              act.mutate(
                wanted.map(service => ({
                  organization: found[service].organization,
                  service,
                  environment: to,
                  digest: found[service].diff?.digest,
                })),
              )
            }
          >
            {wanted.length === 0
              ? t('releases.request')
              : t('promotions.request', { count: wanted.length })}
          </ActionButton>
        }
      >
        {t('promotions.will')}
      </Notice>
    </>
  );
}
