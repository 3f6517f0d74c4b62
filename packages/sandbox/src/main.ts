/* eslint-disable no-console -- a command line program talks on its console */
import { startSandbox } from './sandbox';

const USAGE = `Usage: sandbox [--cluster name[=region]]... [--port 6550] [--state folder]`;

/** Runs the sandbox alone: for kubectl, or for a look. */
async function main(args: string[]): Promise<void> {
  const clusters: { name: string; region?: string }[] = [];
  let port = 6550;
  let stateDir: string | undefined;
  for (let index = 0; index < args.length; index += 2) {
    const value = args[index + 1];
    if (value === undefined) throw new Error(USAGE);
    if (args[index] === '--cluster') {
      const [name, region] = value.split('=');
      clusters.push({ name, region });
    } else if (args[index] === '--port') {
      port = Number(value);
    } else if (args[index] === '--state') {
      stateDir = value;
    } else {
      throw new Error(USAGE);
    }
  }
  const logger = {
    debug() {},
    info: console.log,
    warn: console.warn,
    error: console.error,
  };
  const sandbox = await startSandbox({
    clusters: clusters.length ? clusters : [{ name: 'sandbox' }],
    port,
    stateDir,
    logger,
  });
  for (const one of sandbox.clusters)
    console.log(
      `kubectl --server ${one.url.replace('http:', 'https:')} --insecure-skip-tls-verify --token ${one.token} get pods -A`,
    );
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      void sandbox.stop();
    });
  }
}

main(process.argv.slice(2)).catch(error => {
  console.error((error as Error).message);
  process.exitCode = 1;
});
