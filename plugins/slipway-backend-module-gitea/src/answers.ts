import type { HttpResponse } from 'gitea-js';

/** As many as Gitea gives in one answer, unless its administrator has lowered it. */
export const PAGE = 50;
/** A page that is asked for again and again means that a server counts in another way. */
export const MAX_PAGES = 40;

/** Everything of a list that comes in pages, as far as `limit`. */
export async function pages<T>(
  ask: (page: number) => Promise<HttpResponse<T[], unknown>>,
  limit: number = Infinity,
): Promise<T[]> {
  const all: T[] = [];
  for (let page = 1; page <= MAX_PAGES && all.length < limit; page += 1) {
    const { data, headers } = await ask(page);
    all.push(...(data ?? []));
    // How many one page holds is the server's business, so the length of one says nothing about the next.
    const total = Number(headers.get('x-total-count') ?? NaN);
    if (!data?.length || all.length >= total) break;
  }
  return all;
}

export async function unlessMissing<T>(
  asked: Promise<HttpResponse<T, unknown>>,
): Promise<HttpResponse<T, unknown> | undefined> {
  try {
    return await asked;
  } catch (error) {
    if ((error as { status?: number }).status === 404) return undefined;
    throw error;
  }
}
