import {
  createSlipwayClient,
  type ApiProblemDetails,
  type SlipwayClient,
} from '@slipway/plugin-slipway-common';

/** A request as an answer sees it. */
export interface FakeRequest {
  path: string;
  query: URLSearchParams;
  body: unknown;
}

/** Answers by verb and path; `*` stands for one segment. The answer is the body, or a promise that says otherwise. */
export type FakeAnswers = Record<string, (request: FakeRequest) => unknown>;

/** Thrown by an answer: what the backend sends when something is wrong. */
export class FakeProblem extends Error {
  readonly details: ApiProblemDetails;

  constructor(details: {
    title: string;
    status: number;
    detail?: string;
    instance?: string;
    problems?: ApiProblemDetails['problems'];
  }) {
    super(details.title);
    this.details = { type: 'about:blank', ...details };
  }
}

/** An answer that never comes: the loading state. */
export const never = () => new Promise<never>(() => {});

const BASE = 'http://localhost/api/slipway';

function findAnswer(answers: FakeAnswers, verb: string, path: string) {
  const segments = path.split('/');
  const key = Object.keys(answers).find(pattern => {
    const [patternVerb, patternPath] = pattern.split(' ');
    const parts = patternPath.split('/');
    return (
      patternVerb === verb &&
      parts.length === segments.length &&
      parts.every((part, index) => part === '*' || part === segments[index])
    );
  });
  return key === undefined ? undefined : answers[key];
}

function respond(status: number, body: unknown): Response {
  return new Response(JSON.stringify(body), {
    status,
    headers: { 'content-type': 'application/json' },
  });
}

/**
 * The real client in front of a backend that isn't there, for the playground and the tests. `requests` holds what was
 * asked, newest last.
 */
export function fakeClient(answers: FakeAnswers): {
  client: SlipwayClient;
  requests: Array<FakeRequest & { verb: string }>;
} {
  const requests: Array<FakeRequest & { verb: string }> = [];
  const fakeFetch: typeof fetch = async (input, init) => {
    const url = new URL(String(input));
    const verb = init?.method ?? 'GET';
    const request = {
      verb,
      path: url.pathname.slice(new URL(BASE).pathname.length),
      query: url.searchParams,
      body: init?.body ? JSON.parse(String(init.body)) : undefined,
    };
    requests.push(request);
    // As the backend does.
    const empty = [...url.searchParams].find(([, value]) => value === '');
    if (empty) {
      return respond(400, {
        type: 'about:blank',
        title: 'InputError',
        status: 400,
        detail: `Empty value found for query parameter '${empty[0]}'`,
      });
    }
    const answer = findAnswer(answers, verb, request.path);
    if (!answer) {
      return respond(404, {
        type: 'about:blank',
        title: 'NotFoundError',
        status: 404,
        detail: `The fake knows no ${verb} ${request.path}.`,
      });
    }
    try {
      return respond(200, await answer(request));
    } catch (error) {
      if (error instanceof FakeProblem) {
        return respond(error.details.status, error.details);
      }
      throw error;
    }
  };
  const client = createSlipwayClient({
    discoveryApi: { getBaseUrl: async () => BASE },
    fetchApi: { fetch: fakeFetch },
  });
  return { client, requests };
}
