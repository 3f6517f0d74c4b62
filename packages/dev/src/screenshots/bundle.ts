import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { rspack, type RspackOptions, type Stats } from '@rspack/core';

/** What a small app of the repository is built from. */
export interface AppToBuild {
  /** The module that starts it. */
  entry: string;
  /** Where the built files go. */
  output: string;
  /** Backstage's configuration, as the app reads it. */
  config: object;
}

const HTML = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <title>Slipway</title>
    <link rel="stylesheet" href="/app.css" />
    <script defer src="/app.js"></script>
  </head>
  <body><div id="root"></div></body>
</html>
`;

/** What every build here has in common: TypeScript, styles, fonts, and a browser to run in. */
export const COMMON: RspackOptions = {
  devtool: false,
  experiments: { css: true },
  resolve: {
    extensions: ['.tsx', '.ts', '.mjs', '.js', '.json'],
    mainFields: ['browser', 'module', 'main'],
    fallback: {
      buffer: false,
      crypto: false,
      fs: false,
      path: false,
      stream: false,
      util: false,
    },
  },
  module: {
    rules: [
      {
        test: /\.(tsx?|mjs|js)$/,
        exclude: /node_modules/,
        loader: 'builtin:swc-loader',
        options: {
          jsc: {
            parser: { syntax: 'typescript', tsx: true },
            transform: { react: { runtime: 'automatic', development: false } },
            target: 'es2022',
          },
        },
        type: 'javascript/auto',
      },
      // Packages that say "module" import without endings.
      { test: /\.m?js$/, resolve: { fullySpecified: false } },
      { test: /\.css$/, type: 'css/auto' },
      {
        test: /\.(woff2?|ttf|eot|png|svg|gif|jpe?g)$/,
        type: 'asset/resource',
      },
    ],
  },
  performance: { hints: false },
};

/** Runs the bundler; rejects with its own words where the code doesn't build. */
export function runBundler(options: RspackOptions): Promise<Stats> {
  return new Promise((done, fail) => {
    rspack(options, (error, stats) => {
      if (error) fail(error);
      else if (!stats) fail(new Error('The bundler gave no result.'));
      else if (stats.hasErrors())
        fail(new Error(stats.toString({ preset: 'errors-only' })));
      else done(stats);
    });
  });
}

/** Builds an app once, to be served as plain files. */
export async function buildApp(app: AppToBuild): Promise<void> {
  await mkdir(app.output, { recursive: true });
  await writeFile(join(app.output, 'index.html'), HTML);
  await runBundler({
    ...COMMON,
    // Minifying would take longer than all pictures of one view.
    mode: 'production',
    optimization: { minimize: false, concatenateModules: false },
    context: join(app.entry, '..'),
    entry: app.entry,
    output: {
      path: app.output,
      filename: 'app.js',
      chunkFilename: '[name].js',
      publicPath: '/',
    },
    plugins: [
      new rspack.DefinePlugin({
        'process.env.NODE_ENV': JSON.stringify('production'),
        'process.env.APP_CONFIG': JSON.stringify([
          { context: 'pictures', data: app.config },
        ]),
        'process.env.BUILD_INFO': '{}',
        'process.env.HAS_REACT_DOM_CLIENT': 'true',
        'process.env': '{}',
      }),
    ],
  });
}
