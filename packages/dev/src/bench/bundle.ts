import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { run } from '../lib/run.ts';
import { ROOT } from '../lib/paths.ts';
import { COMMON, runBundler } from '../screenshots/bundle.ts';

/** What teams install today for a part of this. */
const PEER = '@backstage-community/plugin-argocd';
const PEER_VERSION = '3.1.0';

/** Bytes, compressed as a browser gets them. */
interface Sizes {
  /** Before anything of the plugin is looked at. */
  first: number;
  /** What comes when it is. */
  lazy: number;
}

/**
 * A plugin's own code: minified, without any package from outside, as an app bundles it. Packages of the same suite are
 * its own code too.
 */
async function measure(
  entry: string,
  isOwn: (request: string) => boolean,
): Promise<Sizes> {
  const output = await mkdtemp(join(tmpdir(), 'slipway-bundle-'));
  try {
    const stats = await runBundler({
      ...COMMON,
      mode: 'production',
      context: ROOT,
      entry: { plugin: entry },
      output: {
        path: output,
        filename: '[name].js',
        chunkFilename: 'lazy-[id].js',
        library: { type: 'module' },
        module: true,
        chunkFormat: 'module',
      },
      experiments: { ...COMMON.experiments, outputModule: true },
      externalsType: 'module',
      externals: [
        ({ request = '' }, callback) =>
          /^[./]/.test(request) || isOwn(request)
            ? callback()
            : callback(undefined, `module ${request}`),
      ],
      optimization: {
        minimize: true,
        splitChunks: { chunks: 'async', minSize: 0 },
      },
    });
    const { entrypoints = {}, assets = [] } = stats.toJson({
      all: false,
      entrypoints: true,
      assets: true,
    });
    const initial = new Set(
      (entrypoints.plugin.assets ?? []).map(({ name }) => name),
    );
    const sizes: Sizes = { first: 0, lazy: 0 };
    for (const { name } of assets) {
      if (!name.endsWith('.js')) continue;
      const bytes = gzipSync(await readFile(join(output, name)), {
        level: 9,
      }).length;
      if (initial.has(name)) sizes.first += bytes;
      else sizes.lazy += bytes;
    }
    return sizes;
  } finally {
    await rm(output, { recursive: true, force: true });
  }
}

/** The peer's package as it is published, outside of the repository. */
async function measurePeer(): Promise<Sizes> {
  const folder = await mkdtemp(join(tmpdir(), 'slipway-peer-'));
  try {
    const packed = await run(
      'npm',
      ['pack', '--silent', `${PEER}@${PEER_VERSION}`],
      {
        quiet: true,
        cwd: folder,
      },
    );
    const archive = packed.output.trim().split('\n').pop() ?? '';
    const unpacked = await run('tar', ['xzf', archive], {
      quiet: true,
      cwd: folder,
    });
    if (packed.code !== 0 || unpacked.code !== 0)
      throw new Error(`${PEER} could not be fetched: ${packed.output}`);
    return await measure(
      join(folder, 'package/dist/index.esm.js'),
      // Its shared package stays outside, which is in its favour.
      () => false,
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** More would be felt in the first load of a portal in which nobody opens Slipway. */
const MOST_KIB = 60;

const kib = (bytes: number) => Math.round((bytes / 1024) * 10) / 10;

const ours = await measure(
  join(ROOT, 'plugins/slipway/src/index.ts'),
  request => request.startsWith('@slipway/'),
);
const other = await measurePeer();
const line = (name: string, mine: number, theirs: number, unit: string) =>
  process.stdout.write(
    `${JSON.stringify({
      name,
      ours: kib(mine),
      other: kib(theirs),
      ratio: theirs === 0 ? null : Math.round((mine / theirs) * 100) / 100,
      unit,
    })}\n`,
  );
line('bundle', ours.first, other.first, 'KiB gzip, before anything is opened');
line('bundle-lazy', ours.lazy, other.lazy, 'KiB gzip, when it is opened');
if (kib(ours.first) > MOST_KIB)
  throw new Error(
    `The plugin is ${kib(ours.first)} KiB before anything is opened; it may be ${MOST_KIB}: load more of it lazily.`,
  );
