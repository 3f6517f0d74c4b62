import {
  AuditorService,
  BackstageCredentials,
  HttpAuthService,
  LoggerService,
} from '@backstage/backend-plugin-api';
import { createValidatedOpenApiRouter } from '@backstage/backend-openapi-utils';
import type { SlipwayPaths } from '@slipway/plugin-slipway-common';
import express, { Request, Response, Router } from 'express';
import { aspectsOfPath, subjectsOfPath } from '../domain/live/subjects';
import { LiveTopics } from '../services/live/LiveTopics';
import { ServicePath, Teller } from '../services/releases/ReleasesService';
import { Signatures } from '../services/releases/Signatures';
import { spec } from '../schema/openapi.generated';
import { problemDetails } from './problemDetails';

type Document = Parameters<typeof createValidatedOpenApiRouter>[0];
type Method = 'get' | 'post';
type Path = keyof SlipwayPaths & string;
type Operation<P extends Path, M extends Method> = NonNullable<
  SlipwayPaths[P][M]
>;
type Params<O> = O extends { parameters: { path: infer V } } ? V : {};
type Query<O> = O extends { parameters: { query?: infer V } }
  ? NonNullable<V>
  : {};
type Body<O> = O extends {
  requestBody: { content: { 'application/json': infer V } };
}
  ? V
  : undefined;
type Answer<O> = O extends { responses: infer R }
  ? {
      [S in keyof R]: R[S] extends { content: { 'application/json': infer V } }
        ? V
        : never;
    }[Exclude<keyof R, 'default'>]
  : never;

/** One call, parsed and validated. */
export interface Call<O> {
  params: Params<O>;
  query: Query<O>;
  body: Body<O>;
  credentials: BackstageCredentials;
}

/** One call of somebody who signs, or has credentials. */
export type ToldCall<O> = Omit<Call<O>, 'credentials'> & { teller: Teller };

/** How an operation that writes shows in the audit log. */
export interface Audit<O> {
  eventId: string;
  severity?: 'low' | 'medium' | 'high' | 'critical';
  /** What it is about; never file contents. */
  meta: (
    call: Omit<Call<O>, 'credentials'>,
  ) => Record<string, string | number | string[]>;
}

/** Registers operations of the OpenAPI document: typed by it, audited when they write. */
export interface ApiRouter {
  /** An operation that reads. */
  read<P extends Path>(
    path: P,
    handler: (
      call: Call<Operation<P, 'get'>>,
    ) => Promise<Answer<Operation<P, 'get'>>>,
  ): void;
  /** An operation that has a body or writes; `audit` is undefined only where nothing is written. */
  post<P extends Path>(
    path: P,
    audit: Audit<Operation<P, 'post'>> | undefined,
    handler: (
      call: Call<Operation<P, 'post'>>,
    ) => Promise<Answer<Operation<P, 'post'>>>,
  ): void;
  /**
   * An operation that a pipeline may call with a signature instead of credentials; `subject` says what it is about, for
   * the organization that signed it. What is refused is audited, too.
   */
  told<P extends Path>(
    path: P,
    audit: Audit<Operation<P, 'post'>>,
    subject: (
      call: Omit<Call<Operation<P, 'post'>>, 'credentials'>,
      organization: string,
    ) => Promise<ServicePath>,
    handler: (
      call: ToldCall<Operation<P, 'post'>>,
    ) => Promise<Answer<Operation<P, 'post'>>>,
  ): void;
  /**
   * An operation that a Git host calls, which signs over the body as it came. Only what is refused is audited: deliveries
   * come by the thousand.
   */
  delivered<P extends Path>(
    path: P,
    audit: Audit<Operation<P, 'post'>>,
    handler: (
      call: Omit<Call<Operation<P, 'post'>>, 'credentials'>,
      delivery: {
        headers: Record<string, string | string[] | undefined>;
        body: Buffer;
      },
    ) => Promise<Answer<Operation<P, 'post'>>>,
  ): void;
  readonly router: Router;
}

/** Paths that take a signature instead of credentials. */
export const SIGNED_PATHS = [
  '/v1alpha1/services/:organization/:service/revisions',
  '/v1alpha1/dispatches',
  '/v1alpha1/webhooks/:organization/:binding',
] as const;

/** What Git hosts deliver to. */
const DELIVERED = /\/v1alpha1\/webhooks\//;

/** The body as it came, for those who check a signature over it. */
const RAW = Symbol('raw body');
type WithRaw = { [RAW]?: Buffer };

/** What an answer shows: a page asks again when a signal names one of these ids. */
const TOPICS_HEADER = 'Slipway-Topics';

/** Bodies hold whole files; a spec is at most 1 MiB, a change carries several. */
const BODY_LIMIT = '8mb';

/**
 * What open pages ask for again and again. The validator compiles the pattern of every path of its document, one after
 * the other, until one matches the request: these have a short document of their own.
 */
const OFTEN: readonly Path[] = [
  '/v1alpha1/services/{organization}/{service}',
  '/v1alpha1/services/{organization}/{service}/releases',
  '/v1alpha1/services/{organization}/{service}/pipelines',
  '/v1alpha1/environments/{organization}/{service}/{environment}',
];

const expressPath = (path: string) => path.replace(/\{(\w+)\}/g, ':$1');

const IS_OFTEN = new RegExp(
  `^(${OFTEN.map(path => path.replace(/\{\w+\}/g, '[^/]+')).join('|')})/?$`,
  // As Express matches by itself.
  'i',
);

const isRead = ({ method }: Request) => method === 'GET' || method === 'HEAD';

