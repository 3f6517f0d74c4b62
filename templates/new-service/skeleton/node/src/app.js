import { createServer } from 'node:http';
import { createMetrics } from './metrics.js';

/**
 * The service over HTTP. `ready` says whether requests are welcome: Kubernetes
 * sends none to a Pod whose readiness probe fails.
 */
export function createApp({ ready = () => true } = {}) {
  const metrics = createMetrics();

  // One entry a path. The path is a label of the metrics, so it must not hold anything that a caller chooses.
  const routes = {
    '/': () => json(200, { service: '${{ values.name }}' }),
    // Says that the process answers at all; a failure restarts it.
    '/livez': () => text(200, 'ok\n'),
    // Says that it wants requests; it fails while the process is shutting down.
    '/readyz': () => (ready() ? text(200, 'ok\n') : text(503, 'shutting down\n')),
    '/metrics': () => ({
      status: 200,
      type: 'text/plain; version=0.0.4; charset=utf-8',
      body: metrics.render(),
    }),
  };

  return createServer((request, response) => {
    const started = process.hrtime.bigint();
    const path = pathOf(request.url);
    const route = Object.hasOwn(routes, path) ? path : 'other';
    const answer = answerTo(request.method, routes[route]);
    response.on('finish', () => {
      const seconds = Number(process.hrtime.bigint() - started) / 1e9;
      metrics.observe(route, answer.status, seconds);
    });
    response.writeHead(answer.status, { 'content-type': answer.type, ...answer.headers });
    response.end(request.method === 'HEAD' ? undefined : answer.body);
  });
}

function answerTo(method, handler) {
  if (!handler) return text(404, 'not found\n');
  if (method !== 'GET' && method !== 'HEAD') {
    return { ...text(405, 'method not allowed\n'), headers: { allow: 'GET, HEAD' } };
  }
  return handler();
}

function pathOf(url) {
  try {
    return new URL(url, 'http://localhost').pathname;
  } catch {
    return '';
  }
}

function text(status, body) {
  return { status, type: 'text/plain; charset=utf-8', body };
}

function json(status, value) {
  return { status, type: 'application/json', body: JSON.stringify(value) };
}
