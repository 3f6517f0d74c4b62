import {
  createRequesterFn,
  GitbeakerRequestError,
  GitbeakerTimeoutError,
  type RequesterType,
  type RequestOptions,
  type ResourceOptions,
} from '@gitbeaker/requester-utils';

/** What GitLab says instead of doing it; `scope` is what the token lacks. */
interface Refused {
  message?: unknown;
  error?: string;
  error_description?: string;
  scope?: string;
}

/**
 * How the client asks: once. Its own way asks ten times within a second whoever has said "too many requests", and keeps
 * the headers of answers to itself.
 */
export function requesterOf(
  heard: (headers: Record<string, string>) => void,
): (options: ResourceOptions) => RequesterType {
  return createRequesterFn(
    async (_service, request) => request,
    async (endpoint, options) => {
      const { prefixUrl, searchParams, method, headers, body, signal } =
        (options ?? {}) as RequestOptions;
      const url = new URL(endpoint, prefixUrl && `${prefixUrl}/`);
      url.search = searchParams ?? '';
      const request = new Request(url, { method, headers, body, signal });
      let response: Response;
      try {
        response = await fetch(request);
      } catch (error) {
        if (['TimeoutError', 'AbortError'].includes((error as Error).name))
          throw new GitbeakerTimeoutError('It took too long to answer');
        throw error;
      }
      const answered = Object.fromEntries(response.headers);
      heard(answered);
      const text = await response.text();
      if (!response.ok) {
        const description = sentenceOf(text);
        throw new GitbeakerRequestError(description, {
          cause: { description, request, response },
        });
      }
      const isJson = answered['content-type']?.startsWith('application/json');
      return {
        status: response.status,
        headers: answered,
        body: isJson && text ? JSON.parse(text) : text,
      };
    },
  );
}

/** GitLab's own sentence, with the scope that it asks for. */
function sentenceOf(text: string): string {
  let refused: Refused;
  try {
    refused = JSON.parse(text) as Refused;
  } catch {
    return text;
  }
  const { message, error, error_description: description, scope } = refused;
  const said = [message, description, error].find(it => it !== undefined) ?? '';
  const sentence = typeof said === 'string' ? said : JSON.stringify(said);
  return scope ? `${sentence} (scope ${scope})` : sentence;
}
