import http from 'node:http';
import https from 'node:https';
import type { Socket } from 'node:net';
import { StringDecoder } from 'node:string_decoder';
import { ServiceUnavailableError } from '@backstage/errors';
import pLimit, { Limit } from 'p-limit';
import {
  BREAKER_SETTINGS,
  type BreakerSettings,
  CircuitBreaker,
} from './CircuitBreaker';
import {
  AnswerTooLargeError,
  StreamCutError,
  StreamSilentError,
} from '../ports/ClusterErrors';
import type { ClusterConnection } from './readClusters';

/** One request to an API server. */
export interface ApiRequest {
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  path: string;
  query?: Record<string, string | number | boolean | undefined>;
  body?: unknown;
  /** Media type of the body. */
  contentType?: string;
  accept?: string;
  signal?: AbortSignal;
  /** Asks whether the server is back: goes out while others are spared, and opens the way for them. */
  probe?: boolean;
}

/** An answer with its body parsed; undefined when it was no JSON. */
export interface ApiResponse {
  status: number;
  body: unknown;
  text: string;
}

/** Settings of a transport. */
export interface TransportOptions {
  /** Name of the cluster, for messages. */
  cluster: string;
  connection: ClusterConnection;
  /** A request that takes longer counts as unanswered. */
  timeoutMs?: number;
  /** Requests at once; more wait. Streams are not counted. */
  concurrency?: number;
  breaker?: Partial<BreakerSettings>;
}

/** Longer than the slowest list page of a healthy server, shorter than a person waits. */
const TIMEOUT_MS = 15_000;
/** A server in reach accepts a connection in far less. */
const CONNECT_TIMEOUT_MS = 5_000;
/** Enough to keep one API server busy; far below what its priority and fairness lets one client have. */
const CONCURRENCY = 8;

/** A page of a list is far shorter; parsing more than this would hold up everybody else in the process. */
const ANSWER_MAX = 16 << 20;
/** etcd keeps no object that is longer than 1.5 MiB; escapes make it longer on its way. */
const LINE_MAX = 8 << 20;

/**
 * HTTP to one API server: bounded in number and time, and quick to give up while the server is away. What it throws
 * names the cluster and what happened, never a header.
 */
export class HttpTransport {
  static create(options: TransportOptions): HttpTransport {
    return new HttpTransport(options);
  }

  private readonly base: URL;
  private readonly limit: Limit;
  private readonly breaker: CircuitBreaker;
  private readonly agent: http.Agent;
  private readonly streamAgent: http.Agent;

  private constructor(private readonly options: TransportOptions) {
    const { connection, concurrency = CONCURRENCY } = options;
    this.base = new URL(connection.url);
    this.limit = pLimit(concurrency);
    this.breaker = CircuitBreaker.create({
      ...BREAKER_SETTINGS,
      ...options.breaker,
      now: Date.now,
    });
    const tls = {
      ca: connection.ca,
      rejectUnauthorized: !connection.skipTLSVerify,
    };
    const create = (agentOptions: https.AgentOptions) =>
      this.base.protocol === 'https:'
        ? new https.Agent({ ...agentOptions, ...tls })
        : new http.Agent(agentOptions);
    this.agent = create({ keepAlive: true, maxSockets: concurrency });
    this.streamAgent = create({ keepAlive: false });
  }

  /** Sends the request and reads the whole answer. Throws `ServiceUnavailableError` when there is none. */
  async request(request: ApiRequest): Promise<ApiResponse> {
    const answer = await this.limit(() =>
      this.guarded(request, async signal => {
        const response = await this.send(request, this.agent, signal);
        return {
          status: response.statusCode ?? 0,
          text: await readText(response),
        };
      }),
    );
    const { status, text } = answer;
    // Thrown out here, because a server that says too much is there: its breaker has nothing to do with it.
    if (text === undefined)
      throw new AnswerTooLargeError(
        `The cluster '${this.options.cluster}' answered with more than ${ANSWER_MAX >> 20} MiB`,
      );
    return { status, text, body: parse(text) };
  }

  /**
   * Opens a stream and hands out its lines. The answer has to begin within the timeout, and afterwards something has
   * to arrive at least every `idleMs`: a connection that died without a word is found by that.
   */
  async stream(
    request: ApiRequest,
    options: { idleMs: number; signal: AbortSignal },
  ): Promise<{
    status: number;
    lines: AsyncIterable<string>;
    text(): Promise<string>;
  }> {
    const response = await this.guarded(
      { ...request, signal: options.signal },
      signal => this.send(request, this.streamAgent, signal),
    );
    return {
      status: response.statusCode ?? 0,
      lines: this.lines(response, options),
      text: async () => (await readText(response)) ?? '',
    };
  }

  /** Ends the connections that are kept open. */
  close(): void {
    this.agent.destroy();
    this.streamAgent.destroy();
  }

