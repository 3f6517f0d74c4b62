import type { Octokit } from '@octokit/rest';

/** As many as GitHub gives in one answer. */
export const PAGE = 100;

/** Everything of a list that comes in pages, as far as `limit`. The client's own way of it is not typed across its parts. */
export async function pages<T>(
  ask: (page: { page: number; per_page: number }) => Promise<{ data: T[] }>,
  limit: number = Infinity,
): Promise<T[]> {
  const all: T[] = [];
  for (let page = 1; all.length < limit; page += 1) {
    const { data } = await ask({ page, per_page: PAGE });
    all.push(...data);
    if (data.length < PAGE) break;
  }
  return all;
}

export async function webhookOf(
  api: Octokit,
  repository: { owner: string; repo: string },
  url: string,
) {
  const hooks = await pages(page =>
    api.repos.listWebhooks({ ...repository, ...page }),
  );
  return hooks.find(hook => hook.config.url === url);
}