function pick<T extends object>(of: T, names: readonly string[]): Partial<T> {
  return Object.fromEntries(
    Object.entries(of).filter(([name]) => names.includes(name)),
  ) as Partial<T>;
}

/** The success status that the document gives an operation. */
function successStatus(path: Path, method: Method): number {
  const operation = (
    spec.paths as Record<string, Record<string, { responses: object }>>
  )[path][method];
  return Number(
    Object.keys(operation.responses).find(status => status.startsWith('2')),
  );
}

/** Creates the router whose requests are checked against the OpenAPI document. */
export function createApiRouter(options: {
  httpAuth: HttpAuthService;
  auditor: AuditorService;
  topics: LiveTopics;
  signatures: Signatures;
}): ApiRouter {
  const { httpAuth, auditor, topics, signatures } = options;
  const middleware = [
    express.json({
      limit: BODY_LIMIT,
      verify: (request, _response, body) => {
        if (
          request.headers['slipway-signature'] !== undefined ||
          DELIVERED.test(request.url ?? '')
        )
          (request as WithRaw)[RAW] = body;
      },
    }),
  ];
  const validated = (document: object): Router =>
    createValidatedOpenApiRouter(document as Document, {
      // Credentials and signatures are checked below, where what is wrong with them can be said.
      validatorOptions: { validateSecurity: false },
      middleware,
    }) as unknown as Router;
  const often = validated({ ...spec, paths: pick(spec.paths, OFTEN) });
  const others = validated(spec);
  const router = express.Router();
  router.use((request, response, next) =>
    IS_OFTEN.test(request.path) && isRead(request)
      ? often(request, response, next)
      : others(request, response, next),
  );

  const inputOf = <O>(request: Request): Omit<Call<O>, 'credentials'> => ({
    params: request.params as Params<O>,
    query: request.query as Query<O>,
    body: request.body as Body<O>,
  });
  const credentialsOf = (request: Request) =>
    httpAuth.credentials(request, { allow: ['user', 'service'] });

  async function parse<O>(request: Request): Promise<Call<O>> {
    const credentials = await credentialsOf(request);
    return { ...inputOf<O>(request), credentials };
  }

  async function tellerOf(
    request: Request,
    subject: (organization: string) => Promise<ServicePath>,
  ): Promise<Teller> {
    const signature = request.header('slipway-signature');
    if (signature === undefined)
      return { credentials: await credentialsOf(request) };
    const [path] = request.url.split('?', 1);
    const signed = await signatures.verify(
      {
        signature,
        timestamp: request.header('slipway-timestamp') ?? '',
        path,
        body: (request as WithRaw)[RAW] ?? Buffer.alloc(0),
      },
      subject,
    );
    return { signed: { ...signed, signature } };
  }

  return {
    router,
    read(path, handler) {
      (OFTEN.includes(path) ? often : others).get(
        expressPath(path),
        async (request: Request, response: Response) => {
          const call = await parse<Operation<typeof path, 'get'>>(request);
          const shown = topics.show(
            subjectsOfPath(path, request.params, request.query),
            aspectsOfPath(path),
          );
          try {
            const answer = await handler(call);
            response.setHeader(TOPICS_HEADER, shown.ids().join(','));
            response.append('Access-Control-Expose-Headers', TOPICS_HEADER);
            response.json(answer);
          } finally {
            shown.done();
          }
        },
      );
    },
    post(path, audit, handler) {
      const status = successStatus(path, 'post');
      others.post(
        expressPath(path),
        async (request: Request, response: Response) => {
          const call = await parse<Operation<typeof path, 'post'>>(request);
          const event =
            audit &&
            (await auditor.createEvent({
              eventId: audit.eventId,
              severityLevel: audit.severity ?? 'medium',
              request,
              meta: audit.meta(call),
            }));
          try {
            const answer = await handler(call);
            await event?.success();
            response.status(status).json(answer);
          } catch (error) {
            await event?.fail({ error: error as Error });
            throw error;
          }
        },
      );
    },
    delivered(path, audit, handler) {
      const status = successStatus(path, 'post');
      others.post(
        expressPath(path),
        async (request: Request, response: Response) => {
          const call = inputOf<Operation<typeof path, 'post'>>(request);
          try {
            const answer = await handler(call, {
              headers: request.headers,
              body: (request as WithRaw)[RAW] ?? Buffer.alloc(0),
            });
            response.status(status).json(answer);
          } catch (error) {
            const event = await auditor.createEvent({
              eventId: audit.eventId,
              severityLevel: audit.severity ?? 'medium',
              request,
              meta: audit.meta(call),
            });
            await event.fail({ error: error as Error });
            throw error;
          }
        },
      );
    },
    told(path, audit, subject, handler) {
      const status = successStatus(path, 'post');
      others.post(
        expressPath(path),
        async (request: Request, response: Response) => {
          const call = inputOf<Operation<typeof path, 'post'>>(request);
          const event = await auditor.createEvent({
            eventId: audit.eventId,
            severityLevel: audit.severity ?? 'medium',
            request,
            meta: audit.meta(call),
          });
          try {
            const teller = await tellerOf(request, organization =>
              subject(call, organization),
            );
            const answer = await handler({ ...call, teller });
            await event.success({
              meta: 'signed' in teller ? { signedBy: teller.signed.name } : {},
            });
            response.status(status).json(answer);
          } catch (error) {
            await event.fail({ error: error as Error });
            throw error;
          }
        },
      );
    },
  };
}

/** Puts the error middleware behind everything else. */
export function finishRouter(api: ApiRouter, logger: LoggerService): Router {
  const router = api.router;
  router.use(problemDetails(logger));
  return router;
}
