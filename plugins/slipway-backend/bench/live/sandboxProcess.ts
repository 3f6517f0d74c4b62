import { startSandbox } from '@slipway/sandbox';

// The clusters, in a process of their own: their work is not the backend's.
async function main() {
  const sandbox = await startSandbox({
    clusters: [{ name: 'eu' }],
    timings: { podStartMs: 50, argoPollMs: 1_000 },
  });
  const [{ url, token }] = sandbox.clusters;
  process.send!({ url, token });
  process.on(
    'disconnect',
    () => void sandbox.stop().then(() => process.exit()),
  );
}

void main();