  private async *lines(
    response: http.IncomingMessage,
    { idleMs, signal }: { idleMs: number; signal: AbortSignal },
  ): AsyncIterable<string> {
    let silent = false;
    response.socket.setTimeout(idleMs, () => {
      silent = true;
      response.destroy(
        new Error(`nothing arrived for ${Math.round(idleMs / 1000)} s`),
      );
    });
    const decoder = new StringDecoder('utf8');
    let rest: string[] = [];
    let restLength = 0;
    try {
      for await (const chunk of response) {
        const parts = decoder.write(chunk as Buffer).split('\n');
        // A long line comes in many chunks; joining once keeps that linear.
        for (const part of parts.slice(0, -1)) {
          const line = [...rest, part].join('');
          rest = [];
          restLength = 0;
          if (line.trim() !== '') yield line;
        }
        const last = parts[parts.length - 1];
        rest.push(last);
        restLength += last.length;
        if (restLength > LINE_MAX)
          throw new Error(`a line is longer than ${LINE_MAX >> 20} MiB`);
      }
    } catch (error) {
      if (signal.aborted) return;
      const failure = this.unavailable(error);
      if (silent) throw new StreamSilentError(failure.message);
      // What this process ends itself, for its length, has no code of the network's.
      throw (error as NodeJS.ErrnoException).code === undefined
        ? failure
        : new StreamCutError(failure.message);
    } finally {
      response.destroy();
    }
  }

  /** Runs one attempt under the timeout, and tells the breaker how it ended. */
  private async guarded<T>(
    request: ApiRequest,
    attempt: (signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    const admitted = request.probe ? undefined : this.breaker.admit();
    if (admitted?.ok === false) {
      throw new ServiceUnavailableError(
        `The cluster '${this.options.cluster}' did not answer lately (${admitted.lastError}); asked again in ${Math.ceil(admitted.retryInMs / 1000)} s`,
      );
    }
    const { timeoutMs = TIMEOUT_MS } = this.options;
    const timeout = new AbortController();
    const timer = setTimeout(() => timeout.abort(), timeoutMs);
    const signal = request.signal
      ? AbortSignal.any([timeout.signal, request.signal])
      : timeout.signal;
    try {
      const result = await attempt(signal);
      this.breaker.answered();
      return result;
    } catch (error) {
      if (request.signal?.aborted) {
        this.breaker.abandoned();
        throw error;
      }
      if (timeout.signal.aborted) this.dropIdle();
      const failure = timeout.signal.aborted
        ? this.unavailable(new Error(`no answer within ${timeoutMs / 1000} s`))
        : this.unavailable(error);
      this.breaker.failed(
        describe(timeout.signal.aborted ? new Error('timeout') : error),
      );
      throw failure;
    } finally {
      clearTimeout(timer);
    }
  }

  /** A connection that swallowed a request seldom died alone; each of the others would cost a timeout of its own. */
  private dropIdle(): void {
    for (const sockets of Object.values(this.agent.freeSockets))
      for (const socket of sockets ?? []) socket.destroy();
  }

  private send(
    request: ApiRequest,
    agent: http.Agent,
    signal: AbortSignal,
  ): Promise<http.IncomingMessage> {
    const payload =
      request.body === undefined ? undefined : JSON.stringify(request.body);
    const token = this.options.connection.token();
    const headers: http.OutgoingHttpHeaders = {
      accept: request.accept ?? 'application/json',
      'user-agent': 'slipway',
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...(payload !== undefined && {
        'content-type': request.contentType ?? 'application/json',
        'content-length': Buffer.byteLength(payload),
      }),
    };
    return new Promise((resolve, reject) => {
      const outgoing = (this.base.protocol === 'https:' ? https : http).request(
        this.url(request),
        {
          method: request.method,
          agent,
          signal,
          headers,
        },
      );
      outgoing.on('socket', limitConnecting);
      outgoing.on('error', reject);
      outgoing.on('response', resolve);
      outgoing.end(payload);
    });
  }

  private url({ path, query = {} }: ApiRequest): URL {
    const url = new URL(this.base);
    url.pathname = `${url.pathname.replace(/\/$/, '')}${path}`;
    for (const [name, value] of Object.entries(query)) {
      if (value !== undefined) url.searchParams.set(name, String(value));
    }
    return url;
  }

  private unavailable(error: unknown): Error {
    if (error instanceof ServiceUnavailableError) return error;
    return new ServiceUnavailableError(
      `The cluster '${this.options.cluster}' can't be reached (${describe(error)})`,
    );
  }
}

/** Code and message of a network error; these never hold headers. */
function describe(error: unknown): string {
  const { code, message, errors } = error as NodeJS.ErrnoException & {
    errors?: Error[];
  };
  // A host with several addresses fails with one error for each, and an empty message of its own.
  if (errors?.length) return describe(errors[0]);
  if (!message) return code ?? 'unknown error';
  return code && !message.includes(code) ? `${code}: ${message}` : message;
}

/** Only a connection that is still being made is held to the shorter time. */
function limitConnecting(socket: Socket): void {
  if (!socket.connecting) return;
  const timer = setTimeout(
    () =>
      socket.destroy(
        new Error(`no connection within ${CONNECT_TIMEOUT_MS / 1000} s`),
      ),
    CONNECT_TIMEOUT_MS,
  );
  const clear = () => clearTimeout(timer);
  socket.once('connect', clear).once('close', clear);
}

/** The whole answer; undefined when it is longer than what is read into memory. */
async function readText(
  response: http.IncomingMessage,
): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of response) {
    length += (chunk as Buffer).length;
    if (length > ANSWER_MAX) {
      response.destroy();
      return undefined;
    }
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
