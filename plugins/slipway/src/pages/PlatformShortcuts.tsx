import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { useNavigate } from 'react-router-dom';
import { Shortcuts } from '../components/Shortcuts';
import { slipwayTranslationRef } from '../translation';
import { usePageLinks } from './links';

/** The sub-pages by their number, in the order of their tabs. @internal */
export const SUB_PAGES = [
  ['overview', 'overview'],
  ['environments', 'environments'],
  ['change-requests', 'changeRequests'],
  ['approvals', 'approvals'],
  ['organizations', 'organizations'],
  ['policies', 'policies'],
  ['operations', 'operations'],
] as const;

/** Where `/` goes: the first field of the filters. @internal */
export const FILTER_ID = 'slipway-filter';

/**
 * The keys of the platform's pages: their numbers, and `/` for the filter where there is one.
 *
 * @internal
 */
export function PlatformShortcuts(props: { filter?: boolean }) {
  const { t } = useTranslationRef(slipwayTranslationRef);
  const { page } = usePageLinks();
  const navigate = useNavigate();
  return (
    <Shortcuts
      items={[
        ...(props.filter
          ? [
              {
                keys: '/',
                label: t('platformShortcuts.filter'),
                run: () => document.getElementById(FILTER_ID)?.focus(),
              },
            ]
          : []),
        ...SUB_PAGES.map(([path, name], index) => ({
          keys: String(index + 1),
          label: t('platformShortcuts.page', { name: t(`pages.${name}`) }),
          run: () => navigate(page(path)),
        })),
      ]}
    />
  );
}
