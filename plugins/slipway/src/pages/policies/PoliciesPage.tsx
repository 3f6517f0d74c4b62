import { useTranslationRef } from '@backstage/frontend-plugin-api';
import FormControlLabel from '@mui/material/FormControlLabel';
import Switch from '@mui/material/Switch';
import type { ApiPolicyPack } from '@slipway/plugin-slipway-common';
import { usePolicies } from '../../api';
import { EmptyState, RowsSkeleton, StateView } from '../../components';
import { slipwayTranslationRef } from '../../translation';
import { Filters, TextFilter } from '../Filters';
import { PageBody } from '../PageBody';
import { PlatformShortcuts } from '../PlatformShortcuts';
import { useUrlFilter } from '../useUrlFilter';
import { PolicyPackPanel } from './PolicyPackPanel';

/** The packs with the rules that a filter leaves; a pack without any is left out. @internal */
export function narrowPacks(
  packs: ApiPolicyPack[],
  filter: { text: string; onlyHits: boolean },
): ApiPolicyPack[] {
  const words = filter.text
    .toLocaleLowerCase('en-US')
    .split(/\s+/)
    .filter(Boolean);
  if (words.length === 0 && !filter.onlyHits) {
    return packs;
  }
  return packs
    .map(pack => ({
      ...pack,
      rules: pack.rules.filter(
        rule =>
          (!filter.onlyHits || rule.hitTotal > 0) &&
          words.every(word =>
            [pack.name, rule.name, rule.description, ...rule.kinds]
              .join(' ')
              .toLocaleLowerCase('en-US')
              .includes(word),
          ),
      ),
    }))
    .filter(({ rules }) => rules.length > 0);
}

/**
 * The policy packs, their rules, what these hit, and what to do about it.
 *
 * @internal
 */
export function PoliciesPage() {
  const { t } = useTranslationRef(slipwayTranslationRef);
  const [text, setText] = useUrlFilter('filter');
  const [hits, setHits] = useUrlFilter('hits');
  const query = usePolicies();
  const onlyHits = hits === 'true';
  return (
    <PageBody>
      <Filters>
        <TextFilter label={t('filters.text')} value={text} onChange={setText} />
        <FormControlLabel
          sx={{ flex: 1 }}
          control={
            <Switch
              size="small"
              checked={onlyHits}
              onChange={(_event, checked) => setHits(checked ? 'true' : '')}
            />
          }
          label={t('policiesPage.onlyHits')}
        />
        <PlatformShortcuts filter />
      </Filters>
      <StateView
        query={query}
        what={t('policiesPage.what')}
        skeleton={<RowsSkeleton rows={6} />}
        isEmpty={({ items }) => items.length === 0}
        empty={
          <EmptyState title={t('policiesPage.none')}>
            {t('policiesPage.noneText')}
          </EmptyState>
        }
      >
        {({ items }) => {
          const packs = narrowPacks(items, { text, onlyHits });
          return packs.length === 0 ? (
            <EmptyState title={t('policiesPage.noneHit')}>
              {t('policiesPage.noneHitText')}
            </EmptyState>
          ) : (
            packs.map(pack => <PolicyPackPanel key={pack.name} pack={pack} />)
          );
        }}
      </StateView>
    </PageBody>
  );
}
