import { useRouteRef } from '@backstage/frontend-plugin-api';
import { rootRouteRef } from '../routes';

/** Where the backend says that the pages are; an app may have them elsewhere. */
const TOLD = /^\/slipway(?=\/|$)/;

/** Addresses of the platform's pages, wherever the app has put them. @internal */
export function usePageLinks() {
  const root = (useRouteRef(rootRouteRef)?.() ?? '/slipway').replace(/\/$/, '');
  return {
    page: (name: string) => `${root}/${name}`,
    organization: (name: string) =>
      `${root}/organizations/${encodeURIComponent(name)}`,
    promotions: (organization: string) =>
      `${root}/organizations/${encodeURIComponent(organization)}/promotions`,
    environments: (filter: Record<string, string | undefined>) => {
      const query = new URLSearchParams(
        Object.entries(filter).flatMap(([key, value]) =>
          value ? [[key, value]] : [],
        ),
      ).toString();
      return `${root}/environments${query && `?${query}`}`;
    },
    /** What an answer of the backend leads to. */
    told: (link: string) => link.replace(TOLD, root),
  };
}
