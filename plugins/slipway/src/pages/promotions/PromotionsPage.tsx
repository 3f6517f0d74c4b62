import {
  BreadcrumbEntry,
  useTranslationRef,
} from '@backstage/frontend-plugin-api';
import { useLocation, useParams } from 'react-router-dom';
import { usePromotable } from '../../api';
import { EmptyState, Panel, RowsSkeleton, StateView } from '../../components';
import { slipwayTranslationRef } from '../../translation';
import { PageBody } from '../PageBody';
import { useUrlFilter } from '../useUrlFilter';
import { Promotions } from './Promotions';
import { WayChoice } from './WayChoice';
import { stepsOf } from './steps';

/** The services that are chosen belong to one way. */
const CHOSEN = ['services'];

/**
 * Takes several services of an organization one environment further, by one change request.
 *
 * @internal
 */
export function PromotionsPage() {
  const { organization = '' } = useParams();
  const { pathname } = useLocation();
  const { t } = useTranslationRef(slipwayTranslationRef);
  const query = usePromotable(organization);
  const [chosen, choose] = useUrlFilter('way', '', CHOSEN);
  const steps = stepsOf(query.data ?? []);
  const step = steps.find(({ id }) => id === chosen) ?? steps.at(-1);
  return (
    <BreadcrumbEntry entry={{ label: t('promotions.title'), href: pathname }}>
      <PageBody>
        <Panel
          title={t('promotions.titleOf', { organization })}
          aside={step?.environments.length}
          actions={
            steps.length > 1 && (
              <WayChoice steps={steps} chosen={step!.id} onChoose={choose} />
            )
          }
        >
          <StateView
            query={query}
            what={t('promotions.what', { organization })}
            skeleton={<RowsSkeleton rows={4} />}
            sources={environments => environments.map(({ source }) => source)}
            isEmpty={environments => environments.length === 0}
            empty={
              <EmptyState title={t('promotions.none')}>
                {t('promotions.noneText', { organization })}
              </EmptyState>
            }
          >
            {() => <Promotions key={step!.id} step={step!} />}
          </StateView>
        </Panel>
      </PageBody>
    </BreadcrumbEntry>
  );
}
