import type {
  ApiAcceptedRelease,
  ApiAdoptionProposal,
  ApiOpenChangeRequest,
  ApiPlan,
  ApiProblemDetails,
  ApiPromotion,
  ApiRelease,
} from '@slipway/plugin-slipway-common';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request as it arrived. */
export interface SeenRequest {
  method: string;
  path: string;
  authorization?: string;
  body: unknown;
}

interface Answer {
  status: number;
  body: unknown;
}

/**
 * The part of Slipway's API that the actions call, over HTTP: enough to prove
 * what they send and what they make of the answers.
 */
export class FakeSlipway {
  readonly requests: SeenRequest[] = [];
  /** Files of the platform repository. */
  readonly files = new Map<string, string>();
  /** Open change requests by subject. */
  readonly changes = new Map<
    string,
    { id: string; number: number; body: ApiOpenChangeRequest }
  >();
  /** What is answered to a plan. */
  plan: ApiPlan = emptyPlan();
  /** Releases of any service, newest first. */
  releases: ApiRelease[] = [];
  /** What any environment would become. */
  promotion: ApiPromotion | undefined;
  /** What is answered to whoever promotes or rolls back. */
  accepted: ApiAcceptedRelease = {
    id: 'change-1',
    created: true,
    direct: false,
  };
  /** What is answered to whoever looks into a namespace. */
  adoption: ApiAdoptionProposal | undefined;
  /** Answered to the next request instead of anything else. */
  failWith: ApiProblemDetails | undefined;
  readonly url: string;

  private constructor(private readonly server: Server) {
    const { port } = server.address() as AddressInfo;
    this.url = `http://127.0.0.1:${port}`;
  }

  static async start(): Promise<FakeSlipway> {
    const server = createServer();
    await new Promise<void>(resolve => {
      server.listen(0, '127.0.0.1', resolve);
    });
    const fake = new FakeSlipway(server);
    server.on('request', async (request: IncomingMessage, response) => {
      const { status, body } = await fake.answer(request);
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(body));
    });
    return fake;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise(resolve => {
      this.server.close(resolve);
    });
  }

  /** The requests of one kind, such as `POST /v1alpha1/plans`. */
  seen(what: string): SeenRequest[] {
    return this.requests.filter(({ method, path }) =>
      `${method} ${path}`.startsWith(what),
    );
  }

  /** Answers a request, whoever listens for it. */
  async answer(request: IncomingMessage): Promise<Answer> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const text = Buffer.concat(chunks).toString('utf8');
    const seen = {
      method: request.method ?? '',
      path: request.url ?? '',
      authorization: request.headers.authorization,
      body: text ? JSON.parse(text) : undefined,
    };
    this.requests.push(seen);
    if (this.failWith) {
      const problem = this.failWith;
      this.failWith = undefined;
      return { status: problem.status, body: problem };
    }
    return this.route(seen);
  }

  private route({ method, path, body }: SeenRequest): Answer {
    const url = new URL(path, this.url);
    switch (`${method} ${url.pathname}`) {
      case 'GET /v1alpha1/files':
        return this.file(
          url.searchParams.get('path') ?? '',
          url.searchParams.get('subject'),
        );
      case 'POST /v1alpha1/plans':
        return { status: 200, body: this.plan };
      case 'POST /v1alpha1/change-requests':
        return this.open(body as ApiOpenChangeRequest);
      case 'POST /v1alpha1/adoptions':
        return { status: 200, body };
      case 'POST /v1alpha1/adoptions/preview':
        return this.adoption
          ? { status: 200, body: this.adoption }
          : notFound(url.pathname);
      case 'POST /v1alpha1/promotions':
        return { status: 200, body: this.accepted };
      default:
        return this.release(method, url);
    }
  }

  private release(method: string, url: URL): Answer {
    const [kind] = url.pathname.split('/').slice(-1);
    if (method === 'GET' && kind === 'releases')
      return { status: 200, body: { items: this.releases } };
    if (method === 'GET' && (kind === 'promotion' || kind === 'rollback'))
      return this.promotion
        ? { status: 200, body: this.promotion }
        : notFound(url.pathname);
    if (method === 'POST' && kind === 'rollback')
      return { status: 200, body: this.accepted };
    return notFound(`${method} ${url.pathname}`);
  }

  private file(path: string, subject: string | null): Answer {
    const open = subject === null ? undefined : this.changes.get(subject);
    const content =
      open?.body.files.find(file => file.path === path)?.content ??
      this.files.get(path);
    if (content === undefined) return notFound(path);
    const body = { path, content, commit: 'c0ffee' };
    return {
      status: 200,
      body: subject === null ? body : { ...body, digest: digestOf(content) },
    };
  }

  private open(body: ApiOpenChangeRequest): Answer {
    const known = this.changes.get(body.subject);
    const number = known?.number ?? this.changes.size + 1;
    this.changes.set(body.subject, { id: `change-${number}`, number, body });
    return { status: 201, body: { id: `change-${number}`, number } };
  }
}

/** What Slipway calls the content of a file by. */
export function digestOf(content: string): string {
  return `digest of ${content.length}`;
}

function notFound(what: string): Answer {
  return {
    status: 404,
    body: {
      type: 'about:blank',
      title: 'NotFoundError',
      status: 404,
      detail: `There is no ${what}`,
    },
  };
}

/** A plan that does nothing. */
export function emptyPlan(): ApiPlan {
  return {
    headline: '1 file · +3 ~0 −0 objects in 1 environment',
    problems: [],
    files: [],
    environments: [],
    totals: {
      create: 3,
      update: 0,
      delete: 0,
      warnings: 0,
      denials: 0,
      cents: 0,
      centsBefore: 0,
      currency: 'USD',
    },
  };
}
