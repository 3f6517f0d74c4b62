import { createApp } from './app.js';

/** Kubernetes needs a moment to take a Pod that stops out of its Services; until then requests still arrive. */
const LINGER_MS = Number(process.env.SHUTDOWN_LINGER_MS ?? 3_000);
/** After this the process leaves, whatever is still open; less than the 30 s that Kubernetes waits. */
const LIMIT_MS = 20_000;

const port = Number(process.env.PORT ?? 8080);
let stopping = false;

const server = createApp({ ready: () => !stopping });
server.listen(port, () => {
  log('listening', { port: server.address().port });
});

for (const signal of ['SIGTERM', 'SIGINT']) {
  process.on(signal, () => stop(signal));
}

function stop(signal) {
  if (stopping) return;
  stopping = true;
  log('stopping', { signal });
  setTimeout(() => {
    server.close(() => {
      log('stopped');
      process.exit(0);
    });
    server.closeIdleConnections();
  }, LINGER_MS);
  setTimeout(() => process.exit(1), LINGER_MS + LIMIT_MS).unref();
}

/** One JSON object a line, which log collectors take apart. */
function log(message, fields) {
  console.log(JSON.stringify({ time: new Date().toISOString(), message, ...fields }));
}
