import { spawn } from 'node:child_process';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { relay } from './cgi.ts';

/** Settings of Git that no file of this machine decides. */
const CONFIG: Record<string, string> = {
  // Whoever reaches this server may push: it listens on loopback and serves tests.
  'http.receivepack': 'true',
  'safe.directory': '*',
};

/** Answers one request by Git's own CGI program, which speaks smart HTTP. */
export function answerByGit(
  root: string,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const { pathname, search } = new URL(request.url ?? '/', 'http://git');
  const child = spawn('git', ['http-backend'], {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: {
      PATH: process.env.PATH ?? '',
      GIT_CONFIG_NOSYSTEM: '1',
      GIT_CONFIG_GLOBAL: '/dev/null',
      ...configured(CONFIG),
      GIT_PROJECT_ROOT: root,
      GIT_HTTP_EXPORT_ALL: '1',
      PATH_INFO: decodeURIComponent(pathname),
      QUERY_STRING: search.slice(1),
      REQUEST_METHOD: request.method ?? 'GET',
      REMOTE_ADDR: request.socket.remoteAddress ?? '',
      CONTENT_TYPE: header(request, 'content-type'),
      // Sent in pieces it has none, and Git reads to the end then.
      CONTENT_LENGTH: header(request, 'content-length'),
      HTTP_CONTENT_ENCODING: header(request, 'content-encoding'),
      GIT_PROTOCOL: header(request, 'git-protocol'),
    },
  });
  let complaints = '';
  child.stderr.on('data', chunk => {
    complaints += chunk;
  });
  child.on('error', error => fail(response, error.message));
  request.pipe(child.stdin);
  // A client that went away, or a Git that refused early, closes its end.
  child.stdin.on('error', () => {});
  response.on('close', () => child.kill());
  relay(child.stdout, response, () => fail(response, complaints));
}

function configured(settings: Record<string, string>): Record<string, string> {
  const pairs = Object.entries(settings);
  return {
    GIT_CONFIG_COUNT: String(pairs.length),
    ...Object.fromEntries(
      pairs.flatMap(([key, value], index) => [
        [`GIT_CONFIG_KEY_${index}`, key],
        [`GIT_CONFIG_VALUE_${index}`, value],
      ]),
    ),
  };
}

function header(request: IncomingMessage, name: string): string {
  return String(request.headers[name] ?? '');
}

function fail(response: ServerResponse, message: string): void {
  if (response.headersSent) response.destroy();
  else response.writeHead(500, { 'content-type': 'text/plain' }).end(message);
}
